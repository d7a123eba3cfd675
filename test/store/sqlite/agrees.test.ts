import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Filter} from '../../../source/metrics/filter.js';
import {grouped} from '../../../source/metrics/grouped.js';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {sliceMeasures, threadMeasures} from '../../../source/metrics/sums/measures.js';
import {laneKey, type Part, priceKey, totalOf} from '../../../source/metrics/sums/parts.js';
import {byThread} from '../../../source/metrics/threads.js';
import type {Span, Window} from '../../../source/metrics/windows/window.js';
import {type Request, untimed} from '../../../source/request.js';
import {MemoryStore} from '../../../source/store/memory/memory-store.js';
import {checkStore} from '../../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import type {Batch, Change, Store} from '../../../source/store/store.js';
import {runs} from '../../support/runs.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 1, 23, 52);

const logs = [
	{id: '/logs/a.log', name: 'a.log'},
	{id: '/logs/b.log', name: 'b.log'},
	// Of the same name as another, in another folder.
	{id: '/elsewhere/a.log', name: 'a.log'},
];

const sizes = fc.constantFrom(0, 0, 700, 1500, 5000, 5050, 9000, 40_000, 250_000);

const usages = fc.record({
	uncached: sizes,
	cacheRead: sizes,
	cacheWrite5m: sizes,
	cacheWrite1h: fc.oneof({weight: 3, arbitrary: fc.constant(0)}, sizes),
	output: sizes,
	accuracy: fc.constantFrom('exact', 'exact', 'exact', 'estimated', 'fallback', 'partial'),
});

const plans = fc.record({
	blocks: fc.array(
		fc.record({
			number: fc.integer({min: 0, max: 7}),
			tokens: fc.option(sizes, {nil: undefined}),
			reused: fc.boolean(),
		}),
		{maxLength: 5},
	),
	skipped: fc.array(
		fc.record({
			part: fc.constantFrom('system', 'conversation'),
			tokens: fc.option(sizes, {nil: undefined}),
		}),
		{maxLength: 2},
	),
	unsupported: fc.boolean(),
});

/** Coarse, so that some are at one time; mostly close to each other, sometimes days away. */
const times = fc.oneof(
	fc.integer({min: 0, max: 40}).map(step => start + step * 90_000),
	fc.integer({min: 0, max: 90}).map(step => start + step * hour + 17),
	fc.constantFrom(start - 3 * day, -day, 5 * minute, start + day, untimed),
);

const requests = fc.record({
	id: fc.integer({min: 0, max: 60}).map(number => `request-${number}`),
	time: times,
	thread: fc.constantFrom(undefined, 'alpha', 'alpha', 'Beta "quoted"\n', 'gamma\0λ', 'ΑΒΓΣ'),
	project: fc.constantFrom(undefined, 'web', 'Alphabet'),
	host: fc.constantFrom(undefined, 'db-1'),
	agent: fc.constantFrom(undefined, 'main', 'reviewer'),
	provider: fc.constantFrom(undefined, 'bedrock'),
	start: fc.constantFrom(undefined, undefined, start, start + 5 * 90_000),
	model: fc.constantFrom(undefined, 'claude-sonnet-4-5', 'claude-sonnet-4-5', 'claude-opus-4-6', 'gpt-5', 'alpha-lm'),
	plan: fc.option(plans, {nil: undefined}),
	usage: fc.option(usages, {nil: undefined, freq: 6}),
	missReason: fc.option(fc.constantFrom('tools_changed', ''), {nil: undefined, freq: 2}),
	rebuilt: fc.boolean(),
	client: fc.constantFrom(undefined, undefined, 'claude-code 2.1.1', 'claude-code 2.1.2', 'codex 0.9'),
	events: fc.constantFrom(undefined, undefined, [], [{kind: 'new turn'}], [{kind: 'command', detail: '/mcp'}]),
	replica: fc.constantFrom(undefined, undefined, false, true),
	// Rarely told, so that only some threads are one.
	firstLine: fc.oneof(
		{weight: 9, arbitrary: fc.constant(undefined)},
		{weight: 1, arbitrary: fc.constantFrom(start, start + 1)},
	),
});

const ofLog = (
	{replica, ...request}: Omit<Request, 'source' | 'replica'> & {replica: boolean | undefined},
	log: {readonly name: string},
) => ({...request, source: log.name, ...(replica === undefined ? {} : {replica})}) as Request;

const changes: fc.Arbitrary<Change> = fc.oneof(
	{
		weight: 30,
		arbitrary: fc
			.tuple(fc.constantFrom(...logs), requests)
			.map(([log, request]): Change => ({kind: 'put', log, request: ofLog(request as never, log)})),
	},
	{weight: 1, arbitrary: fc.constantFrom(...logs).map((log): Change => ({kind: 'clear', log}))},
);

type Step =
	| {readonly kind: 'commit'; readonly batch: Batch; readonly moreFollows?: boolean}
	| {readonly kind: 'provisional'; readonly log: (typeof logs)[number]; readonly requests: readonly Request[]}
	| {readonly kind: 'reopen'};

const steps: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.tuple(
				fc.array(changes, {maxLength: 25}),
				fc.array(fc.tuple(fc.constantFrom(...logs), fc.integer()), {maxLength: 2}),
				fc.boolean(),
			)
			.map(
				([all, cursors, moreFollows]): Step => ({
					kind: 'commit',
					moreFollows,
					batch: {changes: all, cursors: cursors.map(([log, cursor]) => ({log, cursor: {at: cursor}}))},
				}),
			),
	},
	{
		weight: 1,
		arbitrary: fc.tuple(fc.constantFrom(...logs), fc.array(requests, {maxLength: 3})).map(
			([log, some]): Step => ({
				kind: 'provisional',
				log,
				requests: some.map(request => ofLog({...request, usage: undefined} as never, log)),
			}),
		),
	},
	{weight: 1, arbitrary: fc.constant<Step>({kind: 'reopen'})},
);

const edges = fc.oneof(
	times,
	fc.integer({min: -2 * hour, max: 4 * day}).map(offset => start + offset),
	fc.constantFrom(start - 8 * minute, start + 8 * minute + hour, start + 8 * minute + 2 * day),
	fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
);
const windows: fc.Arbitrary<Window> = fc
	.tuple(edges, edges, fc.constantFrom('custom', 'all'))
	.map(([one, other, name]) => ({from: Math.min(one, other), to: Math.max(one, other), name}));

const pieces = (...names: readonly string[]) => fc.constantFrom(undefined, undefined, '', ...names);
const filters: fc.Arbitrary<Filter> = fc.record({
	model: pieces('claude', 'GPT', 'nothing'),
	project: pieces('WEB', 'alpha'),
	agent: pieces('MAIN', 'explore'),
	provider: pieces('bed'),
	thread: pieces('ALPHA', 'quoted"', '\n', 'nothing', 'α', 'λ', 'Σ'),
	text: pieces('alpha', 'a.log', 'b.LOG', 'beta', 'nothing', 'ς'),
});

const questions = fc.record({
	window: windows,
	filter: fc.oneof(fc.constant<Filter>({}), filters),
	width: fc.constantFrom(5 * minute, 7 * minute, 30 * minute, hour, 4 * hour, day, 2 * day, 7 * day, 1234),
	most: fc.constantFrom(0, 1, 3, 10, 1000),
});

type Question = {readonly window: Window; readonly filter: Filter; readonly width: number; readonly most: number};

const {stringify} = JSON;
const sorted = (
	parts: readonly (Part & {readonly slice?: number; readonly thread?: string | undefined; readonly source?: string})[],
) =>
	parts
		.map(part => ({
			...part,
			key: stringify([part.slice ?? null, part.thread ?? null, part.source ?? null, laneKey(part.lane)]),
		}))
		.sort((one, other) => (one.key < other.key ? -1 : 1));

const threadsOf = (store: Store, {window, filter, most}: Question) => {
	const {parts, ...found} = store.threads(window, filter, most);
	return {
		...found,
		parts: sorted(parts).map(({measures, ...part}) => ({
			...part,
			measures: threadMeasures.map(measure => measures[measure]),
		})),
	};
};

/** Threads that are alike may stand for each other where only some are wanted. */
const notable = (store: Store, {window, filter, most}: Question) =>
	[...byThread(store.threads(window, filter, most).parts).values()]
		.map(parts =>
			parts.map(({measures}) => [
				measures.requests,
				measures.lostInput + measures.lostFiveMinutes + measures.lostOneHour,
			]),
		)
		.map(sums =>
			sums.reduce(([requests = 0, lost = 0], [more = 0, other = 0]) => [requests + more, lost + other], [0, 0]),
		)
		.map(sums => sums.join(' '))
		.sort();

/** Sums of slices by price, which stores may divide further: of their measures those that a series is computed from. */
const slices = (store: Store, {window, filter, width}: Question) =>
	[
		...grouped(store.slices(window, width, filter), ({slice, lane: {price}}) =>
			stringify([slice, price && priceKey(price)]),
		),
	]
		.map(([key, parts]) => {
			const total = totalOf(parts);
			return stringify([
				key,
				Math.min(...parts.map(({firstTime}) => firstTime)),
				Math.max(...parts.map(({lastTime}) => lastTime)),
				sliceMeasures.map(measure => total[measure]),
			]);
		})
		.sort();

/** All logs: of their measures those that are kept of logs. */
const sources = (store: Store, {window, filter, most}: Question) => {
	const {count, parts} = store.sources(window, filter, most);
	return [
		count,
		sorted(parts).map(({measures, ...part}) => ({
			...part,
			measures: threadMeasures.map(measure => measures[measure]),
		})),
	];
};

/** The logs that were wanted, and how many requests each has. */
const busiest = (store: Store, {window, filter, most}: Question) => {
	const {count, parts} = store.sources(window, filter, most);
	const requests = [...grouped(parts, ({source}) => source)].map(
		([source, found]) => [source, found.reduce((sum, {measures}) => sum + measures.requests, 0)] as const,
	);
	return [count, requests.toSorted(([one], [other]) => (one < other ? -1 : 1))];
};

/** What threads hold in the cache; stores find requests again by other keys. */
const ends = (store: Store, {window, filter}: Question) =>
	store
		.ends(window.from, filter)
		.map(({lane, thread, end: {key, suspended, waiting, ...end}}) =>
			stringify([laneKey(lane), thread, end, suspended?.after, waiting.map(({after}) => after)]),
		)
		.sort();

/** What events stand before, all pieces of the same events in one. */
const around = (store: Store, {window, filter, most}: Question) => {
	const {told, ...numbers} = store.around(window, filter, most);
	const some = told.filter(({events}) => events.length > 0);
	const broken = some.filter(({open}) => open > 0);
	const summed = <One>(all: Iterable<One>, keyOf: (one: One) => string, ...sums: ((one: One) => number)[]) =>
		[...grouped(all, keyOf)]
			.map(([key, found]) => [key, ...sums.map(of => found.reduce((sum, one) => sum + of(one), 0))].join(' '))
			.sort();
	return {
		...numbers,
		before: summed(
			some,
			({events}) => stringify(events),
			one => one.requests,
		),
		broken: summed(
			broken,
			({events, price}) => stringify([events, price && priceKey(price)]),
			one => one.open,
			one => one.lost.oneHour,
			one => one.lost.fiveMinutes,
			one => one.lost.input,
		),
	};
};

/** Everything that a store answers. */
const answers = (store: Store, {window, filter, width, most}: Question) => ({
	total: store.total,
	clients: new Map([...store.clients()].sort()),
	span: store.span,
	untimed: store.untimed,
	parts: sorted(store.parts(window, filter)),
	threads: threadsOf(store, {window, filter, width, most: Number.POSITIVE_INFINITY}),
	notable: notable(store, {window, filter, width, most}),
	slices: slices(store, {window, filter, width, most}),
	requests: store.requests(window, filter, most),
	breaks: store.breaks(window, filter, most),
	openBreaks: store.openBreaks(window, filter, most),
	around: around(store, {window, filter, width, most}),
	thread: store.thread('alpha', window, filter, most),
	without: store.thread(undefined, window, filter, most),
	unknown: store.thread('nobody', window, filter, most),
	sources: sources(store, {window, filter, width, most: Number.POSITIVE_INFINITY}),
	busiest: busiest(store, {window, filter, width, most}),
	ends: ends(store, {window, filter, width, most}),
	cursors: logs.map(({id}) => store.cursor(id)),
});

/** The same questions of windows that begin and end with the first and last request, and just beside. */
const atEdges = (asked: readonly Question[], span: Span): readonly Question[] =>
	span === undefined
		? []
		: asked.map((question, index) => {
				const [from, to] = [span.first + ((index >> 1) & 1), span.last + (index & 1)];
				return {...question, window: {...question.window, from, to}};
			});

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-store-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const prices = priceList();

const bare = {
	...{thread: undefined, project: undefined, source: 'a.log', host: undefined, model: 'claude-sonnet-4-5'},
	...{plan: undefined, usage: undefined, missReason: undefined, rebuilt: false},
};
const put = (
	log: {readonly id: string; readonly name: string},
	request: Partial<Request> & Pick<Request, 'id' | 'time'>,
): Step => ({
	kind: 'commit',
	batch: {changes: [{kind: 'put', log, request: {...bare, ...request, source: log.name}}], cursors: []},
});
const [a, b] = logs as [(typeof logs)[number], (typeof logs)[number]];
const asksAll = (window: Partial<Window>): Question => ({
	window: {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all', ...window},
	...{filter: {}, width: hour, most: 1},
});

/** Requests without a time are in the window of all, also where that has no length. */
const untimedOnly: [Step[], Question[]] = [
	[put(a, {id: 'one', time: untimed}), put(a, {id: 'other', time: untimed})],
	[asksAll({to: Number.NEGATIVE_INFINITY})],
];

/** One that tells nothing of the cache does not come between those of one time that do. */
const unmeasuredBetween: [Step[], Question[]] = [
	[
		put(a, {id: 'unmeasured', time: start, thread: 'alpha'}),
		...[a, b].map((log, index) =>
			put(log, {
				...{id: `measured-${index}`, time: start, thread: 'alpha'},
				usage: {
					uncached: 0,
					cacheRead: 0,
					cacheWrite5m: 9000 * (index + 1),
					cacheWrite1h: 0,
					output: 0,
					accuracy: 'exact',
				},
			}),
		),
	],
	[asksAll({})],
];

test('answers everything like a store that recounts all requests', () => {
	let stores = 0;
	fc.assert(
		fc.property(
			fc.array(steps, {minLength: 1, maxLength: 8}),
			fc.array(questions, {minLength: 2, maxLength: 6}),
			(all, asked) => {
				const path = join(folder, `${stores++}.db`);
				const open = () => openSqliteStore({path, sources: ['logs'], prices, pricesFrom: 'published'});
				const memory = new MemoryStore(prices);
				let store = open();
				let given = new Map<string, Step & {kind: 'provisional'}>();
				for (const [index, step] of all.entries()) {
					if (step.kind === 'commit') {
						memory.commit(step.batch);
						store.commit(step.batch, step.moreFollows);
					} else if (step.kind === 'provisional') {
						given = new Map([...given, [step.log.id, step]]);
						memory.putProvisional(step.log, step.requests);
						store.putProvisional(step.log, step.requests);
					} else {
						store.close();
						store = open();
						for (const step of given.values()) {
							store.putProvisional(step.log, step.requests);
						}
					}
					const question = asked[index % asked.length];
					// A question would save what is held together with what follows.
					if (question && (step.kind !== 'commit' || !step.moreFollows)) {
						expect(answers(store, question)).toEqual(answers(memory, question));
					}
				}
				for (const question of [...asked, ...atEdges(asked, memory.span)]) {
					expect(answers(store, question)).toEqual(answers(memory, question));
				}
				store.close();
				expect(checkStore(path)).toEqual([]);
			},
		),
		{numRuns: runs(60), examples: [untimedOnly, unmeasuredBetween]},
	);
}, 120_000);
