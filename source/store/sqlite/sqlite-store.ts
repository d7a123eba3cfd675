import type {Log} from '../../log.js';
import {newThread, type Thread} from '../../metrics/breaks/chain.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import type {Filter} from '../../metrics/filter.js';
import type {SourcesFound, ThreadsFound} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import type {Part, SlicePart, ThreadPart} from '../../metrics/parts.js';
import {byThread} from '../../metrics/threads.js';
import type {Span, Window} from '../../metrics/windows/window.js';
import type {Request} from '../../request.js';
import type {Batch, Store} from '../store.js';
import {notableThreads} from './read/notable-threads.js';
import {type Query, Reader} from './read/reader.js';
import {note, setNote} from './tables/meta.js';
import type {Tables} from './tables/tables.js';
import {clientStarts, noteClients} from './write/client-starts.js';
import {newest, type Wanted} from './write/newest.js';
import {Provisional} from './write/provisional.js';
import {resume} from './write/recount.js';
import {Writer} from './write/writer.js';

/** Keeps requests in a file, and sums of them, so that any window is answered without looking at each. */
export class SqliteStore implements Store {
	readonly #tables: Tables;
	readonly #prices: PriceList;
	readonly #pricesFrom: string;
	readonly #writer: Writer;
	readonly #reader: Reader;
	readonly #provisional = new Provisional();
	#version = 0;
	/** The file as it was when the tables were last remembered. */
	#dataVersion: number;
	#counted: {readonly version: number; readonly all: readonly Counted[]} | undefined;

	/**
	 * @param tables of a file that is up to date
	 * @param pricesFrom tells these prices from others
	 * @param discard removes the file; called at the end where it holds no requests
	 */
	constructor(
		tables: Tables,
		prices: PriceList,
		pricesFrom: string,
		private readonly discard?: () => void,
	) {
		this.#tables = tables;
		this.#prices = prices;
		this.#pricesFrom = pricesFrom;
		this.#writer = new Writer(tables);
		this.#reader = new Reader(tables, prices);
		this.#dataVersion = tables.database.dataVersion;
	}

	get version(): number {
		this.#lookForChanges();
		return this.#version;
	}

	/** What others wrote makes void what is remembered of the tables. */
	#lookForChanges(): void {
		const {database} = this.#tables;
		const {dataVersion} = database;
		if (dataVersion !== this.#dataVersion) {
			this.#dataVersion = dataVersion;
			this.#version++;
			this.#drop();
		}
	}

	#drop(): void {
		const {logs, lanes, threads} = this.#tables;
		logs.drop();
		lanes.drop();
		threads.drop();
		this.#writer.drop();
	}

	atOnce<Result>(questions: () => Result): Result {
		return this.#reading(questions);
	}

	introduce(log: Log): void {
		this.#tables.logs.call(log);
	}

	cursor(log: string): unknown {
		return this.#tables.logs.cursor(log);
	}

	commit(batch: Batch): void {
		const {database} = this.#tables;
		try {
			database.writing(() => {
				this.#lookForChanges();
				// Another process put requests at other prices: who opens the store next has to look at all of them.
				if (note(database, 'prices') !== this.#pricesFrom) {
					setNote(database, 'prices', '');
				}
				this.#writer.write(batch, this.#prices);
				noteClients(database, batch);
			});
		} catch (error) {
			this.#drop();
			throw error;
		}
		this.#version++;
	}

	putProvisional(log: Log, requests: readonly Request[]): void {
		if (this.#provisional.put(log.id, requests)) {
			this.#version++;
		}
	}

	get total(): number {
		return this.#reading(() =>
			[...this.#tables.lanes.all().values()].reduce((sum, {requests}) => sum + requests, this.#allProvisional().length),
		);
	}

	clients(): ClientStarts {
		return clientStarts(this.#tables.database);
	}

	get span(): Span {
		return this.#reading(() => {
			const others = this.#allProvisional();
			const kept = this.#reader.span();
			const times = [
				...(kept ? [kept.first, kept.last] : []),
				...others.slice(0, 1).map(({request}) => request.time),
				...others.slice(-1).map(({request}) => request.time),
			];
			return times.length === 0 ? undefined : {first: Math.min(...times), last: Math.max(...times)};
		});
	}

	parts(window: Window, filter: Filter): readonly Part[] {
		return this.#query(window, filter, query => this.#reader.byTime(query, undefined, () => undefined));
	}

	threads(window: Window, filter: Filter, most: number): ThreadsFound {
		return this.#query(window, filter, query => {
			if (most === Number.POSITIVE_INFINITY) {
				const parts = this.#threadParts(query);
				const threads = byThread(parts);
				return {count: threads.size, parts, lifetimes: lifetimesOf(threads)};
			}
			const {count, lifetimes, threads, provisional} = notableThreads(
				this.#tables,
				this.#reader,
				query,
				this.#prices,
				most,
			);
			return {count, parts: this.#threadParts({...query, provisional}, threads), lifetimes};
		});
	}

	#threadParts(query: Query, wanted?: readonly number[]): readonly ThreadPart[] {
		return this.#reader.byThread(query, wanted).map(({key, ...part}) => ({...part, thread: key}));
	}

	sources(window: Window, filter: Filter, most: number): SourcesFound {
		return this.#query(window, filter, query => {
			const {count, parts} = this.#reader.bySource(query, most);
			return {count, parts: parts.map(({key, ...part}) => ({...part, source: key}))};
		});
	}

	slices(window: Window, width: number, filter: Filter): readonly SlicePart[] {
		return this.#query(window, filter, query =>
			this.#reader
				.byTime(query, width, time => Math.floor(time / width) * width)
				.map(({key, ...part}) => ({...part, slice: key})),
		);
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, isWanted: () => true});
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#newest(window, filter, {most, brokenOnly: true, isWanted: ({facts}) => facts.loss !== undefined});
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		return this.#query(window, filter, query =>
			newest(this.#reader, this.#tables.requests, query, {
				most,
				thread: name === undefined ? 0 : (this.#tables.threads.find(name) ?? -1),
				isWanted: ({request}) => request.thread === name,
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

	close(): void {
		const isEmpty = this.discard !== undefined && this.#isEmpty();
		this.#tables.database.close();
		if (isEmpty) {
			this.discard?.();
		}
	}

	/** A thread behind all its requests that are kept. */
	#thread(name: string): Thread<unknown> {
		const {threads} = this.#tables;
		const id = threads.find(name);
		return id === undefined ? newThread() : threads.progress(id, thread => resume(thread, this.#tables)).thread;
	}

	#newest(window: Window, filter: Filter, wanted: Wanted): readonly Counted[] {
		return this.#query(window, filter, query => newest(this.#reader, this.#tables.requests, query, wanted));
	}

	#query<Answer>(window: Window, filter: Filter, answer: (query: Query) => Answer): Answer {
		return this.#reading(() => answer(this.#reader.query(window, filter, this.#allProvisional())));
	}

	#reading<Answer>(answer: () => Answer): Answer {
		return this.#tables.database.reading(() => {
			this.#lookForChanges();
			return answer();
		});
	}

	#allProvisional(): readonly Counted[] {
		if (this.#counted?.version !== this.#version) {
			this.#counted = {
				version: this.#version,
				all: this.#provisional.all(
					ids => this.#tables.requests.find(ids),
					name => this.#thread(name),
				),
			};
		}
		return this.#counted.all;
	}
}
