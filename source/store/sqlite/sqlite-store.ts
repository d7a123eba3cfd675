import {dirname} from 'node:path';
import type {Log} from '../../log.js';
import {newThread, type Thread} from '../../metrics/breaks/chain.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import type {LaneEnd} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import type {Wanted as Asks, Moment, Overview, SourcesFound, ThreadsFound} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import type {Part, SlicePart, ThreadPart} from '../../metrics/parts.js';
import {byThread} from '../../metrics/threads.js';
import {type Span, spanOf, type Window} from '../../metrics/windows/window.js';
import {type Request, untimed} from '../../request.js';
import {answerNow} from '../local-ledger.js';
import {makeStoreFolder} from '../locate.js';
import {NameBounds} from '../name-bounds.js';
import type {Batch, Store} from '../store.js';
import {FileIdentity, handOver, writeAnew} from './file/identity.js';
import {expire} from './outbox/expire.js';
import {notableThreads} from './read/notable-threads.js';
import {openEnds} from './read/open-ends.js';
import {type Query, Reader} from './read/reader.js';
import {note, setNote} from './tables/meta.js';
import type {Tables} from './tables/tables.js';
import {clientStarts, noteClients} from './write/client-starts.js';
import {hour} from './write/levels.js';
import {newest, type Wanted} from './write/newest.js';
import {Provisional} from './write/provisional.js';
import {resume} from './write/recount.js';
import {Writer} from './write/writer.js';

export type SqliteStoreOptions = {
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
	readonly #prices: PriceList;
	#tables: Tables;
	#file: FileIdentity;
	#writer: Writer;
	#reader: Reader;
	/** When old requests were last forgotten, epoch milliseconds. */
	#forgot = Number.NEGATIVE_INFINITY;
	readonly #provisional = new Provisional();
	#names: NameBounds | undefined;
	#version = 0;
	/** The file as it was when the tables were last remembered. */
	#dataVersion: number;
	#counted: {readonly version: number; readonly all: readonly Counted[]} | undefined;

	constructor(options: SqliteStoreOptions) {
		this.#options = options;
		this.#prices = options.prices;
		this.#tables = options.open();
		this.#writer = new Writer(this.#tables);
		this.#reader = new Reader(this.#tables, this.#prices);
		this.#file = new FileIdentity(this.#tables.database.path);
		this.#dataVersion = this.#tables.database.dataVersion;
		this.#forgetOld();
	}

	heal(): string | undefined {
		const {state, path} = this.#file;
		if (state === 'there') {
			this.#forgetOld();
			return undefined;
		}
		const before = this.#tables;
		this.#file.clearBesides();
		if (state === 'gone') {
			makeStoreFolder(dirname(path));
			writeAnew(before);
		}
		const tables = this.#options.open();
		const writer = new Writer(tables);
		if (state === 'replaced') {
			handOver(before, tables, writer, this.#prices);
		}
		before.database.close();
		this.#tables = tables;
		this.#writer = writer;
		this.#reader = new Reader(tables, this.#prices);
		this.#file = new FileIdentity(path);
		this.#dataVersion = tables.database.dataVersion;
		this.#version++;
		return state === 'gone'
			? `${path} was deleted or moved while it was in use, and was written anew`
			: `${path} was replaced while it was in use; what was kept before was added to the new one`;
	}

	/** What is older than wanted, now and then. */
	#forgetOld(): void {
		const {retention} = this.#options;
		const now = Date.now();
		if (retention !== undefined && now - this.#forgot >= hour) {
			this.#forgot = now;
			this.#tables.database.writing(() => {
				this.#lookForChanges();
				expire(this.#tables, this.#writer, now, retention);
			});
			this.#version++;
		}
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
		this.#names = undefined;
	}

	atOnce<Result>(questions: () => Result): Result {
		return this.#reading(questions);
	}

	async ask<Asked extends Asks>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
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
				if (note(database, 'prices') !== this.#options.pricesFrom) {
					setNote(database, 'prices', '');
				}
				const admitted = this.#admitted(batch);
				this.#writer.write(admitted, this.#prices);
				noteClients(database, admitted);
			});
		} catch (error) {
			this.#drop();
			throw error;
		}
		this.#version++;
	}

	/** What would be forgotten at once is not kept, and of names no more than may be. */
	#admitted(batch: Batch): Batch {
		const {retention} = this.#options;
		const oldest = retention === undefined ? Number.NEGATIVE_INFINITY : Date.now() - retention;
		const names = this.#nameBounds();
		return {
			...batch,
			changes: batch.changes.flatMap(change =>
				change.kind !== 'put'
					? change
					: change.request.time < oldest
						? []
						: {...change, request: names.bound(change.request)},
			),
		};
	}

	#nameBounds(): NameBounds {
		this.#names ??= new NameBounds([...this.#tables.lanes.all().values()].map(({lane}) => lane));
		return this.#names;
	}

	get exceeded() {
		return this.#names?.exceeded ?? [];
	}

	putProvisional(log: Log, requests: readonly Request[]): void {
		const names = this.#nameBounds();
		if (
			this.#provisional.put(
				log.id,
				requests.map(request => names.bound(request)),
			)
		) {
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
				...Object.values(spanOf(others.map(({request}) => request)) ?? {}),
			];
			return times.length === 0 ? undefined : {first: Math.min(...times), last: Math.max(...times)};
		});
	}

	get untimed(): number {
		return this.#reading(
			() => this.#reader.untimed() + this.#allProvisional().filter(({request}) => request.time === untimed).length,
		);
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
				isWanted: ({request}) => request.thread === (name && this.#tables.threads.threadOf(name)),
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
		return this.#query(everything, filter, ({selection}) => openEnds(this.#tables, selection, since));
	}

	close(): void {
		const {discard} = this.#options;
		const isEmpty = discard !== undefined && this.#isEmpty();
		this.#tables.database.close();
		if (isEmpty) {
			discard();
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
		return this.#reading(() => answer(this.#reader.query(window, this.#named(filter), this.#allProvisional())));
	}

	/** A thread may be asked for by any of its names. */
	#named(filter: Filter): Filter {
		return filter.thread ? {...filter, thread: this.#tables.threads.threadOf(filter.thread)} : filter;
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
					name => this.#tables.threads.threadOf(name),
					name => this.#thread(name),
				),
			};
		}
		return this.#counted.all;
	}
}
