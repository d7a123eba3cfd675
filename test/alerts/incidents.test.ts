import {expect, test} from 'vitest';
import {claim, plan, settleFailed, settleSent} from '../../source/alerts/deliveries.js';
import {asOf, defaultDamping, emptyScope, evaluate, forget, type Scope} from '../../source/alerts/incidents.js';
import type {Verdict} from '../../source/alerts/rule.js';
import {verdict} from './alerts.js';

const minute = 60_000;
const hour = 60 * minute;

/** Evaluates, and delivers whatever is due on one channel. */
const step = (scope: Scope, verdicts: readonly Verdict[], now: number, isUp = true) => {
	const judged = evaluate(asOf(scope, now), verdicts, now, defaultDamping);
	const due = plan(judged, ['slack'], now);
	const settled = due.reduce((changing, message) => {
		const claimed = claim(changing, message, now);
		return isUp ? settleSent(claimed, message, now) : settleFailed(claimed, message, now);
	}, judged);
	return {scope: forget(settled, now), tried: due};
};

/** What is tried over a series of values, one a minute. */
const told = (values: readonly (number | undefined)[], from: Scope = emptyScope, every = minute) => {
	let scope = from;
	return values.map((value, index) => {
		const done = step(scope, [verdict(value)], index * every);
		scope = done.scope;
		return done.tried.map(({kind}) => kind).join();
	});
};

test('a drop is sent once, its recovery once', () => {
	expect(told([84, 61, 60, 59, 75, 80])).toEqual(['', 'failed', '', '', 'recovered', '']);
});

test('unknown neither begins nor ends anything', () => {
	expect(told([undefined, 61, undefined, undefined, undefined, undefined, 75])).toEqual([
		'',
		'failed',
		'',
		'',
		'',
		'',
		'recovered',
	]);
});

test('a rate that hovers around its limit is sent once and recovers when it is well beyond', () => {
	expect(told([69.9, 70.1, 69.8, 71, 69.5, 70.2, 69.9, 71.5])).toEqual(['failed', '', '', '', '', '', '', 'recovered']);
});

test('a rate that stays near its limit on the good side recovers as well', () => {
	expect(told([69.9, 70.1, 70.2, 70.1])).toEqual(['failed', '', '', 'recovered']);
});

test('of a limit of 0 there is no margin: what stays good recovers', () => {
	let scope = emptyScope;
	const kinds = [-1, 5, 5, 5].map((value, index) => {
		const state = value < 0 ? 'failed' : 'ok';
		const done = step(scope, [verdict(value, {limit: 0, state})], index * minute);
		scope = done.scope;
		return done.tried.map(({kind}) => kind).join();
	});
	expect(kinds).toEqual(['failed', '', '', 'recovered']);
});

test('a rate that swings widely is sent once in a cooldown, and again after it if it fails then', () => {
	const kinds = told(
		Array.from({length: 14 * 60}, (_, index) => (index % 2 === 0 ? 50 : 90)),
		emptyScope,
		minute,
	);
	expect(kinds.flatMap((kind, index) => (kind === '' ? [] : [`${index} ${kind}`]))).toEqual([
		'0 failed',
		'1 recovered',
		'360 failed',
		'361 recovered',
		'720 failed',
		'721 recovered',
	]);
});

test('a failure within the cooldown that lasts is sent when the cooldown is over', () => {
	const values = [50, 90, ...Array.from({length: 8}, () => 50)];
	expect(told(values, emptyScope, hour)).toEqual(['failed', 'recovered', '', '', '', '', 'failed', '', '', '']);
});

test('rules that fail at once share a message and an incident; each recovers by itself', () => {
	const other = (value: number) => verdict(value, {rule: 'token_hit_rate < 70'});
	const failed = step(emptyScope, [verdict(50), other(50)], 0);
	expect(failed.tried.map(({verdicts}) => verdicts.length)).toEqual([2]);
	const one = step(failed.scope, [verdict(90), other(50)], minute);
	expect(one.tried.map(({verdicts}) => verdicts.map(({rule}) => rule))).toEqual([['hit_rate < 70']]);
	const both = step(one.scope, [verdict(90), other(90)], 2 * minute);
	expect(both.tried.map(({verdicts}) => verdicts.map(({rule}) => rule))).toEqual([['token_hit_rate < 70']]);
	expect(new Set([...failed.tried, ...one.tried, ...both.tried].map(({incident}) => incident)).size).toBe(1);
	expect(both.scope.incidents).toEqual([]);
});

test('what a dead channel has not heard it need not hear the end of', () => {
	const {scope} = step(emptyScope, [verdict(50)], 0, false);
	expect(step(scope, [verdict(90)], hour)).toMatchObject({tried: [], scope: {incidents: []}});
});

test('tries of a dead channel are ever further apart, and end after a day', () => {
	let scope = emptyScope;
	const tries: number[] = [];
	for (let now = 0; now <= 48 * hour; now += minute) {
		const done = step(scope, [verdict(50)], now, false);
		scope = done.scope;
		if (done.tried.length > 0) {
			tries.push(now);
		}
	}
	const pauses = tries.slice(1).map((time, index) => time - (tries[index] ?? 0));
	expect(pauses[0]).toBe(minute);
	expect(Math.max(...pauses)).toBeLessThanOrEqual(31 * minute);
	expect(tries.at(-1)).toBeGreaterThanOrEqual(24 * hour);
	expect(tries.at(-1)).toBeLessThan(25 * hour);
});

test('a channel that asks to be left alone is', () => {
	const judged = evaluate(emptyScope, [verdict(50)], 0, defaultDamping);
	const [message] = plan(judged, ['slack'], 0);
	const scope = message ? settleFailed(claim(judged, message, 0), message, 0, {retryAfter: 10 * minute}) : judged;
	expect(plan(scope, ['slack'], 10 * minute - 1)).toEqual([]);
	expect(plan(scope, ['slack'], 10 * minute)).toHaveLength(1);
});

test('who has taken a message on has five minutes for it', () => {
	const judged = evaluate(emptyScope, [verdict(50)], 0, defaultDamping);
	const [message] = plan(judged, ['slack'], 0);
	const claimed = message ? claim(judged, message, 0) : judged;
	expect(plan(claimed, ['slack'], 4 * minute)).toEqual([]);
	expect(plan(claimed, ['slack'], 5 * minute)).toEqual([message]);
});

test('a channel that is added in the middle of a failure hears of it', () => {
	const {scope} = step(emptyScope, [verdict(50)], 0);
	const judged = evaluate(scope, [verdict(50)], minute, defaultDamping);
	expect(plan(judged, ['slack', 'email'], minute)).toMatchObject([{channel: 'email', kind: 'failed'}]);
});

test('what is no longer judged, or not failing at the moment, is not sent for the first time', () => {
	const {scope} = step(emptyScope, [verdict(50)], 0);
	expect(plan(evaluate(scope, [], minute, defaultDamping), ['slack', 'email'], minute)).toEqual([]);
	const better = evaluate(scope, [verdict(70.5)], minute, defaultDamping);
	expect(plan(better, ['slack', 'email'], minute)).toEqual([]);
});

test('a clock that is put back holds nothing back for longer than a cooldown', () => {
	const year = 365 * 24 * hour;
	const failed = step(emptyScope, [verdict(50)], year);
	expect(failed.tried).toHaveLength(1);
	// A year back: still the same failure, then its end, then quiet for one cooldown from now on.
	const still = step(failed.scope, [verdict(50)], 0);
	expect(still.tried).toEqual([]);
	const over = step(still.scope, [verdict(90)], minute);
	expect(over.tried).toMatchObject([{kind: 'recovered'}]);
	const again = step(over.scope, [verdict(50)], 2 * minute);
	expect(again.tried).toEqual([]);
	expect(step(again.scope, [verdict(50)], 6 * hour + minute).tried).toMatchObject([{kind: 'failed'}]);
});

test('a clock that is put back in a cooldown does not lengthen it', () => {
	const failed = step(emptyScope, [verdict(50)], 100 * hour);
	const over = step(failed.scope, [verdict(90)], 101 * hour);
	const held = step(over.scope, [verdict(50)], 102 * hour);
	expect(held.tried).toEqual([]);
	const back = step(held.scope, [verdict(50)], 0);
	expect(back.tried).toEqual([]);
	expect(step(back.scope, [verdict(50)], 4 * hour).tried).toMatchObject([{kind: 'failed'}]);
});
