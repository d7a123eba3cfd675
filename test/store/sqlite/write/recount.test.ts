import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import type {Request, Usage} from '../../../../source/request.js';
import {MemoryStore} from '../../../../source/store/memory/memory-store.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {withFolder} from '../../../support/program.js';
import {measured} from '../../../support/requests.js';

const prices = priceList();
const log = {id: '/logs/a.log', name: 'a.log'};
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const minute = 60_000;
const length = 900;

/** A cache that grows, and is cut at times to where it ended some requests ago: up to more of them than are remembered. */
const growing = (index: number): Partial<Usage> => {
	const ended = 1000 + index * 500;
	if (index % 7 !== 0) {
		return {cacheRead: ended, cacheWrite5m: 500};
	}
	return {cacheRead: Math.max(0, ended - (20 + (index % 90)) * 500), cacheWrite1h: index % 2 === 0 ? 500 : 0};
};

/** How the requests of a thread look: some tell by their last hundreds what came before, others do not. */
const threads: Readonly<Record<string, (index: number) => Partial<Usage>>> = {
	growing,
	'of one size': () => ({cacheRead: 40_000, cacheWrite5m: 10}),
	'whose smallest cache was long ago': index => {
		if (index < 300) {
			return {cacheRead: 10_000, cacheWrite5m: 10};
		}
		return {cacheRead: index % 45 === 0 ? 300_000 - index * 200 : 500_000 + (index % 20) * 10_000, cacheWrite5m: 10};
	},
	'that wrote only at its beginning': index =>
		index < 3 ? {cacheWrite1h: 50_000} : {cacheRead: index % 40 === 0 ? 0 : 50_000 + index},
	'that never wrote': index => ({cacheRead: index % 11 === 0 ? 0 : 20_000 + index * 10}),
	'guessed at its end': index => ({...growing(index), accuracy: index > 300 ? 'estimated' : 'exact'}),
};

/** Of threads that are expected to go on it is kept how far they had come; one of long ago is counted from its beginning. */
const beginnings = {'of today': Date.now() - 4 * minute * length, 'of long ago': 0} as const;

const requestsOf = (usageOf: (index: number) => Partial<Usage>, begins: number): readonly Request[] =>
	Array.from({length}, (_, index) =>
		measured(usageOf(index), {
			id: `request-${index}`,
			// Mostly close to each other, at times longer than the cache lives.
			time: begins + index * 4 * minute + (index % 13 === 0 ? 3 * minute : 0),
			thread: 'long',
			source: log.name,
		}),
	);

describe('a thread of many requests', () => {
	test.each([
		...Object.entries(threads).map(([name, usageOf]) => [name, 'of today', usageOf] as const),
		['growing', 'of long ago', growing] as const,
	])('%s, %s: goes on, changes and shrinks as if all of it were counted', (_name, begins, usageOf) =>
		withFolder(async folder => {
			const requests = requestsOf(usageOf, beginnings[begins]);
			const path = join(folder, 'test.db');
			const memory = new MemoryStore(prices);
			const commit = (some: readonly Request[]) => {
				// Each time by a process that remembers nothing.
				const store = openSqliteStore({path, sources: ['test'], prices, pricesFrom: 'test'});
				const batch = {changes: some.map(request => ({kind: 'put', log, request}) as const), cursors: []};
				store.commit(batch);
				memory.commit(batch);
				expect(store.requests(all, {}, 2 * length)).toEqual(memory.requests(all, {}, 2 * length));
				store.close();
			};
			const late = [700, 850, 880].map(index => requests[index] as Request);
			commit(requests.slice(0, 600).filter((_, index) => index !== 5));
			commit(requests.slice(600, 800).filter(request => !late.includes(request)));
			// The latest once more, larger.
			commit([799].map(index => ({...(requests[index] as Request), usage: {...usage(requests[index]), output: 9}})));
			commit(requests.slice(800).filter(request => !late.includes(request)));
			commit(late);
			// One that moves, one that loses its usage, and one long ago.
			commit([
				{...(requests[820] as Request), time: (requests[790] as Request).time + 1},
				{...(requests[870] as Request), usage: undefined},
			]);
			commit([requests[5] as Request]);
			expect(checkStore(path)).toEqual([]);
		}),
	);
});

const usage = (request: Request | undefined): Usage => (request as Request).usage as Usage;
