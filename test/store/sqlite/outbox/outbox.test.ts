import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Counted} from '../../../../source/metrics/breaks/facts.js';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import type {Request} from '../../../../source/request.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {
	copyStore,
	forgetAll,
	forgetBefore,
	forgetLog,
	rebuild,
	vacuum,
} from '../../../../source/store/sqlite/file/upkeep.js';
import {Outbox, type ShippingTarget} from '../../../../source/store/sqlite/outbox/outbox.js';
import {hasOutbox} from '../../../../source/store/sqlite/outbox/outbox-tables.js';
import {tablesOf} from '../../../../source/store/sqlite/tables/tables.js';
import type {Store} from '../../../../source/store/store.js';
import {measured} from '../../../support/requests.js';
import {runs} from '../../../support/runs.js';

const prices = priceList();
const hour = 3_600_000;
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const logs = [
	{id: '/logs/a.log', name: 'a.log'},
	{id: '/logs/b.log', name: 'b.log'},
] as const;
const target: ShippingTarget = {name: 'fleet', hashes: false};

let folder: string;
let path: string;
let opened: {close(): void}[];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-outbox-'));
	path = join(folder, 'test.db');
	opened = [];
});
afterEach(() => {
	for (const one of opened) {
		one.close();
	}
	rmSync(folder, {recursive: true});
});

const keep = <One extends {close(): void}>(one: One): One => {
	opened.push(one);
	return one;
};
const openStore = (retention?: number): Store =>
	keep(openSqliteStore({path, sources: ['/logs/*.log'], prices, pricesFrom: 'test', retention}));
/** A shipper has a connection of its own, as in another process. */
const openOutbox = (to = target, now = 1_790_000_000_000): Outbox =>
	new Outbox(tablesOf(keep(new Connection(path))), to, now);

/** What a fleet holds: of each request the row with the highest number, whatever comes twice or late. */
class Fleet {
	readonly #rows = new Map<string, {number: number; counted: Counted | undefined}>();

	take({entries}: ReturnType<Outbox['take']>): void {
		for (const entry of entries) {
			const counted = 'kept' in entry ? {request: entry.kept.request, facts: entry.kept.facts} : undefined;
			const {id, time, thread} = 'kept' in entry ? entry.kept.request : entry.gone;
			const key = JSON.stringify([id, time, thread]);
			if (entry.number >= (this.#rows.get(key)?.number ?? -1)) {
				this.#rows.set(key, {number: entry.number, counted});
			}
		}
	}

	get held(): readonly Counted[] {
		return [...this.#rows.values()].flatMap(({counted}) => counted ?? []);
	}
}

const drain = (outbox: Outbox, fleet: Fleet, most = 7): void => {
	for (;;) {
		const shipment = outbox.take(most);
		if (shipment.lastNumber === undefined && shipment.lastRow === undefined) {
			return;
		}
		fleet.take(shipment);
		outbox.delivered(shipment, 1_790_000_000_000);
	}
};

const sorted = (counted: readonly Counted[]) =>
	counted
		.map(({request, facts}) => ({request, facts}))
		.sort((one, other) => (one.request.id < other.request.id ? -1 : 1));
const kept = (store: Store) => sorted(store.requests(all, {}, Number.POSITIVE_INFINITY));
const put = (store: Store, requests: readonly Request[], log: (typeof logs)[number] = logs[0]) =>
	store.commit({changes: requests.map(request => ({kind: 'put', log, request})), cursors: []});
const some = (count: number, from = Date.UTC(2026, 10, 1), parts: Partial<Request> = {}) =>
	Array.from({length: count}, (_, index) =>
		measured(
			{cacheRead: index % 5 === 0 ? 0 : 9000, cacheWrite5m: index % 5 === 0 ? 9000 : 50, uncached: 3},
			{id: `r${from}-${index}`, time: from + index * 30_000, thread: `t${index % 3}`, source: logs[0].name, ...parts},
		),
	);

describe('what is sent', () => {
	test('all that was there, and all that comes', () => {
		const store = openStore();
		put(store, some(40));
		const outbox = openOutbox();
		expect(outbox.isNew).toBe(true);
		expect(outbox.state).toEqual({waiting: 40, backlog: 40, sent: 0, dropped: 0, sentAt: undefined});
		const fleet = new Fleet();
		put(store, some(10, Date.UTC(2026, 10, 2)));
		expect(outbox.state).toMatchObject({waiting: 50, backlog: 40});
		drain(outbox, fleet);
		expect(sorted(fleet.held)).toEqual(kept(store));
		expect(outbox.state).toEqual({waiting: 0, backlog: 0, sent: 50, dropped: 0, sentAt: 1_790_000_000_000});
		expect(openOutbox().isNew).toBe(false);
	});

	test('what a shipper that was killed did not confirm is sent again', () => {
		const store = openStore();
		put(store, some(20));
		const fleet = new Fleet();
		fleet.take(openOutbox().take(12));
		drain(openOutbox(), fleet);
		expect(sorted(fleet.held)).toEqual(kept(store));
	});

	test('what changes while it is sent is sent again', () => {
		const store = openStore();
		const [one] = some(1) as [Request];
		put(store, [one]);
		const outbox = openOutbox();
		const first = outbox.take(10);
		put(store, [{...one, usage: {...one.usage, output: 77} as Request['usage']}]);
		const fleet = new Fleet();
		outbox.delivered(first, 0);
		drain(outbox, fleet);
		// The older row arrives last: it loses.
		fleet.take(first);
		expect(fleet.held.map(({request}) => request.usage?.output)).toEqual([77]);
	});

	test('a new target gets everything, and a shipper to the old one notices', () => {
		const store = openStore();
		put(store, some(9));
		const before = openOutbox();
		drain(before, new Fleet());
		const after = openOutbox({...target, name: 'other'});
		const fleet = new Fleet();
		expect(() => before.take(5)).toThrow(/another place/);
		drain(after, fleet);
		expect(sorted(fleet.held)).toEqual(kept(store));
	});

	test('when names of threads begin to be hashed, those that were sent are forgotten', () => {
		const store = openStore();
		put(store, [...some(4), ...some(2, Date.UTC(2026, 10, 3), {thread: undefined})]);
		drain(openOutbox(), new Fleet());
		const gone = openOutbox({...target, hashes: true})
			.take(100)
			.entries.flatMap(entry => ('gone' in entry ? entry.gone : []));
		expect(gone).toHaveLength(4);
		expect(gone).toContainEqual({id: some(1)[0]?.id, time: some(1)[0]?.time, thread: 't0', hashed: false});
	});

	test('it takes numbers that no earlier row had, so that going back and forth ends right', () => {
		const store = openStore();
		put(store, some(6));
		const fleet = new Fleet();
		for (const hashes of [false, true, false]) {
			drain(openOutbox({...target, hashes}), fleet);
		}
		expect(sorted(fleet.held)).toEqual(kept(store));
	});
});

describe('deletion', () => {
	test('what is forgotten is forgotten elsewhere, also with the store itself', () => {
		const store = openStore();
		put(store, some(12));
		put(store, some(6, Date.UTC(2026, 10, 5), {source: logs[1].name}), logs[1]);
		const fleet = new Fleet();
		drain(openOutbox(), fleet);
		forgetBefore(path, Date.UTC(2026, 10, 1) + 60_000);
		forgetLog(path, logs[1].id);
		drain(openOutbox(), fleet);
		expect(sorted(fleet.held)).toEqual(kept(store));
		expect(fleet.held).toHaveLength(10);
		store.close();
		opened.splice(opened.indexOf(store), 1);
		expect(forgetAll(path)).toBe(10);
		const outbox = openOutbox();
		vacuum(path);
		drain(outbox, fleet);
		expect(fleet.held).toEqual([]);
	});

	test('a store that is not shipped is deleted at once', () => {
		const store = openStore();
		put(store, some(3));
		expect(forgetAll(path)).toBe(0);
	});

	test('retention is not shipped, and waits for unsent requests, but not forever', () => {
		const now = Date.now();
		put(openStore(), some(10, now - 30 * hour));
		const fleet = new Fleet();
		drain(openOutbox(), fleet);
		expect(openStore(10 * hour).total).toBe(0);
		drain(openOutbox(), fleet);
		expect(fleet.held).toHaveLength(10);

		put(openStore(), [...some(5, now - 15 * hour), ...some(4, now - 29 * hour)]);
		const waiting = openStore(10 * hour);
		expect(waiting.total).toBe(5);
		expect(openOutbox().state).toMatchObject({waiting: 5, dropped: 4});
		drain(openOutbox(), fleet);
		expect(fleet.held).toHaveLength(15);
		expect(openStore(10 * hour).total).toBe(0);
		// Facts that changed because earlier requests expired are not those of the fleet.
		expect(openOutbox().state.waiting).toBe(0);
	});

	test('a copy of a store ships nothing', () => {
		put(openStore(), some(3));
		openOutbox();
		const copy = join(folder, 'copy.db');
		copyStore(path, copy);
		const database = keep(new Connection(copy));
		expect(hasOutbox(database)).toBe(false);
		database.run('DELETE FROM request');
	});
});

test('whatever happens, in whatever order, the fleet holds what the store holds', () => {
	const times = fc.integer({min: 0, max: 30}).map(step => Date.UTC(2026, 10, 1) + step * 4 * 60_000);
	const requests = fc
		.record({
			id: fc.integer({min: 0, max: 25}).map(String),
			time: times,
			thread: fc.constantFrom(undefined, 'a', 'b', 'c "\0'),
			model: fc.constantFrom('claude-sonnet-4-5', 'gpt-5'),
			read: fc.constantFrom(0, 4000, 9000),
		})
		.map(({read, ...parts}) =>
			measured({cacheRead: read, cacheWrite5m: 9000 - read, uncached: 5}, {...parts, source: 'a.log'}),
		);
	const step = fc.oneof(
		{weight: 6, arbitrary: fc.array(requests, {maxLength: 12}).map(batch => ({kind: 'put' as const, batch}))},
		{weight: 1, arbitrary: fc.constant({kind: 'clear' as const})},
		{weight: 1, arbitrary: times.map(time => ({kind: 'forget' as const, time}))},
		{weight: 1, arbitrary: fc.constant({kind: 'rebuild' as const})},
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant('ship' as const),
				most: fc.integer({min: 1, max: 9}),
				isConfirmed: fc.boolean(),
			}),
		},
		{weight: 1, arbitrary: fc.constant({kind: 'replay' as const})},
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 25}), steps => {
			rmSync(path, {force: true});
			for (const ending of ['-wal', '-shm']) {
				rmSync(path + ending, {force: true});
			}
			const store = openSqliteStore({path, sources: [], prices, pricesFrom: 'test'});
			const connection = new Connection(path);
			const fleet = new Fleet();
			const outbox = new Outbox(tablesOf(connection), target, 1_790_000_000_000);
			const shipments: ReturnType<Outbox['take']>[] = [];
			for (const one of steps) {
				switch (one.kind) {
					case 'put':
						put(store, one.batch);
						break;
					case 'clear':
						store.commit({changes: [{kind: 'clear', log: logs[0]}], cursors: []});
						break;
					case 'forget':
						forgetBefore(path, one.time);
						break;
					case 'rebuild':
						rebuild(path);
						break;
					case 'ship': {
						const shipment = outbox.take(one.most);
						shipments.push(shipment);
						fleet.take(shipment);
						if (one.isConfirmed) {
							outbox.delivered(shipment, 0);
						}
						break;
					}
					case 'replay':
						for (const shipment of shipments) {
							fleet.take(shipment);
						}
				}
			}
			drain(outbox, fleet);
			expect(sorted(fleet.held)).toEqual(kept(store));
			expect(checkStore(path)).toEqual([]);
			connection.close();
			store.close();
		}),
		{numRuns: runs(40)},
	);
});
