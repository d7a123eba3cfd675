import {toJsonSchema} from '@valibot/to-json-schema';
import {Ajv2020} from 'ajv/dist/2020.js';
import * as v from 'valibot';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {jsonText, toJson} from '../../../source/output/json/json.js';
import {breaksSchema} from '../../../source/output/json/schema/breaks.js';
import {coldStartsSchema} from '../../../source/output/json/schema/costs.js';
import {eventSchema} from '../../../source/output/json/schema/event.js';
import {figuresSchema} from '../../../source/output/json/schema/figures.js';
import {coldGroupSchema, groupSchema} from '../../../source/output/json/schema/group.js';
import {reportSchema} from '../../../source/output/json/schema/report.js';
import {instantValue} from '../../../source/output/json/schema/values.js';
import {reportOf} from '../../support/recount.js';
import {
	block,
	measured,
	measuredDay,
	planned,
	reportFor,
	request,
	testNow,
	testWindow,
	workedExample,
} from '../../support/requests.js';
import {contextOf, reading} from '../context.js';

/** What readers get: made from the definition. */
const converted = toJsonSchema(reportSchema, {
	target: 'draft-2020-12',
	ignoreActions: ['readonly'],
	definitions: {
		instant: instantValue,
		figures: figuresSchema,
		group: groupSchema,
		breaks: breaksSchema,
		event: eventSchema,
		cold_starts: coldStartsSchema,
		project: coldGroupSchema,
	},
});

/** Writes "a number or null" as JSON Schema can say it in one: `{type: ['number', 'null']}`. */
const withoutUnions = (node: unknown): unknown => {
	if (Array.isArray(node)) {
		return node.map(withoutUnions);
	}
	if (typeof node !== 'object' || node === null) {
		return node;
	}
	const {anyOf, ...rest} = node as {readonly anyOf?: readonly Readonly<Record<string, unknown>>[]};
	const [value, nothing] = anyOf ?? [];
	return typeof value?.type === 'string' && nothing?.type === 'null'
		? {
				...(withoutUnions(value) as object),
				...rest,
				type: [value.type, 'null'],
				...(Array.isArray(value.enum) && {enum: [...value.enum, null]}),
			}
		: Object.fromEntries(Object.entries(node).map(([key, part]) => [key, withoutUnions(part)]));
};

const schema = withoutUnions(converted) as Readonly<Record<string, unknown>>;

/** With lists and objects that hold no others on a line of their own. */
const schemaText = `${JSON.stringify(schema, undefined, '\t').replace(
	/([[{])\n\s+([^[\]{}]*?)\n\s+([\]}])/g,
	(_, open, inside, close) => `${open}${inside.replace(/\n\s+/g, ' ')}${close}`,
)}\n`;

test('schema.json is made from the definition: npm run schema', async () => {
	await expect(schemaText).toMatchFileSnapshot('../../../source/output/json/schema.json');
});

const validate = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(schema);

/** What is wrong with a report: by the definition, and by the JSON Schema made from it. */
const faultsOf = (data: unknown): readonly string[] => {
	const {issues = []} = v.safeParse(reportSchema, data);
	validate(data);
	return [
		...issues.map(issue => `${v.getDotPath(issue)}: ${issue.message}`),
		...(validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`),
	];
};
const problems = [{kind: 'missing', name: 'c.log', message: 'c.log does not exist.', count: 1}] as const;
const streamed = reading('-', {format: undefined, facts: {...reading('-').facts, modified: undefined}});

const dataOf = (requests: Parameters<typeof reportFor>[0], context = contextOf()) =>
	JSON.parse(jsonText(toJson(reportFor(requests), context)));

test.each([
	['empty', []],
	['planned', workedExample().slice(0, 30)],
	['planned without tokens', [planned([block(1)]), planned([])]],
	['measured, with breaks and the window before', measuredDay()],
	['a loss', [measured({cacheWrite5m: 1_000_000})]],
	['unpriced, unnamed', [measured({cacheRead: 5, accuracy: 'partial'}, {model: undefined, thread: undefined})]],
	['measured and unmeasured', [measured({}), request()]],
])('a report validates: %s', (_, requests) => {
	expect(faultsOf(dataOf(requests))).toEqual([]);
	const context = contextOf({events: false, problems, readings: [streamed]});
	expect(faultsOf(dataOf(requests, context))).toEqual([]);
	const filtered = reportOf(requests, testWindow, priceList(), testNow, {filter: {model: 'SONNET', text: 'log'}});
	expect(faultsOf(JSON.parse(jsonText(toJson(filtered, context))))).toEqual([]);
});

/** Sets a value at a path such as `cache_events.0.type`, or takes it away. */
const changed = (path: string, value: unknown): unknown => {
	const data = dataOf(measuredDay());
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	const place = keys.reduce((found, key) => found[key], data);
	if (value === undefined) {
		delete place[last];
	} else {
		place[last] = value;
	}
	return data;
};

test.each([
	['an unknown key', 'hitRate', 84],
	['an unknown key in an event', 'cache_events.0.reason', 'x'],
	['an unknown key in a group', 'models.0.cost', 1],
	['an unknown key in the breaks of a group', 'threads.0.breaks.by_cause', []],
	['an unknown key in a policy', 'what_if.0.note', 'x'],
	['another policy', 'what_if.0.policy', 'none'],
	['a policy without a cost', 'what_if.0.cost', null],
	['a fifth policy', 'what_if.4', {policy: 'as-is', cost: 1, savings: 0, cheapest: false}],
	['a missing assumption', 'what_if_assumption', undefined],
	[
		'an unknown key in the filter',
		'filter',
		{model: 'x', project: null, thread: null, agent: null, provider: null, text: null, source: 'y'},
	],
	['a filter in words', 'filter', 'model x'],
	['as-is as the cheapest of a group', 'models.0.cheapest_policy', 'as-is'],
	['a group without models', 'threads.0.models', undefined],
	['an unknown key in tokens', 'tokens.written', 1],
	['an unknown key in the window before', 'previous.x', 1],
	['a missing key', 'savings', undefined],
	['a missing key in a group', 'threads.0.hit_rate', undefined],
	['a missing key in the breaks', 'breaks.by_cause', undefined],
	['text for a number', 'savings', '$1'],
	['a rate beyond 100', 'hit_rate', 184],
	['a negative count', 'cache_hits', -1],
	['a count that is none', 'total_events', 1.5],
	['null for a count', 'cache_misses', null],
	['another outcome', 'cache_events.0.type', 'neither'],
	['another status', 'status', 'EXCELLENT'],
	['an instant without a zone', 'generated_at', '2026-11-22T09:12:00'],
	['a block that is not numbered', 'blocks_usage', {system: 1}],
	['another version', 'schema_version', 1],
])('a broken report does not: %s', (_, path, value) => {
	const data = changed(path, value);
	expect(v.is(reportSchema, data)).toBe(false);
	expect(validate(data)).toBe(false);
});

test('every field is described and no object takes more than it names', () => {
	const undescribed: string[] = [];
	const open: string[] = [];
	const visit = (node: unknown, path: string): void => {
		if (typeof node !== 'object' || node === null) {
			return;
		}
		if ('properties' in node) {
			if (!('additionalProperties' in node) || node.additionalProperties !== false) {
				open.push(path);
			}
			for (const [name, field] of Object.entries(node.properties as object)) {
				if (!('description' in field || '$ref' in field)) {
					undescribed.push(`${path}.${name}`);
				}
			}
		}
		for (const [key, value] of Object.entries(node)) {
			visit(value, `${path}/${key}`);
		}
	};
	visit(schema, '');
	expect(undescribed).toEqual([]);
	expect(open).toEqual([]);
});
