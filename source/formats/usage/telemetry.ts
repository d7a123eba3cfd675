/**
 * Records of OpenTelemetry: lines of the OTLP file exporter (many spans or log records each), lines with one record,
 * rows of a table of records, and a Sentry transaction with its spans. Their attributes are treated as members.
 */

import type {LocalTime} from '../../time/stamp.js';
import {type JsonObject, objectOf, textOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import {type Call, callOf} from './call.js';
import {findUsage} from './find-usage.js';

/** Spans of agents, workflows and tools have the sums of their calls; embeddings are not cached. */
const callsModel = new Set(['chat', 'text_completion', 'generate_content', 'completion', 'responses', 'messages']);
/** The AI SDK's own span around its calls to the model. */
const aiSdkParent = /^ai\.(?:stream|generate)(?:Text|Object)$/;

/** Maximum number of models in the statistics of a run, and of other members, which are repeated for each of them. */
const mostModels = 50;
const mostShared = 50;

const none = [] as const;

/** The objects in a list; none for anything else, which most lines have instead. */
const objectsIn = (value: unknown): readonly JsonObject[] =>
	Array.isArray(value) ? value.map(objectOf).filter(entry => entry !== undefined) : none;

/** Maximum nesting of maps in OTLP's values. */
const deepestMap = 4;

/**
 * A value as wrapped by OTLP (`{intValue: "3"}`, also in snake case), by Sentry and Go's exporter (`{value: 3}`), or
 * bare.
 */
const plain = (value: unknown, depth = 0): unknown => {
	const wrapped = objectOf(value);
	const map = objectOf(wrapped?.kvlistValue ?? wrapped?.kvlist_value)?.values;
	if (Array.isArray(map) && depth < deepestMap) {
		return withMembers(map, depth + 1);
	}
	return wrapped
		? (wrapped.stringValue ??
				wrapped.intValue ??
				wrapped.doubleValue ??
				wrapped.boolValue ??
				wrapped.string_value ??
				wrapped.int_value ??
				wrapped.double_value ??
				wrapped.bool_value ??
				wrapped.value ??
				wrapped.Value ??
				value)
		: value;
};

/** A list of `{key, value}` as an object; anything else unchanged. */
const withMembers = (attributes: unknown, depth = 0): unknown =>
	Array.isArray(attributes)
		? Object.fromEntries(
				objectsIn(attributes)
					.map(({key, value, Key = key, Value = value}) => [Key, Value])
					.filter(([key]) => typeof key === 'string' && key !== '__proto__')
					.map(([key, value]) => [key as string, plain(value, depth)]),
			)
		: attributes;

/** The attributes of a record by OTLP's exporter, Jaeger (`tags`, which others have as texts) or Go's exporter. */
const attributesOf = ({attributes, tags, Attributes}: JsonObject): unknown =>
	Array.isArray(attributes)
		? attributes
		: objectsIn(tags).length > 0
			? tags
			: Array.isArray(Attributes)
				? Attributes
				: attributes;

/** Attributes with a type each, as Sentry's `{type: 'integer', value: 3}`, as plain ones. */
const withPlainAttributes = (record: JsonObject): JsonObject => {
	const attributes = objectOf(record.attributes);
	for (const name in attributes) {
		const first = objectOf(attributes[name]);
		return first && 'value' in first && 'type' in first
			? {
					...record,
					attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, plain(value)])),
				}
			: record;
	}
	return record;
};

const flat = (record: JsonObject): JsonObject => {
	const attributes = attributesOf(record);
	if (!Array.isArray(attributes) && !objectOf(record.body)) {
		return withPlainAttributes(record);
	}
	const {Attributes: _, ...others} = record;
	return {...others, attributes: withMembers(attributes), body: plain(record.body)};
};

/** A span or log record, and its resource. */
type TelemetryRecord = {readonly record: JsonObject; readonly resource: View | undefined};

/** Called once per group: each of thousands of records in a line would examine thousands of attributes again. */
const resourceOf = (holder: JsonObject): View | undefined => {
	const resource =
		objectOf(withMembers(objectOf(holder.resource)?.attributes)) ??
		(Array.isArray(holder.Resource) ? objectOf(withMembers(holder.Resource)) : undefined) ??
		objectOf(holder.resources) ??
		objectOf(holder.ResourceAttributes);
	return resource && new View(resource);
};

/** A record of the OTLP exporter in its group. */
export const recordIn = (record: JsonObject, group: JsonObject): TelemetryRecord => ({
	record: flat(record),
	resource: resourceOf(group),
});

/** Members of a line about the run as a whole, or its last step. */
const ofRun = new Set(['steps', 'usage', 'totalUsage', 'response', 'providerMetadata', 'result', 'event']);

/** Maximum number of steps of a run; an agent takes a few dozen, and one that goes on for hours some hundreds. */
const mostSteps = 5000;

/**
 * The steps of a run by the AI SDK, each of which is a call; its own usage is that of the last one. Each has the other
 * members of the line, and the time of its response.
 */
const stepsOfRun = (line: JsonObject): readonly JsonObject[] => {
	const holder = Array.isArray(line.steps) ? line : (objectOf(line.result) ?? objectOf(line.event));
	const steps = objectsIn(holder?.steps)
		.slice(0, mostSteps)
		.filter(step => objectOf(step.usage) !== undefined && (objectOf(step.response) || 'finishReason' in step));
	if (steps.length === 0) {
		return none;
	}
	const shared = Object.fromEntries(
		Object.entries(line)
			.filter(([name]) => !ofRun.has(name))
			.slice(0, mostShared),
	);
	return steps.map(step => {
		const time = objectOf(step.response)?.timestamp;
		return {...shared, ...step, ...(time !== undefined && {'event.timestamp': time})};
	});
};

/** Every span and log record of a line; other lines are returned unchanged. */
export const recordsIn = (line: JsonObject): readonly TelemetryRecord[] => {
	const exported = [line.resourceSpans, line.resourceLogs, line.resource_spans, line.resource_logs].flatMap(objectsIn);
	if (exported.length > 0) {
		return exported.flatMap(group => {
			const resource = resourceOf(group);
			const scopes = objectsIn(
				group.scopeSpans ??
					group.instrumentationLibrarySpans ??
					group.scopeLogs ??
					group.scope_spans ??
					group.scope_logs,
			);
			return scopes.flatMap(({spans, logRecords, log_records}) =>
				objectsIn(spans ?? logRecords ?? log_records).map(record => ({record: flat(record), resource})),
			);
		});
	}
	if (line.type === 'transaction' && Array.isArray(line.spans)) {
		const contexts = objectOf(line.contexts);
		const resource = contexts && new View(contexts);
		return objectsIn(line.spans).map(record => ({record, resource}));
	}
	const models = objectOf(objectOf(line.stats)?.models);
	if (models) {
		// What Gemini CLI prints at the end of a run: the sums of each model.
		const {stats: _, ...others} = line;
		const shared = Object.fromEntries(Object.entries(others).slice(0, mostShared));
		return Object.entries(models)
			.slice(0, mostModels)
			.map(([model, told]) => ({record: {...shared, model, ...objectOf(told)}, resource: undefined}));
	}
	const steps = stepsOfRun(line);
	return steps.length > 0
		? steps.map(record => ({record, resource: undefined}))
		: [{record: flat(line), resource: resourceOf(line)}];
};

/** Trace and span ids in lower case, whatever the notation; empty if missing. */
const spanIn = (record: View): {readonly trace: string; readonly span: string; readonly parent: string} => {
	const hexadecimal = (...names: readonly string[]) =>
		(names.map(name => textOf(record.at(name))).find(text => text !== undefined) ?? '')
			.toLowerCase()
			.replace(/^0x/, '');
	return {
		trace: hexadecimal('trace_id', 'context.trace_id', 'SpanContext.TraceID'),
		span: hexadecimal('span_id', 'context.span_id', 'SpanContext.SpanID'),
		parent: hexadecimal('parent_span_id', 'parent_id', 'Parent.SpanID'),
	};
};

/** True for spans of an agent, chain, tool or whole text, which sum up the calls inside. */
const sumsUp = (path: readonly View[]): boolean => {
	const text = (name: string) => path.map(view => textOf(view.at(name))).find(value => value !== undefined);
	const operation = text('gen_ai.operation.name');
	const kind = text('openinference.span.kind');
	return (
		(operation !== undefined && !callsModel.has(operation)) ||
		(kind !== undefined && kind.toUpperCase() !== 'LLM') ||
		aiSdkParent.test(text('operation.name') ?? text('ai.operationId') ?? text('name') ?? '')
	);
};

/** Shapes whose usage is in the span of a single call; a log record's span may have several. */
const spanShapes = /^(?:OpenTelemetry|OpenInference|AI SDK span)$/;

/** A call, and its place among the spans of its trace; empty texts if it is no span. */
export type SpanCall = {readonly call: Call; readonly span: string; readonly parent: string};

/** The call that a record reports; undefined if it reports none, or sums up others. */
export const callInRecord = ({record, resource}: TelemetryRecord, localTime: LocalTime): SpanCall | undefined => {
	const found = findUsage(record);
	if (!found || sumsUp(found.path)) {
		return undefined;
	}
	const {trace, span, parent} = spanIn(found.path[0] as View);
	const isSpan = trace !== '' && span !== '' && spanShapes.test(found.shape.name);
	const name = isSpan ? `${trace}:${span}` : '';
	return {
		call: callOf(found, localTime, {
			resource: resource ? [resource] : [],
			span: textOf(name),
			trace: textOf(trace),
		}),
		span: name,
		parent: isSpan && parent !== '' ? `${trace}:${parent}` : '',
	};
};
