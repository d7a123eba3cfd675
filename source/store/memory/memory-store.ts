import type {Log} from '../../log.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import {type Around, aroundOf} from '../../metrics/breaks/suspects/around.js';
import {type OpenBreaks, openBreaksOf} from '../../metrics/breaks/suspects/open-breaks.js';
import {type LaneEnd, withSharedPrefix} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import {mostRequestedLogs} from '../../metrics/groups.js';
import type {Moment, Overview, Question, SourcesFound, ThreadsFound, Wanted} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import {laneFinderOf} from '../../metrics/sums/lane-finder.js';
import {placeOf} from '../../metrics/sums/measure-sums.js';
import type {Part, SlicePart} from '../../metrics/sums/parts.js';
import {mostNotable, tellingPart} from '../../metrics/threads.js';
import type {Span, Window} from '../../metrics/windows/window.js';
import type {Request} from '../../request.js';
import {clientsIn, withClients} from '../client-starts.js';
import {answerNow} from '../local-ledger.js';
import type {Batch, Store} from '../store.js';
import {CountedRows} from './counted-rows.js';
import {FactColumns} from './fact-columns.js';
import {Kept} from './kept.js';
import {asksForSums, type SumQuestion, WindowSums} from './window-sums.js';

/**
 * Keeps requests in memory while the process runs, and recomputes everything after each change: the reference with
 * which every other store has to agree.
 */
export class MemoryStore implements Store {
	version = 0;
	readonly #kept: Kept;
	readonly #facts = new FactColumns(row => this.#kept.requests.usage(row));
	/** The position of each log, by its path. */
	readonly #cursors = new Map<string, Batch['cursors'][number]>();
	#clients: ClientStarts = new Map();
	#counted: {readonly version: number; readonly all: CountedRows} | undefined;
	#expected: readonly Question[] = [];
	/** The latest selection, because a report needs the same one several times. */
	#selected: Selected | undefined;

	constructor(prices: PriceList) {
		this.#kept = new Kept(laneFinderOf(prices));
	}

	cursor(log: string): unknown {
		return this.#cursors.get(log)?.cursor;
	}

	glance(log: string): string | undefined {
		return this.#cursors.get(log)?.glance;
	}

	clients(): ClientStarts {
		return this.#clients;
	}

	commit(batch: Batch): void {
		const {changes, cursors} = batch;
		this.#clients = withClients(this.#clients, clientsIn(batch));
		this.#kept.forgetProvisional();
		for (const change of changes) {
			if (change.kind === 'put') {
				this.#kept.put(change.log, change.request);
			} else {
				this.#kept.remove(change.log, change.kind === 'retract');
			}
		}
		for (const cursor of cursors) {
			this.#cursors.set(cursor.log.id, cursor);
		}
		this.version++;
	}

	get exceeded() {
		return this.#kept.exceeded;
	}

	putProvisional(log: Log, requests: readonly Request[]): void {
		if (this.#kept.putProvisional(log, requests)) {
			this.version++;
		}
	}

	async ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
	}

	expect(questions: readonly Question[]): void {
		this.#expected = questions;
	}

	get total(): number {
		return this.#all().rows.length;
	}

	get span(): Span {
		return this.#all().span;
	}

	get untimed(): number {
		return this.#all().untimed;
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
		const requests = new Map(
			[...sums.byKey].map(([source, lanes]) => [
				source as string,
				[...lanes.values()].reduce((sum, {sums}) => sum + (sums[requestsPlace] as number), 0),
			]),
		);
		return {
			count: requests.size,
			parts: mostRequestedLogs(requests, most).flatMap(source =>
				sums.partsOf(source).map(({key: _source, ...part}) => ({...part, source})),
			),
		};
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#all().newest(this.#in(window, filter), most);
	}

	openBreaks(window: Window, filter: Filter, most: number): OpenBreaks {
		return openBreaksOf(this.breaks(window, filter, most));
	}

	around(window: Window, filter: Filter, most: number): Around {
		const {requests} = this.#kept;
		// A report asks this of twenty thousand requests, and of most it needs nothing else.
		return aroundOf(
			this.#all()
				.newestRows(this.#in(window, filter), most)
				.map(row => ({
					request: {usage: requests.usage(row), events: requests.events(row), lane: requests.laneOf(row)},
					facts: {loss: this.#facts.loss(row)},
				})),
			({lane}) => lane.price,
		);
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#all().newest(
			this.#in(window, filter).filter(row => this.#facts.isBreak(row)),
			most,
		);
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		const rows = this.#in(window, filter);
		const wanted = this.#kept.threads.of(name);
		const {thread, threads} = this.#kept.requests;
		return this.#all().newest(
			rows.filter(row => this.#kept.threads.of(threads.at(thread[row] as number)) === wanted),
			most,
		);
	}

	ends(since: number, filter: Filter): readonly LaneEnd[] {
		const all = this.#all();
		const {sources, source} = this.#kept.requests;
		const taken = all.takenBy(filter);
		return [...all.threadsSince(since)].flatMap(([thread, {ends}]) =>
			ends
				.filter(({time}) => time >= since)
				.flatMap(end => {
					const lane = this.#kept.requests.laneOf(end.key);
					return taken(lane, sources.at(source[end.key] as number) as string, thread)
						? {lane, thread, end: withSharedPrefix(end, row => this.#facts.at(row))}
						: [];
				}),
		);
	}

	close(): void {}

	/** The sums that answer a query, together with those for other queries of its window that are announced. */
	#sums(question: SumQuestion) {
		const {window, filter} = question;
		const selected = this.#select(window, filter);
		let sums = selected.sums?.of(question);
		if (!sums) {
			const together = this.#expected.filter(asksForSums).filter(one => one.window === window && one.filter === filter);
			selected.sums = new WindowSums([...together, question], selected.rows, row => ({
				request: this.#kept.summed(row),
				facts: this.#facts.at(row),
				lane: this.#kept.requests.laneOf(row),
			}));
			sums = selected.sums.of(question);
		}
		return sums as NonNullable<typeof sums>;
	}

	/** The rows of a window that match a filter, oldest first. */
	#in(window: Window, filter: Filter): Int32Array {
		return this.#select(window, filter).rows;
	}

	#select(window: Window, filter: Filter): Selected {
		const all = this.#all();
		const before = this.#selected;
		if (before?.version === this.version && before.window === window && before.filter === filter) {
			return before;
		}
		this.#selected = {version: this.version, window, filter, rows: all.select(window, filter), sums: undefined};
		return this.#selected;
	}

	/** All requests, recomputed after any change. */
	#all(): CountedRows {
		if (this.#counted?.version !== this.version) {
			this.#counted = {version: this.version, all: new CountedRows(this.#kept, this.#facts)};
		}
		return this.#counted.all;
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
