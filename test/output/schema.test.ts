import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {priceList} from '../../source/metrics/money/pricing.js';
import {jsonText, toJson} from '../../source/output/json/json.js';
import schema from '../../source/output/json/schema.json' with {type: 'json'};
import {reportOf} from '../support/recount.js';
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
} from '../support/requests.js';
import {contextOf, reading} from './context.js';

const validate = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(schema);
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
	expect(validate(dataOf(requests)), JSON.stringify(validate.errors)).toBe(true);
	const context = contextOf({events: false, problems, readings: [streamed]});
	expect(validate(dataOf(requests, context)), JSON.stringify(validate.errors)).toBe(true);
	const filtered = reportOf(requests, testWindow, priceList(), testNow, {filter: {model: 'SONNET', text: 'log'}});
	expect(validate(JSON.parse(jsonText(toJson(filtered, context)))), JSON.stringify(validate.errors)).toBe(true);
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
	['an unknown key in the filter', 'filter', {model: 'x', project: null, thread: null, text: null, source: 'y'}],
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
	['another version', 'schema_version', 2],
])('a broken report does not: %s', (_, path, value) => {
	expect(validate(changed(path, value))).toBe(false);
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
