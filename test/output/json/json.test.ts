import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {jsonText, toJson} from '../../../source/output/json/json.js';
import {reportOf} from '../../support/recount.js';
import {hour, measured, measuredDay, planned, reportFor, testNow, workedExample} from '../../support/requests.js';
import {workedExampleJson} from '../../support/worked-example.js';
import {contextOf, reading} from '../context.js';

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

test('the worked example, under its names', () => {
	const {cache_events: events = [], ...json} = toJson(reportFor(workedExample()), contextOf());
	expect(json).toMatchObject({
		...workedExampleJson,
		generated_at: '2026-11-22T09:12:00.000Z',
		window: {from: '2026-11-21T09:12:00.000Z', to: '2026-11-22T09:12:00.000Z', name: '24h', tz: 'UTC'},
		assumed_prices: 'Claude Sonnet, assumed',
	});
	expect(events).toHaveLength(1250);
	expect(events[0]).toMatchObject({type: 'hit', tokens: 50_000, block: 3, timestamp: '2026-11-21T09:12:00.000Z'});
	expect(events.at(-1)).toMatchObject({type: 'miss', tokens: 0, block: null});
	expect(sum(events.map(event => event.savings))).toBeCloseTo(141.75, 6);
	expect(json.blocks.usage.map(({share}) => share)).toEqual([100, 80.952381, 61.904762]);
});

test('what a plan cannot tell is null, not 0', () => {
	const json = toJson(reportFor([planned([{number: 1, tokens: undefined, reused: true}])]), contextOf());
	expect(json).toMatchObject({
		cache_hits: 1,
		total_tokens_saved: null,
		original_cost: null,
		savings: null,
		token_hit_rate: null,
		tokens: {uncached: null, cache_read: null, cache_write_5m: null, cache_write_1h: null, output: null, input: null},
		write_premium: null,
		breaks: {total: null, lost_tokens: null, lost_cost: null, by_cause: []},
		what_if: null,
		filter: null,
		previous: null,
	});
	expect(json.cache_events?.[0]).toMatchObject({type: 'hit', tokens: null, block: 1, savings: null});
});

test('a measured day: sums agree with the events, unmeasured requests are apart', () => {
	const {cache_events: events = [], ...json} = toJson(reportFor(measuredDay()), contextOf());
	expect(json).toMatchObject({basis: 'measured', cache_hits: 3, cache_misses: 4, unmeasured: 1, estimated: 1});
	expect(events).toHaveLength(json.total_events);
	expect(events.map(({type}) => type)).toEqual(['miss', 'hit', 'miss', 'hit', 'miss', 'hit', 'miss', 'unmeasured']);
	expect(sum(events.map(event => event.tokens))).toBe(json.total_tokens_saved);
	expect(sum(events.map(event => event.original_cost))).toBeCloseTo(json.original_cost ?? Number.NaN, 9);
	expect(sum(events.map(event => event.cached_cost))).toBeCloseTo(json.cached_cost ?? Number.NaN, 9);
	expect(sum(events.map(event => event.savings))).toBeCloseTo(json.savings ?? Number.NaN, 9);
	const {first_writes = 0, growth = 0, reads = 0, lost = 0} = json.cost_parts ?? {};
	expect(sum([first_writes, growth, reads, lost])).toBeCloseTo(json.cached_cost ?? Number.NaN, 12);
	expect(sum(events.map(event => event.output_cost))).toBeCloseTo(json.output_cost ?? Number.NaN, 9);
	expect(sum(events.map(event => event.lost_cost))).toBeCloseTo(json.breaks.lost_cost ?? Number.NaN, 9);
	expect(events.filter(event => event.cause !== null).map(event => event.cause)).toEqual(['expired', 'reported']);
	expect(json.threads.map(({name, models, breaks}) => [name, models, breaks.total])).toEqual([
		['thread-1', ['claude-sonnet-4-5'], 2],
		['thread-3', [], 0],
		['thread-2', ['claude-sonnet-4-5'], 0],
		[null, ['house-model'], 0],
	]);
	expect(sum(json.threads.map(({breaks}) => breaks.lost_cost))).toBeCloseTo(json.breaks.lost_cost ?? Number.NaN, 9);
	expect(json.threads[0]).toMatchObject({
		first_seen: '2026-11-22T06:12:00.000Z',
		last_seen: '2026-11-22T06:35:00.000Z',
	});
	expect(json.models.map(({name, savings}) => [name, savings === null])).toEqual([
		['claude-sonnet-4-5', false],
		[null, true],
		['house-model', true],
	]);
	expect(json.previous).toMatchObject({
		from: '2026-11-20T09:12:00.000Z',
		to: '2026-11-21T09:12:00.000Z',
		total_events: 2,
		hit_rate: 100,
	});
});

test('a loss is negative', () => {
	const json = toJson(reportFor([measured({cacheWrite5m: 100_000})]), contextOf());
	expect(json).toMatchObject({original_cost: 0.3, cached_cost: 0.375, savings: -0.075, savings_percent: -25});
});

test('binary noise is taken away', () => {
	const json = toJson(
		reportFor([measured({cacheRead: 1}), measured({cacheRead: 1}), measured({uncached: 1})]),
		contextOf(),
	);
	expect(json.hit_rate).toBe(66.666667);
	expect(json.savings).toBe(0.0000054);
});

test('events are left out on demand', () => {
	expect(toJson(reportFor(measuredDay()), contextOf({events: false}))).not.toHaveProperty('cache_events');
});

test('reports what was read, skipped and not read', () => {
	const tally = {...reading('a').tally, lookAlikes: 3, repeats: 2};
	const json = toJson(
		reportFor([]),
		contextOf({
			readings: [reading('a.log', {tally}), reading('b.log', {tally, format: undefined})],
			problems: [{kind: 'missing', name: 'c.log', message: 'c.log does not exist.', count: 1}],
		}),
	);
	expect(json.logs.map(({name, format}) => [name, format])).toEqual([
		['a.log', 'agentpress'],
		['b.log', null],
	]);
	expect(json.skipped).toMatchObject({look_alikes: 6, repeats: 4, dry_runs: 0});
	expect(json.problems).toEqual([{kind: 'missing', name: 'c.log', message: 'c.log does not exist.', count: 1}]);
});

test('a window wider than a date can be has instants all the same', () => {
	const window = {from: testNow - 1e10 * 24 * hour, to: testNow, name: '10000000000d'};
	const json = toJson(reportOf([], window, priceList(), testNow), contextOf());
	expect(json.window.from).toBe('-271821-04-20T00:00:00.000Z');
});

test('the text brings nothing harmful, loses nothing, and has one event a line', () => {
	const thread = '\u001B]0;owned\u0007\u202E\u2028\u009B\u200B\uD800"\\n';
	const json = toJson(reportFor([measured({cacheRead: 10}, {thread}), measured({uncached: 10})]), contextOf());
	const text = jsonText(json);
	expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
	expect(JSON.parse(text)).toEqual(json);
	expect(text.split('\n').filter(line => line.startsWith('    {"type":'))).toHaveLength(2);
	expect(text.endsWith('}\n')).toBe(true);
});
