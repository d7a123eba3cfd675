import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import type {Filter} from '../../source/metrics/filter.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {allMeasures, threadMeasures} from '../../source/metrics/sums/measures.js';
import {laneKey} from '../../source/metrics/sums/parts.js';
import type {Request} from '../../source/request.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {checkStore} from '../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import type {Store} from '../../source/store/store.js';
import {formatContext} from '../formats/reading.js';
import {runs} from '../support/runs.js';

const minute = 60_000;
const prices = priceList();
const start = Date.UTC(2026, 4, 4, 9);
const all = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};

type Answer = {
	readonly id: string;
	/** Minutes after the start. */
	readonly at: number;
	readonly read: number;
	readonly written: number;
	/** Lines of the answer, a second apart. */
	readonly lines?: number;
	readonly parts?: Readonly<Record<string, unknown>>;
};

/** The transcript of one session, a text a line. */
const transcript = (session: string, answers: readonly Answer[]): readonly string[] =>
	answers.flatMap(({id, at, read, written, lines = 1, parts = {}}) =>
		Array.from({length: lines}, (_, line) =>
			JSON.stringify({
				parentUuid: null,
				isSidechain: false,
				sessionId: session,
				cwd: '/home/ada/shop',
				type: 'assistant',
				uuid: `${id}-${line}`,
				timestamp: new Date(start + at * minute + line * 1000).toISOString(),
				message: {
					id,
					model: 'claude-sonnet-4-5',
					role: 'assistant',
					content: [],
					usage: {
						input_tokens: 10,
						cache_read_input_tokens: read,
						cache_creation_input_tokens: written,
						output_tokens: line + 1,
					},
				},
				...parts,
			}),
		),
	);

type Log = {readonly session: string; readonly lines: readonly string[]};

/** The requests of a log in the order and pieces in which it is told. */
const requestsOf = ({session, lines}: Log): readonly Request[] => {
	const told: Request[] = [];
	const reading = claudeCode.open(
		formatContext({source: `${session}.jsonl`, onRequest: request => told.push(request)}),
	);
	for (const line of lines) {
		reading.lines(Buffer.from(`${line}\n`), false);
	}
	return [...told, ...reading.provisional()];
};

const put = (store: Store, {session}: Log, requests: readonly Request[]): void => {
	const log = {id: `/projects/${session}.jsonl`, name: `${session}.jsonl`};
	store.commit({changes: requests.map(request => ({kind: 'put', log, request})), cursors: []});
};

/** All that a user is told of threads: names, facts, sums. */
const told = (store: Store) => ({
	requests: store
		.requests(all, {}, 1000)
		.map(({request: {id, thread, source}, facts}) => ({id, thread, source, facts})),
	threads: store
		.threads(all, {}, 1000)
		.parts.map(({thread, lane, measures}) =>
			JSON.stringify([thread, laneKey(lane), threadMeasures.map(measure => measures[measure])]),
		)
		.sort(),
	parts: store
		.parts(all, {})
		.map(({lane, measures}) => JSON.stringify([laneKey(lane), allMeasures.map(measure => measures[measure])]))
		.sort(),
	ends: store
		.ends(start, {})
		.map(({thread, end: {time, oneHour, others}}) => JSON.stringify([thread, time, oneHour, others]))
		.sort(),
});

const threadsIn = (store: Store, filter: Filter = {}) =>
	new Set(store.requests(all, filter, 1000).map(({request}) => request.thread));

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-resumed-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const open = (name: string) =>
	openSqliteStore({path: join(folder, name), sources: ['logs'], prices, pricesFrom: 'published'});

const stores = [
	['in memory', () => new MemoryStore(prices)],
	['in a file', () => open('one.db')],
] as const;

const first: readonly Answer[] = [
	{id: 'm1', at: 0, read: 0, written: 30_000, lines: 3},
	{id: 'm2', at: 1, read: 30_000, written: 500},
];
/** Twenty minutes later: the cache has expired. */
const later: readonly Answer[] = [{id: 'm3', at: 21, read: 0, written: 31_000}];

describe.each(stores)('a session that is resumed in a file of its own, %s', (_, create) => {
	const given = (...logs: readonly Log[]): Store => {
		const store = create();
		for (const log of logs) {
			put(store, log, requestsOf(log));
		}
		return store;
	};
	const old = {session: 's-1', lines: transcript('s-1', first)};
	const resumed = {session: 's-2', lines: transcript('s-2', [...first, ...later])};

	test.each([
		['the old one first', [old, resumed]],
		['the new one first', [resumed, old]],
	])('continues the thread: what expired meanwhile is a break (%s)', (_, logs) => {
		const store = given(...logs);
		expect(threadsIn(store)).toEqual(new Set(['s-1']));
		const [broken] = store.breaks(all, {}, 10);
		expect(broken).toMatchObject({
			request: {thread: 's-1'},
			facts: {loss: {cause: 'expired', fiveMinutes: 30_500}},
		});
		expect(store.total).toBe(3);
		store.close();
	});

	test('is found by either name', () => {
		const store = given(old, resumed);
		expect(store.thread('s-2', all, {}, 10)).toHaveLength(3);
		expect(threadsIn(store, {thread: 's-2'})).toEqual(new Set(['s-1']));
		store.close();
	});

	test.each<[string, readonly Answer[]]>([
		['whose gateway gives every answer the same id, with equal counts', first.map(one => ({...one, at: one.at + 7}))],
		[
			'that has the same answer as a side question',
			first.map(one => ({...one, parts: {isSidechain: true, agentId: 'aside'}})),
		],
		['that happens to say the same at the same time', first.map(one => ({...one, id: `${one.id}-other`}))],
	])('another session is another thread: one %s', (_, answers) => {
		const other = {session: 's-2', lines: transcript('s-2', [...answers, ...later])};
		for (const logs of [
			[old, other],
			[other, old],
		]) {
			const store = given(...logs);
			expect(threadsIn(store)).toContain('s-2');
			store.close();
			rmSync(join(folder, 'one.db'), {force: true});
		}
	});
});

test('a file remembers which threads are one', () => {
	const old = {session: 's-1', lines: transcript('s-1', first)};
	const resumed = {session: 's-2', lines: transcript('s-2', [...first, ...later])};
	let store = open('one.db');
	put(store, resumed, requestsOf(resumed));
	store.close();
	store = open('one.db');
	put(store, old, requestsOf(old));
	store.close();
	store = open('one.db');
	const after = {session: 's-2', lines: transcript('s-2', [{id: 'm4', at: 22, read: 31_000, written: 100}])};
	put(store, after, requestsOf(after));
	expect(threadsIn(store)).toEqual(new Set(['s-1']));
	store.close();
	expect(checkStore(join(folder, 'one.db'))).toEqual([]);
});

const tokens = fc.constantFrom(0, 500, 9000, 9500, 30_000);
const answers = (name: string, from: number) =>
	fc
		.array(
			fc.record({
				gap: fc.constantFrom(0, 0, 1, 4, 20),
				read: tokens,
				written: tokens,
				lines: fc.integer({min: 1, max: 3}),
			}),
			{minLength: 1, maxLength: 5},
		)
		.map(all => {
			let at = from;
			return all.map(({gap, ...counts}, index): Answer => {
				at += gap;
				return {id: `${name}${index}`, at, ...counts};
			});
		});

/** Sessions of which each goes on with an earlier one, or with none, behind as many of its answers. */
const sessions = fc
	.array(fc.tuple(fc.option(fc.nat(5), {nil: undefined}), fc.nat(4), answers('x', 0)), {minLength: 2, maxLength: 5})
	.map(all => {
		const known: Answer[][] = [];
		for (const [index, [from, kept, own]] of all.entries()) {
			const before = from === undefined || index === 0 ? [] : (known[from % index] ?? []).slice(0, kept + 1);
			const at = before.at(-1)?.at ?? 0;
			known.push([...before, ...own.map(one => ({...one, id: `${index}-${one.id}`, at: at + one.at}))]);
		}
		return known.map((one, index): Log => ({session: `s-${index}`, lines: transcript(`s-${index}`, one)}));
	});

test('any order of files and any batches give the same threads, breaks and sums', () => {
	let stores = 0;
	fc.assert(
		fc.property(
			sessions,
			fc.infiniteStream(fc.nat(20)),
			fc.infiniteStream(fc.integer({min: 1, max: 6})),
			(logs, turns, sizes) => {
				const expected = new MemoryStore(prices);
				for (const log of logs) {
					put(expected, log, requestsOf(log));
				}
				const memory = new MemoryStore(prices);
				const name = `${stores++}.db`;
				const store = open(name);
				let left = logs.map(log => ({log, requests: requestsOf(log)}));
				while (left.length > 0) {
					const turn = left[(turns.next().value as number) % left.length] as (typeof left)[number];
					const size = sizes.next().value as number;
					for (const one of [memory, store]) {
						put(one, turn.log, turn.requests.slice(0, size));
					}
					left = left
						.map(one => (one === turn ? {...one, requests: one.requests.slice(size)} : one))
						.filter(({requests}) => requests.length > 0);
				}
				expect(told(memory)).toEqual(told(expected));
				expect(told(store)).toEqual(told(expected));
				store.close();
				expect(checkStore(join(folder, name))).toEqual([]);
			},
		),
		{numRuns: runs(60)},
	);
}, 120_000);
