import {newThread, type Thread} from '../../../metrics/breaks/chain.js';
import type {Counted} from '../../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../../metrics/breaks/lifetimes.js';
import type {Around, PriceOf} from '../../../metrics/breaks/suspects/around.js';
import type {OpenBreaks} from '../../../metrics/breaks/suspects/open-breaks.js';
import type {LaneEnd} from '../../../metrics/breaks/warm.js';
import type {Filter} from '../../../metrics/filter.js';
import type {Wanted as Asks, Ledger, Moment, Overview, SourcesFound, ThreadsFound} from '../../../metrics/ledger.js';
import type {ClientStarts} from '../../../metrics/marks.js';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {sliceMeasures} from '../../../metrics/sums/measures.js';
import {type Part, priceOfRequest, type SlicePart, type ThreadPart} from '../../../metrics/sums/parts.js';
import {byThread} from '../../../metrics/threads.js';
import {type Span, spanOf, type Window} from '../../../metrics/windows/window.js';
import {type Request, untimed} from '../../../request.js';
import {answerNow, type LocalLedger} from '../../local-ledger.js';
import type {Connection} from '../file/connection.js';
import type {StoreFile} from '../file/store-file.js';
import {keyOf} from '../tables/request-keys.js';
import {clientStarts} from '../write/client-starts.js';
import {Provisional} from '../write/provisional.js';
import {resume} from '../write/recount.js';
import {around} from './around.js';
import {newest, type Wanted} from './newest.js';
import {notableThreads} from './notable-threads.js';
import {openBreaks} from './open-breaks.js';
import {openEnds} from './open-ends.js';
import {type Query, queryOf} from './query.js';

/** True if a request of a log with the time and the tokens of another is stored, under whatever id. */
const isStored = (database: Connection, log: string, {time, usage}: Request): boolean =>
	database.row(
		`SELECT 1 FROM request WHERE time = ? AND log = (SELECT id FROM log WHERE path = ?)
			AND uncached IS ? AND cache_read IS ? AND output IS ?`,
		[time, log, usage?.uncached ?? null, usage?.cacheRead ?? null, usage?.output ?? null],
	) !== undefined;

/** Answers queries from a SQLite file, including requests that are provisional. */
export class SqliteLedger implements Ledger, LocalLedger {
	protected readonly file: StoreFile;
	protected readonly prices: PriceList;
	protected readonly provisional = new Provisional();
	/** Increases with every change that this process has seen. */
	protected changes = 0;
	#counted: {readonly version: number; readonly all: readonly Counted[]} | undefined;

	constructor(file: StoreFile, prices: PriceList) {
		this.file = file;
		this.prices = prices;
	}

	get version(): number {
		this.lookForChanges();
		return this.changes;
	}

	/** Drops caches if another process has written; returns whether one has. */
	protected lookForChanges(): boolean {
		const isChanged = this.file.wasChanged();
		this.changes += isChanged ? 1 : 0;
		return isChanged;
	}

	atOnce<Result>(questions: () => Result): Result {
		return this.#reading(questions);
	}

	async ask<Asked extends Asks>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
	}

	get total(): number {
		return this.#reading(() =>
			[...this.file.tables.lanes.all().values()].reduce(
				(sum, {requests}) => sum + requests,
				this.#allProvisional().length,
			),
		);
	}

	clients(): ClientStarts {
		return clientStarts(this.file.tables.database);
	}

	get span(): Span {
		return this.#reading(() => {
			const others = this.#allProvisional();
			const kept = this.file.reader.span();
			const times = [
				...(kept ? [kept.first, kept.last] : []),
				...Object.values(spanOf(others.map(({request}) => request)) ?? {}),
			];
			return times.length === 0 ? undefined : {first: Math.min(...times), last: Math.max(...times)};
		});
	}

	get untimed(): number {
		return this.#reading(
			() => this.file.reader.untimed() + this.#allProvisional().filter(({request}) => request.time === untimed).length,
		);
	}

	parts(window: Window, filter: Filter): readonly Part[] {
		return this.#query(window, filter, query => this.file.reader.byTime(query, undefined, () => undefined));
	}

	threads(window: Window, filter: Filter, most: number): ThreadsFound {
		return this.#query(window, filter, query => {
			if (most === Number.POSITIVE_INFINITY) {
				const parts = this.#threadParts(query);
				const threads = byThread(parts);
				return {count: threads.size, parts, lifetimes: lifetimesOf(threads)};
			}
			const {count, lifetimes, threads, provisional} = notableThreads(
				this.file.tables,
				this.file.reader,
				query,
				this.prices,
				most,
			);
			return {count, parts: this.#threadParts({...query, provisional}, threads), lifetimes};
		});
	}

	#threadParts(query: Query, wanted?: readonly number[]): readonly ThreadPart[] {
		return this.file.reader.byThread(query, wanted).map(({key, ...part}) => ({...part, thread: key}));
	}

	sources(window: Window, filter: Filter, most: number): SourcesFound {
		return this.#query(window, filter, query => {
			const {count, parts} = this.file.reader.bySource(query, most);
			return {count, parts: parts.map(({key, ...part}) => ({...part, source: key}))};
		});
	}

	slices(window: Window, width: number, filter: Filter): readonly SlicePart[] {
		return this.#query(window, filter, query =>
			this.file.reader
				.byTime(query, width, time => Math.floor(time / width) * width, sliceMeasures)
				.map(({key, ...part}) => ({...part, slice: key})),
		);
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, isWanted: () => true});
	}

	around(window: Window, filter: Filter, most: number): Around {
		const priceOf: PriceOf = request => priceOfRequest(request, this.prices);
		return this.#query(window, filter, query => around(this.file.tables, this.file.reader, priceOf, query, most));
	}

	openBreaks(window: Window, filter: Filter, most: number): OpenBreaks {
		return this.#query(window, filter, query => openBreaks(this.file.tables, this.file.reader, query, most));
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, brokenOnly: true, isWanted: ({facts}) => facts.loss !== undefined});
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#query(window, filter, query =>
			newest(this.file.reader, this.file.tables.requests, query, {
				most,
				thread: name === undefined ? 0 : (this.file.tables.threads.find(name) ?? -1),
				isWanted: ({request}) => request.thread === (name && this.file.tables.threads.threadOf(name)),
			}),
		);
	}

	ends(since: number, filter: Filter): readonly LaneEnd[] {
		const everything = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
		return this.#query(everything, filter, ({selection}) => openEnds(this.file.tables, selection, since));
	}

	/** A thread after all its stored requests. */
	#thread(name: string): Thread<unknown> {
		const {threads} = this.file.tables;
		const id = threads.find(name);
		return id === undefined ? newThread() : threads.progress(id, thread => resume(thread, this.file.tables)).thread;
	}

	#newest(window: Window, filter: Filter, wanted: Wanted): readonly Counted[] {
		return this.#query(window, filter, query => newest(this.file.reader, this.file.tables.requests, query, wanted));
	}

	#query<Answer>(window: Window, filter: Filter, answer: (query: Query) => Answer): Answer {
		return this.#reading(() => answer(queryOf(this.file.tables, window, this.#named(filter), this.#allProvisional())));
	}

	/** The filter with the current name of its thread, which may be given by any of its names. */
	#named(filter: Filter): Filter {
		return filter.thread ? {...filter, thread: this.file.tables.threads.threadOf(filter.thread)} : filter;
	}

	/** Called before anything is read. */
	settle(): void {}

	#reading<Answer>(answer: () => Answer): Answer {
		this.settle();
		const {indices, requests} = this.file.tables;
		indices.tryToComplete(!this.provisional.isEmpty && !requests.areKnown);
		return this.file.tables.database.reading(() => {
			this.lookForChanges();
			return answer();
		});
	}

	#allProvisional(): readonly Counted[] {
		if (this.#counted?.version !== this.changes) {
			this.#counted = {
				version: this.changes,
				all: this.provisional.all(
					ids => this.file.tables.requests.find(ids.map(keyOf)),
					name => this.file.tables.threads.threadOf(name),
					name => this.#thread(name),
					(log, request) => isStored(this.file.tables.database, log, request),
				),
			};
		}
		return this.#counted.all;
	}
}
