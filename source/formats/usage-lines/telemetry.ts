/**
 * Calls that OpenTelemetry records tell, by its conventions for generative AI: spans and log records of the OTLP file
 * exporter (many a line), or one record a line with its attributes as a list, an object or flat keys. Also the
 * `claude_code.api_request` event, which words its usage in its own way.
 */

import type {LocalTime} from '../../time/stamp.js';
import {type JsonObject, listOf, numberOf, objectOf, textOf} from '../json/json-values.js';
import {type Call, timeIn} from './call.js';
import type {Counts} from './counts.js';
import {countsAnything, readUsage} from './shapes.js';

type Attributes = Readonly<Record<string, unknown>>;

const prefix = 'gen_ai.usage.';
const inputNames = ['input_tokens', 'prompt_tokens'];
const outputNames = ['output_tokens', 'completion_tokens'];
const readNames = [
	'cache_read.input_tokens',
	'cache_read_input_tokens',
	'input_tokens.cached',
	'details.cache_read_tokens',
	'details.cache_read_input_tokens',
];
const writeNames = [
	'cache_creation.input_tokens',
	'cache_creation_input_tokens',
	'cache_write.input_tokens',
	'cache_write_input_tokens',
	'input_tokens.cache_write',
	'details.cache_write_tokens',
	'details.cache_creation_input_tokens',
];

/** Agents, workflows and tools carry the sums of the calls inside them; embeddings are not cached. */
const callsModel = new Set(['chat', 'text_completion', 'generate_content', 'completion', 'responses', 'messages']);

/** A value as OTLP wraps it (`{intValue: "3"}`), as Sentry does (`{value: 3}`), or bare. */
const plain = (value: unknown): unknown => {
	const wrapped = objectOf(value);
	return wrapped
		? (wrapped.stringValue ?? wrapped.intValue ?? wrapped.doubleValue ?? wrapped.boolValue ?? wrapped.value)
		: value;
};

const attributesOf = (value: unknown): Attributes => {
	if (value === undefined) {
		return {};
	}
	const entries = Array.isArray(value)
		? value.map(entry => [objectOf(entry)?.key, objectOf(entry)?.value] as const)
		: Object.entries(objectOf(value) ?? {});
	const attributes = new Map<string, unknown>();
	for (const [key, entry] of entries) {
		if (typeof key === 'string') {
			attributes.set(key, plain(entry));
		}
	}
	return Object.fromEntries(attributes);
};

const genAiCounts = (attributes: Attributes): Counts | undefined => {
	const count = (names: readonly string[]) =>
		names.map(name => numberOf(attributes[prefix + name])).find(number => number !== undefined);
	const input = count(inputNames);
	if (input === undefined) {
		return undefined;
	}
	const operation = textOf(attributes['gen_ai.operation.name']);
	if (operation !== undefined && !callsModel.has(operation)) {
		return undefined;
	}
	const [read, write, output] = [count(readNames), count(writeNames), count(outputNames)];
	// The conventions put both inside; many writers for Anthropic do not, which shows where the parts exceed the whole.
	const contains = (read ?? 0) + (write ?? 0) > input ? 'nothing' : 'reads-and-writes';
	const counts: Counts = {
		input,
		read,
		write,
		output,
		contains,
		incomplete: read === undefined && write === undefined,
	};
	return countsAnything(counts) ? counts : undefined;
};

const isClaudeCodeRequest = (record: JsonObject, attributes: Attributes): boolean =>
	plain(record.body) === 'claude_code.api_request' ||
	[attributes['event.name'], record.eventName, record.name].some(
		name => name === 'claude_code.api_request' || name === 'api_request',
	);

/** Trace and span as one lower-case text, however the writer spells hexadecimal. */
const spanIn = (record: JsonObject): {readonly trace: string; readonly span: string; readonly parent: string} => {
	const context = objectOf(record.context);
	const hexadecimal = (...values: readonly unknown[]) =>
		(values.map(textOf).find(text => text !== undefined) ?? '').toLowerCase().replace(/^0x/, '');
	return {
		trace: hexadecimal(record.traceId, record.trace_id, context?.trace_id, context?.traceId),
		span: hexadecimal(record.spanId, record.span_id, context?.span_id, context?.spanId),
		parent: hexadecimal(record.parentSpanId, record.parent_span_id, record.parent_id),
	};
};

type SpanCall = {readonly call: Call; readonly span: string; readonly parent: string};

const callIn = (record: JsonObject, resource: Attributes, localTime: LocalTime): SpanCall | undefined => {
	const attributes = {...record, ...attributesOf(record.data), ...attributesOf(record.attributes)};
	const isEvent = isClaudeCodeRequest(record, attributes);
	const counts = isEvent ? readUsage(attributes) : genAiCounts(attributes);
	if (!counts) {
		return undefined;
	}
	const {trace, span, parent} = spanIn(record);
	const text = (...names: readonly string[]) =>
		names.map(name => textOf(attributes[name])).find(value => value !== undefined);
	// The event is logged inside a span that holds several of them.
	const spanId = trace !== '' && span !== '' && !isEvent ? `${trace}:${span}` : undefined;
	const eventTime = isEvent ? [{timestamp: attributes['event.timestamp']}] : [];
	const call: Call = {
		counts,
		...timeIn([...eventTime, record], localTime),
		id: isEvent ? text('request_id') : (text('gen_ai.response.id') ?? spanId),
		request: undefined,
		within: isEvent ? String(attributes['event.sequence'] ?? '') : '',
		model: text('gen_ai.response.model', 'gen_ai.request.model', 'model'),
		thread: text('gen_ai.conversation.id', 'session.id', 'thread_id', 'session_id') ?? textOf(trace),
		project: textOf(resource['service.name']) ?? text('service.name', 'project', 'project_id'),
	};
	return {call, span, parent};
};

/** Every span and log record of a line, with what is said of the resource it comes from. */
const recordsIn = (line: JsonObject): readonly {readonly record: JsonObject; readonly resource: Attributes}[] => {
	const objects = (value: unknown): readonly JsonObject[] =>
		listOf(value)
			.map(objectOf)
			.filter(entry => entry !== undefined);
	const exported = [...objects(line.resourceSpans), ...objects(line.resourceLogs)];
	if (exported.length === 0) {
		return [{record: line, resource: attributesOf(objectOf(line.resource)?.attributes)}];
	}
	return exported.flatMap(group => {
		const resource = attributesOf(objectOf(group.resource)?.attributes);
		const scopes = objects(group.scopeSpans ?? group.instrumentationLibrarySpans ?? group.scopeLogs);
		return scopes.flatMap(scope => objects(scope.spans ?? scope.logRecords).map(record => ({record, resource})));
	});
};

/**
 * The calls a line of telemetry tells. Of a span and the one around it, where both tell a usage, the inner one counts:
 * two libraries may watch the same call.
 */
export const telemetryCalls = (line: JsonObject, localTime: LocalTime): readonly Call[] => {
	const found = recordsIn(line).flatMap(({record, resource}) => callIn(record, resource, localTime) ?? []);
	const parents = new Set(found.map(({parent}) => parent));
	return found.filter(({span}) => span === '' || !parents.has(span)).map(({call}) => call);
};
