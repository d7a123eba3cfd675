import type {Log} from '../../log.js';
import {countFacts, type Threads} from '../../metrics/breaks/count-facts.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import {type Around, aroundOf} from '../../metrics/breaks/suspects/around.js';
import {type LaneEnd, withTwins} from '../../metrics/breaks/warm.js';
import {type Filter, isEmptyFilter, type Taken, takenBy} from '../../metrics/filter.js';
import {type LaneFinder, laneFinderOf} from '../../metrics/lane-finder.js';
import type {Moment, Overview, Question, SourcesFound, ThreadsFound, Wanted} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import {placeOf} from '../../metrics/measure-sums.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import {inListOrder} from '../../metrics/order.js';
import type {Part, SlicePart} from '../../metrics/parts.js';
import {mostNotable, tellingPart} from '../../metrics/threads.js';
import {type Span, stretchesOf, type Window} from '../../metrics/windows/window.js';
import {continuesThread, type Request, untimed} from '../../request.js';
import {bounded} from '../bounded.js';
import {answerNow} from '../local-ledger.js';
import {NameBounds} from '../name-bounds.js';
import {replaces} from '../replaces.js';
import type {Batch, Store} from '../store.js';
import {ThreadNames} from '../thread-names.js';
import {FactColumns} from './fact-columns.js';
import {RequestColumns} from './request-columns.js';
import {threadRows} from './thread-rows.js';
import {TimeOrder} from './time-order.js';
import {asksForSums, type SumQuestion, WindowSums} from './window-sums.js';

/**
 * Keeps requests in memory, as long as the process lives, and counts them anew after each change: what every other
 * store has to agree with.
 */
export class MemoryStore implements Store {
	version = 0;
	#requests = new RequestColumns();
	readonly #facts = new FactColumns(row => this.#requests.usage(row));
	readonly #order = new TimeOrder();
	/** The rows of requests that are kept, by id; those behind them count for now. */
	readonly #rows = new Map<string, number>();
	readonly #provisional = new Map<string, readonly Request[]>();
	readonly #cursors = new Map<string, unknown>();
	readonly #names = new NameBounds();
	readonly #threads = new ThreadNames();
	readonly #lanes: LaneFinder;
	/** All rows, oldest first, and the threads, as of the version that was counted last. */
	#ordered: Int32Array = new Int32Array(0);
	#counted: Threads = new Map();
	#countedVersion = 0;
	#expected: readonly Question[] = [];
	/** The latest that was asked for: one report asks for the same several times. */
	#selected: Selected | undefined;

	constructor(prices: PriceList) {
		this.#lanes = laneFinderOf(prices);
	}

	cursor(log: string): unknown {
		return this.#cursors.get(log);
	}

	clients(): ClientStarts {
		const {time, client, clients} = this.#requests;
		const starts = new Float64Array(clients.count).fill(Number.POSITIVE_INFINITY);
		for (let row = 0; row < this.#rows.size; row++) {
			const number = client[row] as number;
			const at = time[row] as number;
			if (number >= 0 && at !== untimed && at < (starts[number] as number)) {
				starts[number] = at;
			}
		}
		return new Map(
			[...starts].flatMap((start, number) =>
				start === Number.POSITIVE_INFINITY ? [] : [[clients.at(number) as string, start] as const],
			),
		);
	}

	commit({changes, cursors}: Batch): void {
		this.#forgetProvisional();
		for (const change of changes) {
			if (change.kind === 'put') {
				this.#put(change.log, change.request);
			} else {
				this.#remove(change.log, change.kind === 'retract');
			}
		}
		for (const {log, cursor} of cursors) {
			this.#cursors.set(log.id, cursor);
		}
		this.version++;
	}

	#put(log: Log, request: Request): void {
		const row = this.#rows.get(request.id);
		const before = row === undefined ? undefined : this.#requests.at(row);
		if (before && continuesThread(before, request)) {
			this.#threads.join(before.thread as string, request.thread as string);
		}
		if (before && !replaces(request, before)) {
			return;
		}
		const kept = this.#names.bound(bounded(request));
		const belonging = {log: log.id, lane: this.#lanes.of(kept)};
		if (row === undefined) {
			this.#rows.set(kept.id, this.#requests.add(kept, belonging));
			return;
		}
		if (kept.time !== before?.time) {
			this.#order.forget();
		}
		this.#requests.set(row, kept, belonging);
	}

	/** Takes requests of a log back: all, or those that were only planned. */
	#remove({id}: Log, onlyPlanned: boolean): void {
		const before = this.#requests;
		const log = before.logs.of(id);
		const isTaken = (row: number): boolean => before.log[row] === log && (!onlyPlanned || before.isPlanOnly(row));
		const rows = [...this.#rows.values()];
		if (!rows.some(isTaken)) {
			return;
		}
		this.#requests = new RequestColumns();
		this.#order.forget();
		this.#rows.clear();
		for (const row of rows) {
			if (!isTaken(row)) {
				this.#rows.set(before.ids[row] as string, this.#requests.add(before.at(row), before.belonging(row)));
			}
		}
	}

	get exceeded() {
		return this.#names.exceeded;
	}

	putProvisional(log: Log, given: readonly Request[]): void {
		const requests = given.map(request => this.#names.bound(request));
		const before = this.#provisional.get(log.id) ?? [];
		// A request that is still being written grows under one id.
		if (before.length !== requests.length || JSON.stringify(before) !== JSON.stringify(requests)) {
			this.#provisional.set(log.id, requests);
			this.version++;
		}
	}

	/** Leaves what counts for now out of the rows. */
	#forgetProvisional(): void {
		const kept = this.#rows.size;
		if (this.#requests.count > kept) {
			this.#requests.truncate(kept);
			this.#order.truncate(kept);
		}
	}

	/** Puts what counts for now behind what is kept. */
	#addProvisional(): void {
		const requests = new Map<string, readonly [log: string, request: Request]>();
		for (const [log, some] of this.#provisional) {
			for (const request of some) {
				if (!this.#rows.has(request.id)) {
					requests.set(request.id, [log, request]);
				}
			}
		}
		for (const [log, request] of requests.values()) {
			this.#requests.add(request, {log, lane: this.#lanes.of(request)});
		}
	}

	async ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
	}

	expect(questions: readonly Question[]): void {
		this.#expected = questions;
	}

	get total(): number {
		return this.#all().length;
	}

	get span(): Span {
		const all = this.#all();
		const {time} = this.#requests;
		const [first, last] = [all[this.untimed], all.at(-1)];
		return first === undefined || last === undefined
			? undefined
			: {first: time[first] as number, last: time[last] as number};
	}

	get untimed(): number {
		return this.#firstFrom(untimed + 1);
	}

	parts(window: Window, filter: Filter): readonly Part[] {
		return this.#sums({kind: 'parts', window, filter, by: []})
			.parts()
			.map(({key: _none, ...part}) => part);
	}

	slices(window: Window, width: number, filter: Filter): readonly SlicePart[] {
		return this.#sums({kind: 'slices', window, filter, by: [], width})
			.parts()
			.map(({key, ...part}) => ({...part, slice: key as number}));
	}

	threads(window: Window, filter: Filter, most: number): ThreadsFound {
		const sums = this.#sums({kind: 'threads', window, filter, most});
		const threads = new Map(
			[...sums.byKey].map(([thread, lanes]) => [
				thread as string | undefined,
				[...lanes].map(([lane, sum]) => tellingPart(lane, sum.sums)),
			]),
		);
		return {
			count: threads.size,
			parts: [...mostNotable(threads, most).keys()].flatMap(thread =>
				sums.partsOf(thread).map(({key: _thread, ...part}) => ({...part, thread})),
			),
			lifetimes: lifetimesOf(threads),
		};
	}

	sources(window: Window, filter: Filter, most: number): SourcesFound {
		const sums = this.#sums({kind: 'sources', window, filter, most});
		const sources = [...sums.byKey].map(([source, lanes]) => ({
			source: source as string,
			requests: [...lanes.values()].reduce((sum, {sums}) => sum + (sums[requestsPlace] as number), 0),
		}));
		const wanted = sources.sort((one, other) => other.requests - one.requests).slice(0, most);
		return {
			count: sources.length,
			parts: wanted.flatMap(({source}) => sums.partsOf(source).map(({key: _source, ...part}) => ({...part, source}))),
		};
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(this.#in(window, filter), most);
	}

	around(window: Window, filter: Filter, most: number): Around {
		return aroundOf(this.requests(window, filter, most), request => this.#lanes.of(request).price);
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(
			this.#in(window, filter).filter(row => this.#facts.isBreak(row)),
			most,
		);
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		const wanted = this.#threads.of(name);
		const {thread, threads} = this.#requests;
		return this.#newest(
			this.#in(window, filter).filter(row => this.#threads.of(threads.at(thread[row] as number)) === wanted),
			most,
		);
	}

	ends(since: number, filter: Filter): readonly LaneEnd[] {
		this.#all();
		const {sources, source} = this.#requests;
		const taken = this.#takenBy(filter);
		return [...this.#counted].flatMap(([thread, {ends}]) =>
			ends
				.filter(({time}) => time >= since)
				.flatMap(end => {
					const lane = this.#requests.laneOf(end.key);
					return taken(lane, sources.at(source[end.key] as number) as string, thread)
						? {lane, thread, end: withTwins(end, row => this.#facts.at(row))}
						: [];
				}),
		);
	}

	close(): void {}

	/** The request of a row, by the name that its thread goes by. */
	#request(row: number): Request {
		const request = this.#requests.at(row);
		const thread = this.#threads.of(request.thread);
		return thread === request.thread ? request : {...request, thread};
	}

	/** The newest of some rows, at most so many, oldest first. */
	#newest(rows: Int32Array, most: number): readonly Counted[] {
		const {time} = this.#requests;
		let first = Math.max(0, rows.length - most);
		const cut = rows.length - first;
		// Of one time all are needed to put them in order.
		while (first > 0 && first < rows.length && time[rows[first - 1] as number] === time[rows[first] as number]) {
			first--;
		}
		const counted = Array.from(rows.subarray(first), row => ({
			request: this.#request(row),
			facts: this.#facts.at(row),
		}));
		return inListOrder(counted).slice(counted.length - cut);
	}

	/** The sums that answer a question, together with those of others of its window that are to be asked. */
	#sums(question: SumQuestion) {
		const {window, filter} = question;
		const selected = this.#select(window, filter);
		let sums = selected.sums?.of(question);
		if (!sums) {
			const together = this.#expected.filter(asksForSums).filter(one => one.window === window && one.filter === filter);
			selected.sums = new WindowSums([...together, question], selected.rows, row => ({
				request: this.#request(row),
				facts: this.#facts.at(row),
				lane: this.#requests.laneOf(row),
			}));
			sums = selected.sums.of(question);
		}
		return sums as NonNullable<typeof sums>;
	}

	/** The rows of a window that a filter takes, oldest first. */
	#in(window: Window, filter: Filter): Int32Array {
		return this.#select(window, filter).rows;
	}

	#select(window: Window, filter: Filter): Selected {
		const all = this.#all();
		const before = this.#selected;
		if (before?.version === this.version && before.window === window && before.filter === filter) {
			return before;
		}
		const within = stretchesOf(window).map(({from, to}) => all.subarray(this.#firstFrom(from), this.#firstFrom(to)));
		const rows = within.length === 1 ? (within[0] as Int32Array) : joined(within);
		this.#selected = {version: this.version, window, filter, rows: this.#taken(rows, filter), sums: undefined};
		return this.#selected;
	}

	/** Those of some rows that a filter takes. */
	#taken(rows: Int32Array, filter: Filter): Int32Array {
		if (isEmptyFilter(filter)) {
			return rows;
		}
		const {thread, threads, source, sources} = this.#requests;
		const taken = this.#takenBy(filter);
		return rows.filter(row =>
			taken(
				this.#requests.laneOf(row),
				sources.at(source[row] as number) as string,
				this.#threads.of(threads.at(thread[row] as number)),
			),
		);
	}

	#takenBy(filter: Filter): Taken {
		return takenBy({...filter, thread: this.#threads.of(filter.thread)}, () => {
			const {count, source, sources} = this.#requests;
			const naming = new Set<string>();
			for (let row = 0; row < count; row++) {
				if (this.#requests.laneOf(row).model !== undefined) {
					naming.add(sources.at(source[row] as number) as string);
				}
			}
			return naming;
		});
	}

	/** The place of the first of all rows that is not before a time. */
	#firstFrom(from: number): number {
		const all = this.#all();
		const {time} = this.#requests;
		let low = 0;
		let high = all.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((time[all[middle] as number] as number) < from) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}

	/** All rows, oldest first. */
	#all(): Int32Array {
		if (this.#countedVersion !== this.version) {
			this.#forgetProvisional();
			this.#addProvisional();
			const {time, count, log} = this.#requests;
			this.#ordered = this.#order.of(time, count);
			this.#facts.reset(count);
			this.#counted = countFacts(
				{
					threads: threadRows(this.#ordered, this.#requests, this.#threads),
					request: row => this.#requests.at(row),
					time: row => time[row] as number,
					log: row => log[row],
				},
				this.#facts,
			);
			this.#countedVersion = this.version;
		}
		return this.#ordered;
	}
}

const requestsPlace = placeOf('requests');

/** What a window and a filter select, as of a version. */
type Selected = {
	readonly version: number;
	readonly window: Window;
	readonly filter: Filter;
	readonly rows: Int32Array;
	/** What was added up of them. */
	sums: WindowSums | undefined;
};

const joined = (some: readonly Int32Array[]): Int32Array => {
	const all = new Int32Array(some.reduce((sum, {length}) => sum + length, 0));
	let at = 0;
	for (const rows of some) {
		all.set(rows, at);
		at += rows.length;
	}
	return all;
};
