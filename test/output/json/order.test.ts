import fc from 'fast-check';
import {expect, test} from 'vitest';
import {toJson} from '../../../source/output/json/json.js';
import type {Request} from '../../../source/request.js';
import {measured, reportFor, testNow} from '../../support/requests.js';
import {contextOf, reading} from '../context.js';

const names = ['b', 'a', undefined, 'C', 'ä'];

/** Requests of the same time and usage; each has names of its own. */
const requests: readonly Request[] = names.map((name, index) =>
	measured(
		{uncached: 10, cacheRead: 9000, cacheWrite1h: 500},
		{
			id: `request-${index}`,
			time: testNow - 60_000,
			source: `${name ?? 'z'}.log`,
			thread: name,
			model: name,
			project: name,
			agent: name,
			provider: name,
			host: name,
		},
	),
);

const tokens = {uncached: 1, cacheRead: 900, cacheWrite5m: 0, cacheWrite1h: 0, output: 1};

/** Two of them are copies: they report the same sum. */
const readings = ['b.log', 'a.log', 'copy of a.log'].map(name =>
	reading(name, {sums: [{id: name.slice(-5), thread: undefined, requests: 1, tokens}]}),
);

test('lists are in the same order, whichever log was read first', () => {
	const jsonOf = (some: readonly Request[], read: typeof readings) =>
		toJson(reportFor(some), contextOf({readings: read}));
	const expected = jsonOf(requests, readings);
	expect(expected.threads.map(({name}) => name)).toEqual(['C', 'a', 'b', 'ä', null]);
	expect(expected.sources.map(({name}) => name)).toEqual(['C.log', 'a.log', 'b.log', 'z.log', 'ä.log']);
	expect(expected.logs.map(({name}) => name)).toEqual(['a.log', 'b.log', 'copy of a.log']);
	expect(expected.sums.map(({source}) => source)).toEqual(['a.log', 'b.log']);
	const orders = <One>(all: readonly One[]) =>
		fc.shuffledSubarray([...all], {minLength: all.length, maxLength: all.length});
	fc.assert(
		fc.property(orders(requests), orders(readings), (some, read) => {
			expect(jsonOf(some, read)).toEqual(expected);
		}),
		{numRuns: 30},
	);
});
