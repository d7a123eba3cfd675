import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {warmOf} from '../../source/metrics/breaks/warm.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Request} from '../../source/request.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {checkStore} from '../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import type {Store} from '../../source/store/store.js';
import {measured} from '../support/requests.js';

const start = Date.UTC(2026, 4, 4, 9);
const second = 1000;
const all = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
const prices = priceList();

/** The first request of a thread, so many seconds after the start, which writes 20,000 tokens. */
const first = (thread: string, at: number, parts: Partial<Request> = {}, written = 20_000): Request =>
	measured(
		{cacheWrite5m: written, uncached: 10},
		{id: `first of ${thread}`, time: start + at * second, thread, project: 'shop', source: thread, ...parts},
	);

const sentAt = (seconds: number): Partial<Request> => ({start: start + seconds * second});

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-fan-out-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));
const path = () => join(folder, 'one.db');

const put = (store: Store, ...requests: readonly Request[]): void => {
	for (const request of requests) {
		const log = {id: request.source, name: request.source};
		store.commit({changes: [{kind: 'put', log, request}], cursors: []});
	}
};

const kindsIn = (store: Store): Readonly<Record<string, string | undefined>> =>
	Object.fromEntries(store.requests(all, {}, 100).map(({request, facts}) => [request.thread, facts.cold?.kind]));

describe.each([
	['in memory', () => new MemoryStore(prices)],
	['in a file', () => openSqliteStore({path: path(), sources: ['logs'], prices, pricesFrom: 'published'})],
] as const)('requests of several threads that are sent at once, %s', (_, create) => {
	const ofBoth = (one: Request, other: Request): unknown => {
		const stores = [
			[one, other],
			[other, one],
		].map(requests => {
			rmSync(path(), {force: true});
			const store = create();
			put(store, ...requests);
			const kinds = kindsIn(store);
			store.close();
			return kinds;
		});
		expect(stores[0]).toEqual(stores[1]);
		return stores[0];
	};

	test.each([
		['within 10 seconds, where no start is known', first('a', 0), first('b', 10), 'together'],
		['later', first('a', 0), first('b', 11), 'first'],
		['before the other was answered, however long that takes', first('a', 60), first('b', 90, sentAt(30)), 'together'],
		['when the other had been answered', first('a', 60), first('b', 62, sentAt(61)), 'first'],
		['that write nearly the same', first('a', 0), first('b', 3, {}, 20_400), 'together'],
		['that write something else', first('a', 0), first('b', 3, {}, 20_401), 'first'],
		['of another project', first('a', 0), first('b', 3, {project: 'docs'}), 'first'],
		['of unknown projects', first('a', 0, {project: undefined}), first('b', 3, {project: undefined}), 'first'],
		['to another model', first('a', 0), first('b', 3, {model: 'claude-opus-4-6'}), 'first'],
	])('%s', (_, one, other, kind) => {
		expect(ofBoth(one, other)).toEqual({a: 'first', b: kind});
	});

	test('are no fan-out any more once the earlier one is gone', () => {
		const store = create();
		put(store, first('b', 3), first('a', 0), first('c', 5));
		expect(kindsIn(store)).toEqual({a: 'first', b: 'together', c: 'together'});
		store.commit({changes: [{kind: 'clear', log: {id: 'a', name: 'a'}}], cursors: []});
		expect(kindsIn(store)).toEqual({b: 'first', c: 'together'});
		store.close();
	});

	test('share one prefix, which is warm once, until one of them continues with more', () => {
		const store = create();
		put(store, first('b', 3), first('a', 0), first('c', 5), first('d', 100, {}, 9000));
		const warm = () => warmOf(store.ends(start, {}), start + 120 * second);
		expect(warm()).toMatchObject({count: 2, tokens: 29_000});
		put(store, {
			...first('c', 110),
			id: 'next',
			usage: {...first('c', 0).usage, cacheRead: 20_000, cacheWrite5m: 500},
		} as Request);
		expect(warm()).toMatchObject({count: 3, tokens: 49_500});
		store.close();
	});
});

test('what is stored of a fan-out follows from the requests, also after it was reopened', () => {
	const open = () => openSqliteStore({path: path(), sources: ['logs'], prices, pricesFrom: 'published'});
	let store = open();
	put(store, first('b', 3), first('c', 5));
	store.close();
	store = open();
	put(store, first('a', 0), {...first('b', 3), usage: {...first('b', 3).usage, output: 7}} as Request);
	expect(kindsIn(store)).toEqual({a: 'first', b: 'together', c: 'together'});
	expect(store.parts(all, {}).reduce((sum, {measures}) => sum + measures.togetherStarts, 0)).toBe(2);
	store.close();
	expect(checkStore(path())).toEqual([]);
});
