import {expect, test} from 'vitest';
import {assumption, type WhatIf} from '../../../source/metrics/money/what-if.js';
import {toJson} from '../../../source/output/json/json.js';
import {toMarkdown} from '../../../source/output/markdown/markdown.js';
import {whatIfRows} from '../../../source/output/rows/what-if-rows.js';
import {toText} from '../../../source/output/text/text.js';
import {hour, measured, reportFor, testNow, workedExample} from '../../support/requests.js';
import {contextOf} from '../context.js';

/** Written twice for five minutes with twenty minutes between: an hour would have saved the second time. */
const paused = [
	measured({cacheWrite5m: 100_000}, {time: testNow - hour}),
	measured({cacheWrite5m: 100_000}, {time: testNow - hour + 20 * 60_000}),
	measured({cacheWrite5m: 100_000}, {time: testNow - hour + 40 * 60_000}),
];

test('net cost and savings of each policy, the cheapest marked, and what is assumed', () => {
	expect(toText(reportFor(paused), contextOf())).toContain(`
WHAT IF
  Actual           $1.13  costs $0.23 (25.0 %) more
  No cache         $0.90
  5-minute writes  $1.13  costs $0.23 (25.0 %) more
  1-hour writes    $0.66  saves $0.24 (26.7 %), cheapest
  Replays the same requests under each policy. A cache that is still alive is
  read up to the previous request; an expired one is written again.
`);
	const markdown = toMarkdown(reportFor(paused), contextOf());
	expect(markdown).toContain('## What if');
	expect(markdown).toContain('| **1-hour writes** | $0.66 | saves $0.24 (26.7 %), cheapest |');
	expect(markdown).toContain(assumption);
});

test('the JSON: actual is what the cache cost', () => {
	const json = toJson(reportFor(paused), contextOf());
	expect(json.what_if).toEqual([
		{policy: 'as-is', cost: 1.125, savings: -0.225, cheapest: false},
		{policy: 'no-cache', cost: 0.9, savings: 0, cheapest: false},
		{policy: 'five-minutes', cost: 1.125, savings: -0.225, cheapest: false},
		{policy: 'one-hour', cost: 0.66, savings: 0.24, cheapest: true},
	]);
	expect(json.what_if?.[0]?.cost).toBe(json.cached_cost);
	expect(json.what_if_assumption).toBe(assumption);
	expect(json.threads[0]?.cheapest_policy).toBe('one-hour');
});

test.each([
	['plans alone', workedExample().slice(0, 9)],
	['no price', [measured({cacheRead: 9000}, {model: 'house-model'})]],
])('%s: nothing to replay, nothing said', (_, requests) => {
	const json = toJson(reportFor(requests), contextOf());
	expect(json).toMatchObject({what_if: null, what_if_assumption: null});
	expect(json.models[0]?.cheapest_policy).toBeNull();
	expect(toText(reportFor(requests), contextOf())).not.toContain('WHAT IF');
	expect(toMarkdown(reportFor(requests), contextOf())).not.toContain('What if');
});

const whatIf = (costs: readonly [number, number, number, number], cheapest: WhatIf['cheapest']): WhatIf => ({
	costs: (['as-is', 'no-cache', 'five-minutes', 'one-hour'] as const).map((policy, index) => {
		const cost = costs[index] ?? Number.NaN;
		return {policy, cost, savings: costs[1] - cost};
	}),
	cheapest,
	isPaidCheapest: costs.every(cost => cost >= costs[0]) && costs.some(cost => cost > costs[0]),
});

test('lifetimes that change nothing are no choice', () => {
	expect(whatIfRows(whatIf([1, 2, 1, 1], 'five-minutes')).map(({label, note}) => [label, note])).toEqual([
		['Actual', 'saves $1.00 (50.0 %), already the cheapest'],
		['No cache', ''],
	]);
	expect(whatIfRows(whatIf([3, 2, 3, 3], 'no-cache')).map(({note}) => note)).toEqual([
		'costs $1.00 (50.0 %) more',
		'cheapest',
	]);
});

test('what was paid is said first to be the cheapest, as a mix of lifetimes may be', () => {
	const notes = whatIfRows(whatIf([1, 4, 2, 3], 'five-minutes')).map(({note}) => note);
	expect(notes[0]).toBe('saves $3.00 (75.0 %), already the cheapest');
	expect(notes.slice(1).join()).not.toContain('cheapest');
	expect(whatIfRows(whatIf([0, 0, 0, 0], undefined)).map(({note}) => note)).toEqual(['saves $0.00', '']);
});
