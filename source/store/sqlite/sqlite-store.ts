import type {Log} from '../../log.js';
import {newThread, type Thread} from '../../metrics/breaks/chain.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import type {Around, PriceOf} from '../../metrics/breaks/suspects/around.js';
import type {LaneEnd} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import type {Wanted as Asks, Moment, Overview, SourcesFound, ThreadsFound} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import {type Part, priceOfRequest, type SlicePart, type ThreadPart} from '../../metrics/parts.js';
import {byThread} from '../../metrics/threads.js';
import {type Span, spanOf, type Window} from '../../metrics/windows/window.js';
import {type Request, untimed} from '../../request.js';
import {answerNow} from '../local-ledger.js';
import type {Batch, Store} from '../store.js';
import {StoreFile} from './file/store-file.js';
import {expire} from './outbox/expire.js';
import {around} from './read/around.js';
import {newest, type Wanted} from './read/newest.js';
import {notableThreads} from './read/notable-threads.js';
import {openEnds} from './read/open-ends.js';
import type {Query} from './read/reader.js';
import {forQuestions} from './tables/indices.js';
import {note, setNote} from './tables/meta.js';
import type {Tables} from './tables/tables.js';
import {Admission} from './write/admission.js';
import {clientStarts, noteClients} from './write/client-starts.js';
import {hour} from './write/levels.js';
import {Provisional} from './write/provisional.js';
import {resume} from './write/recount.js';

type SqliteStoreOptions = {
	/** Opens the file and brings it up to date; asked again where another takes its place. */
	readonly open: () => Tables;
	readonly prices: PriceList;
	/** Tells these prices from others. */
	readonly pricesFrom: string;
	/** Requests older than so many milliseconds are not kept; undefined keeps all. */
	readonly retention?: number | undefined;
	/** Removes the file; called at the end where it holds no requests. */
	readonly discard?: (() => void) | undefined;
};

/** Keeps requests in a file, and sums of them, so that any window is answered without looking at each. */
export class SqliteStore implements Store {
	readonly #options: SqliteStoreOptions;
	readonly #file: StoreFile;
	/** When old requests were last forgotten, epoch milliseconds. */
	#forgot = Number.NEGATIVE_INFINITY;
	readonly #provisional = new Provisional();
	readonly #admission: Admission;
	#version = 0;
	#counted: {readonly version: number; readonly all: readonly Counted[]} | undefined;

	constructor(options: SqliteStoreOptions) {
		this.#options = options;
		this.#file = new StoreFile(options.open, options.prices);
		this.#admission = new Admission(options.retention, () =>
			[...this.#file.tables.lanes.all().values()].map(({lane}) => lane),
		);
		this.#forgetOld();
	}

	heal(): string | undefined {
		const healed = this.#file.heal();
		if (healed === undefined) {
			this.#forgetOld();
		} else {
			this.#version++;
		}
		return healed;
	}

	/** What is older than wanted, now and then. */
	#forgetOld(): void {
		const {retention} = this.#options;
		const now = Date.now();
		if (retention !== undefined && now - this.#forgot >= hour) {
			this.#forgot = now;
			this.#file.tables.database.writing(() => {
				this.#lookForChanges();
				expire(this.#file.tables, this.#file.writer, now, retention);
			});
			this.#version++;
		}
	}

	get version(): number {
		this.#lookForChanges();
		return this.#version;
	}

	/** What another process wrote makes void what is remembered. */
	#lookForChanges(): void {
		if (this.#file.wasChanged()) {
			this.#version++;
			this.#admission.forget();
		}
	}

	atOnce<Result>(questions: () => Result): Result {
		return this.#reading(questions);
	}

	async ask<Asked extends Asks>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
	}

	introduce(log: Log): void {
		this.#file.tables.logs.call(log);
	}

	cursor(log: string): unknown {
		return this.#file.tables.logs.cursor(log);
	}

	commit(batch: Batch): void {
		const {database} = this.#file.tables;
		try {
			database.writing(() => {
				this.#lookForChanges();
				// Another process put requests at other prices: who opens the store next has to look at all of them.
				if (note(database, 'prices') !== this.#options.pricesFrom) {
					setNote(database, 'prices', '');
				}
				const admitted = this.#admission.admit(batch);
				this.#file.writer.write(admitted, this.#options.prices);
				noteClients(database, admitted);
			});
		} catch (error) {
			this.#file.forget();
			this.#admission.forget();
			throw error;
		}
		this.#version++;
	}

	get exceeded() {
		return this.#admission.exceeded;
	}

	putProvisional(log: Log, requests: readonly Request[]): void {
		if (this.#provisional.put(log.id, this.#admission.bound(requests))) {
			this.#version++;
		}
	}

	get total(): number {
		return this.#reading(() =>
			[...this.#file.tables.lanes.all().values()].reduce(
				(sum, {requests}) => sum + requests,
				this.#allProvisional().length,
			),
		);
	}

	clients(): ClientStarts {
		return clientStarts(this.#file.tables.database);
	}

	get span(): Span {
		return this.#reading(() => {
			const others = this.#allProvisional();
			const kept = this.#file.reader.span();
			const times = [
				...(kept ? [kept.first, kept.last] : []),
				...Object.values(spanOf(others.map(({request}) => request)) ?? {}),
			];
			return times.length === 0 ? undefined : {first: Math.min(...times), last: Math.max(...times)};
		});
	}

	get untimed(): number {
		return this.#reading(
			() => this.#file.reader.untimed() + this.#allProvisional().filter(({request}) => request.time === untimed).length,
		);
	}

	parts(window: Window, filter: Filter): readonly Part[] {
		return this.#query(window, filter, query => this.#file.reader.byTime(query, undefined, () => undefined));
	}

	threads(window: Window, filter: Filter, most: number): ThreadsFound {
		return this.#query(window, filter, query => {
			if (most === Number.POSITIVE_INFINITY) {
				const parts = this.#threadParts(query);
				const threads = byThread(parts);
				return {count: threads.size, parts, lifetimes: lifetimesOf(threads)};
			}
			const {count, lifetimes, threads, provisional} = notableThreads(
				this.#file.tables,
				this.#file.reader,
				query,
				this.#options.prices,
				most,
			);
			return {count, parts: this.#threadParts({...query, provisional}, threads), lifetimes};
		});
	}

	#threadParts(query: Query, wanted?: readonly number[]): readonly ThreadPart[] {
		return this.#file.reader.byThread(query, wanted).map(({key, ...part}) => ({...part, thread: key}));
	}

	sources(window: Window, filter: Filter, most: number): SourcesFound {
		return this.#query(window, filter, query => {
			const {count, parts} = this.#file.reader.bySource(query, most);
			return {count, parts: parts.map(({key, ...part}) => ({...part, source: key}))};
		});
	}

	slices(window: Window, width: number, filter: Filter): readonly SlicePart[] {
		return this.#query(window, filter, query =>
			this.#file.reader
				.byTime(query, width, time => Math.floor(time / width) * width)
				.map(({key, ...part}) => ({...part, slice: key})),
		);
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, isWanted: () => true});
	}

	around(window: Window, filter: Filter, most: number): Around {
		const priceOf: PriceOf = request => priceOfRequest(request, this.#options.prices);
		return this.#query(window, filter, query => around(this.#file.tables, this.#file.reader, priceOf, query, most));
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, brokenOnly: true, isWanted: ({facts}) => facts.loss !== undefined});
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#query(window, filter, query =>
			newest(this.#file.reader, this.#file.tables.requests, query, {
				most,
				thread: name === undefined ? 0 : (this.#file.tables.threads.find(name) ?? -1),
				isWanted: ({request}) => request.thread === (name && this.#file.tables.threads.threadOf(name)),
			}),
		);
	}

	/** One that cannot be asked is left as it is. */
	#isEmpty(): boolean {
		try {
			return this.total === 0;
		} catch {
			return false;
		}
	}

	ends(since: number, filter: Filter): readonly LaneEnd[] {
		const everything = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
		return this.#query(everything, filter, ({selection}) => openEnds(this.#file.tables, selection, since));
	}

	close(): void {
		const {discard} = this.#options;
		const isEmpty = discard !== undefined && this.#isEmpty();
		this.#file.tables.indices.tryToComplete();
		this.#file.close();
		if (isEmpty) {
			discard();
		}
	}

	/** A thread behind all its requests that are kept. */
	#thread(name: string): Thread<unknown> {
		const {threads} = this.#file.tables;
		const id = threads.find(name);
		return id === undefined ? newThread() : threads.progress(id, thread => resume(thread, this.#file.tables)).thread;
	}

	#newest(window: Window, filter: Filter, wanted: Wanted): readonly Counted[] {
		return this.#query(window, filter, query => newest(this.#file.reader, this.#file.tables.requests, query, wanted));
	}

	#query<Answer>(window: Window, filter: Filter, answer: (query: Query) => Answer): Answer {
		return this.#reading(() => answer(this.#file.reader.query(window, this.#named(filter), this.#allProvisional())));
	}

	/** A thread may be asked for by any of its names. */
	#named(filter: Filter): Filter {
		return filter.thread ? {...filter, thread: this.#file.tables.threads.threadOf(filter.thread)} : filter;
	}

	#reading<Answer>(answer: () => Answer): Answer {
		this.#file.tables.indices.tryToComplete(forQuestions);
		return this.#file.tables.database.reading(() => {
			this.#lookForChanges();
			return answer();
		});
	}

	#allProvisional(): readonly Counted[] {
		if (this.#counted?.version !== this.#version) {
			this.#counted = {
				version: this.#version,
				all: this.#provisional.all(
					ids => this.#file.tables.requests.find(ids),
					name => this.#file.tables.threads.threadOf(name),
					name => this.#thread(name),
				),
			};
		}
		return this.#counted.all;
	}
}
