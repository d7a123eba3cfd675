import fc from 'fast-check';
import {expect, test} from 'vitest';
import {pairEvents} from '../../source/glitchtip/pair-events.js';
import type {Request} from '../../source/request.js';
import {block, planned, testNow, usage} from '../support/requests.js';

const blocks = [block(1, 14_238), block(2)];
const model = 'anthropic/claude-sonnet-4';
/** The event of a call that was planned so many milliseconds after the first. */
const event = (id: number, at: number, parts: Partial<Request> = {}) =>
	planned(blocks, {id: `glitchtip:${id}`, time: testNow + at, thread: undefined, model, ...parts});
/** The call in the log: of the time of its outcome. */
const call = (id: string, at: number, parts: Partial<Request> = {}) =>
	planned([block(1, 14_238), block(2, 1500)], {id, time: testNow + at, model, usage: usage({uncached: 5}), ...parts});

const pairs = (events: readonly Request[], requests: readonly Request[], taken?: ReadonlySet<string>) =>
	Object.fromEntries(pairEvents(events, requests, taken));

test('a call whose outcome comes seconds later', () => {
	expect(pairs([event(1, 0)], [call('a', 9000)])).toEqual({'glitchtip:1': 'a'});
});

test('a plan without an outcome has the time of the event', () => {
	const plan = {usage: undefined, model: undefined};
	expect(pairs([event(1, 0)], [call('a', -1500, plan)])).toEqual({'glitchtip:1': 'a'});
	expect(pairs([event(1, 0)], [call('a', 9000, plan)])).toEqual({});
});

test.each([
	['another model', {model: 'anthropic/claude-opus-4'}],
	['another number of blocks', {plan: {blocks: [block(1, 14_238)], skipped: [], unsupported: false}}],
	['another system prompt', {plan: {blocks: [block(1, 5000), block(2)], skipped: [], unsupported: false}}],
	['an outcome before it', {time: testNow - 5000}],
	['an outcome hours after it', {time: testNow + 3_600_000}],
	['no plan', {plan: undefined}],
])('%s is another call', (_, parts) => {
	expect(pairs([event(1, 0)], [call('a', 9000, parts)])).toEqual({});
});

test('a model may be named with its provider in one of the two', () => {
	expect(pairs([event(1, 0)], [call('a', 9000, {model: 'Claude-Sonnet-4'})])).toEqual({'glitchtip:1': 'a'});
});

test('calls that are alike are paired one to one, and the event of a call in no log is left over', () => {
	const paired = pairs(
		[event(1, 0), event(2, 1000), event(3, 2000)],
		[call('a', 8000), call('b', 9000), call('b', 9000)],
	);
	expect(Object.values(paired).sort()).toEqual(['a', 'b']);
});

test('a request that was paired before is not paired again', () => {
	expect(pairs([event(2, 0)], [call('a', 9000)], new Set(['a']))).toEqual({});
});

test('where the log holds all calls, all events are paired, whatever the overlap', () => {
	const calls = fc.array(
		fc.record({at: fc.integer({min: 0, max: 3_600_000}), takes: fc.integer({min: 0, max: 60_000}), system: fc.nat(2)}),
		{maxLength: 40},
	);
	fc.assert(
		fc.property(calls, made => {
			const marked = (system: number) => [block(1, 5000 + system), block(2)];
			const events = made.map(({at, system}, index) =>
				event(index, at, {plan: {blocks: marked(system), skipped: [], unsupported: false}}),
			);
			const requests = made.map(({at, takes, system}, index) =>
				call(`r${index}`, at + takes, {plan: {blocks: marked(system), skipped: [], unsupported: false}}),
			);
			const found = pairEvents(events, requests);
			expect(found.size).toBe(made.length);
			expect(new Set(found.values()).size).toBe(made.length);
		}),
	);
});
