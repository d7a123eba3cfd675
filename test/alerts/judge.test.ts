import {expect, test} from 'vitest';
import {judge} from '../../source/alerts/judge.js';
import {parseRule} from '../../source/alerts/parse-rule.js';
import type {Request} from '../../source/request.js';
import {hour, measured, measuredDay, planned, reportFor, testNow, workedExample} from '../support/requests.js';

const judged = (text: string, requests: readonly Request[], minRequests = 1) => {
	const [verdict, ...more] = judge([parseRule(text)], reportFor(requests), {minRequests});
	expect(more).toEqual([]);
	if (!verdict) {
		throw new Error('no verdict');
	}
	return verdict;
};

/** So many hits and misses of the day given, 0 for the last 24 hours; each in a thread of its own. */
const day = (hits: number, misses: number, daysAgo = 0): readonly Request[] =>
	Array.from({length: hits + misses}, (_, index) =>
		measured(index < hits ? {cacheRead: 100} : {uncached: 100}, {
			time: testNow - (daysAgo * 24 + 1) * hour,
			thread: `${daysAgo}-${index}`,
		}),
	);
/** Makes the log reach back far enough for a comparison. */
const old = measured({uncached: 1}, {time: testNow - 49 * hour});

test.each([
	['hit_rate < 70', 'failed', 'Hit rate 60.0 % is below 70 % (by 10.0 points)'],
	['hit_rate < 60', 'ok', 'Hit rate 60.0 % is at least 60 %'],
	['hit_rate <= 60', 'failed', 'Hit rate 60.0 % is not above 60 %'],
	['hit_rate <= 59.96', 'ok', 'Hit rate 60.00 % is above 59.96 %'],
	['hit_rate > 60', 'ok', 'Hit rate 60.0 % is at most 60 %'],
	['hit_rate > 59.999', 'failed', 'Hit rate 60.000 % is above 59.999 % (by 0.001 points)'],
	['hit_rate >= 60', 'failed', 'Hit rate 60.0 % is not below 60 %'],
	['hit_rate == 60', 'failed', 'Hit rate 60.0 % is 60 %'],
	['hit_rate == 61', 'ok', 'Hit rate 60.0 % is not 61 %'],
	['cache_misses > 3', 'failed', 'Misses 4 are above 3 (by 1)'],
	['savings < 5', 'failed', 'Net savings $0.00 are below $5.00 (by $5.00)'],
	['avg_tokens_per_hit < 1000', 'failed', 'Tokens saved per hit 100 are below 1,000 (by 900)'],
])('%s: %s', (rule, state, text) => {
	expect(judged(rule, day(6, 4))).toMatchObject({rule, state, text, limit: Number(/[\d.]+$/.exec(rule)?.[0])});
});

test.each([
	['hit_rate drops 10', 'failed', 10, 'Hit rate dropped by 10.0 points, from 70.0 % to 60.0 % (limit 10 points)'],
	['hit_rate drops 10.5', 'ok', 10, 'Hit rate dropped by 10.0 points, from 70.0 % to 60.0 % (limit 10.5 points)'],
	['hit_rate rises 1', 'ok', -10, 'Hit rate dropped by 10.0 points, from 70.0 % to 60.0 % (limit 1 point)'],
	['total_events rises 100', 'failed', 100, 'Requests rose by 100.0 %, from 10 to 20 (limit 100 %)'],
	['total_events drops 5', 'ok', -100, 'Requests rose by 100.0 %, from 10 to 20 (limit 5 %)'],
	['breaks.total rises 5', 'ok', 0, 'Cache breaks 0, as in the window before'],
])('against the window before: %s', (rule, state, value, text) => {
	expect(judged(rule, [old, ...day(7, 3, 1), ...day(12, 8)])).toMatchObject({state, value, text});
});

test('a rise from nothing is beyond every percentage', () => {
	const verdict = judged('cache_misses rises 500', [old, ...day(7, 0, 1), ...day(7, 1)]);
	expect(verdict).toMatchObject({state: 'failed', value: Number.POSITIVE_INFINITY});
	expect(verdict.text).toBe('Misses rose from 0 to 1 (limit 500 %)');
});

test('silence is no alarm', () => {
	const few = [old, ...day(7, 3, 1), ...day(0, 3)];
	const unknown = (text: string) => ({state: 'unknown', value: undefined, cause: undefined, text});
	expect(judged('hit_rate < 70', few, 10)).toMatchObject(unknown('Hit rate is not judged: 3 requests, fewer than 10'));
	expect(judged('hit_rate < 70', few, 3).state).toBe('failed');
	expect(judged('hit_rate drops 5', [old, ...day(1, 0, 1), ...day(0, 30)], 10)).toMatchObject(
		unknown('Hit rate is not judged: 1 request in the window before, fewer than 10'),
	);
	expect(judged('hit_rate drops 5', day(0, 30), 10)).toMatchObject(
		unknown('Hit rate is not judged: there is no data for the window before'),
	);
	expect(judged('previous.hit_rate < 5', few, 10).state).toBe('ok');
	expect(judged('hit_rate < 70', [], 0)).toMatchObject(unknown('Hit rate is not judged: it is n/a in this window'));
	expect(judged('token_hit_rate < 70', workedExample())).toMatchObject({state: 'unknown'});
	expect(judged('breaks.total > 0', [planned([])])).toMatchObject({state: 'unknown'});
});

test('how much there is to look at is judged however little it is', () => {
	expect(judged('total_events < 5', [], 10)).toMatchObject({
		state: 'failed',
		text: 'Requests 0 are below 5 (by 5)',
		cause: undefined,
	});
});

test('the likeliest cause is the dearest loss, or what is worth more', () => {
	expect(judged('hit_rate < 70', measuredDay()).cause).toBe(
		'The provider itself named a reason for 1 request ($0.15 lost)',
	);
	const withoutReason = measuredDay().map(request => ({...request, missReason: undefined}));
	expect(judged('hit_rate < 70', withoutReason).cause).toMatch(/ \(\$0\.\d+ lost, inferred\)$/);
	expect(judged('hit_rate < 90', measuredDay()).state).toBe('failed');
	expect(judged('hit_rate > 10', day(2, 8)).cause).toBeUndefined();
	const written = day(2, 8).map(request => measured({cacheWrite5m: 5000}, {thread: request.thread}));
	expect(judged('hit_rate < 90', written).cause).toBe('A written token is read 0.00 times; it pays from 0.28');
});

test('a cause from a log cannot move the cursor', () => {
	const report = reportFor(day(1, 9));
	const evidence = 'It is \u001B[31mred.';
	const recommendation = {
		id: 'x',
		severity: 'note',
		evidence,
		action: '',
		cost: undefined,
		worthPerDay: undefined,
		worthPerMonth: undefined,
	} as const;
	const [verdict] = judge(
		[parseRule('hit_rate < 70')],
		{...report, recommendations: [recommendation]},
		{minRequests: 1},
	);
	expect(verdict?.cause).toBe('It is \uFFFD[31mred');
});

test('without conversations nothing is known of breaks, whatever the limit', () => {
	const unnamed = day(6, 4).map(request => ({...request, thread: undefined}));
	for (const rule of ['breaks.lost_cost > 5', 'breaks.total > 0', 'break_rate > 1', 'breaks.total rises 5']) {
		expect(judged(rule, [...unnamed, old])).toMatchObject({
			state: 'unknown',
			value: undefined,
			text: expect.stringMatching(/ is not judged: (?:no request names its conversation|there is no data)/),
		});
	}
	expect(judged('breaks.lost_cost > 5', day(6, 4))).toMatchObject({state: 'ok', value: 0});
	expect(judged('breaks.lost_cost > 5', [])).toMatchObject({text: expect.not.stringContaining('conversation')});
});
