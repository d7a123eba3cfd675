import {UnavailableError} from '../errors.js';
import {Ingest} from '../ingest/ingest.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {IngestOptions} from '../ingest/options.js';
import {type Against, otherSide, whyNoSide} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Ledger, Overview, Wanted} from '../metrics/ledger.js';
import {allMarks, type Mark} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {totalOf} from '../metrics/parts.js';
import {type Report, reportFrom, reportOf, reportQuestions} from '../metrics/report.js';
import {presetChoice, resolveView, type Span, type View} from '../metrics/windows/window.js';
import {inOrder} from '../sources/in-order.js';
import {positionsIn} from '../sources/positions.js';
import {type Source, type SourceProblem, type SourceProgress, storeProblem} from '../sources/source.js';
import type {Store} from '../store/store.js';
import {type Focus, type FocusedThread, focusedThread, focusQuestions} from './focused-thread.js';
import {ThreadCount} from './thread-count.js';
import {lastMinute, lastMinuteTick, tick} from './ticks.js';

/** Bytes still to be read, and how many of them go away a second; undefined before that can be told. */
export type Behind = {readonly bytes: number; readonly rate: number | undefined};

/** The other side of a comparison, or why there is none. */
type Compared = {readonly report: Report} | {readonly message: string};

/** What the screen draws: immutable plain data, replaced as a whole. */
export type Snapshot = {
	readonly view: View;
	/** Its single requests and breaks are the newest only. */
	readonly report: Report;
	/** The report's threads, and what follows from them, are not counted yet for this window. */
	readonly isCounting: boolean;
	/** The thread that is looked at more closely. */
	readonly focused: FocusedThread | undefined;
	/** What the report is compared with; undefined where with nothing. */
	readonly against: Compared | undefined;
	/** `reading` until all sources have been read to their present end. */
	readonly state: 'reading' | 'live';
	/** What there was to read at the start, and what of it has been read; bytes as stored. */
	readonly progress: SourceProgress & {
		/** Bytes a second since the start; undefined before anything was read. */
		readonly rate: number | undefined;
	};
	/** What live logs hold and was not read yet, where that is more than a moment's; undefined where reading keeps up. */
	readonly behind: Behind | undefined;
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** Requests a second over the last minute, by the requests' own times. */
	readonly requestRate: number;
	/** When this was made, epoch milliseconds. */
	readonly now: number;
};

type MonitorOptions = Omit<IngestOptions, 'onChange' | 'positionOf' | 'onRest'> & {
	readonly store: Store;
	/** What is shown; the store itself unless given. */
	readonly ledger?: Ledger;
	/** What is shown is looked at anew so often, milliseconds, also where nothing was read. */
	readonly every?: number;
	readonly prices: PriceList;
	/** Undefined: 24 h, or all where the log ends before that. */
	readonly view: View | undefined;
	readonly filter?: Filter;
	/** Named instants as they are now, for the trend. */
	readonly marks?: () => readonly Mark[];
	/** What kept arguments from becoming sources. */
	readonly problems?: readonly SourceProblem[];
	/** Called with what went wrong while nobody waits for an answer; thrown as it is without. */
	readonly onError?: (error: unknown) => void;
};

/** Changes are gathered for so long before a new snapshot is made: a burst of lines is one change. */
const gather = 30;
/** Of the time, at most this share goes into making snapshots: the rest is for keys and reading. */
const effort = 0.4;
/** Whether what is kept is still there is looked at so often. */
const healEvery = 2000;
const minute = 60_000;
/** A smaller backlog, in bytes, is read before anybody would notice it. */
const leastBehind = 1 << 20;
/** More than a person scrolls through; a window may hold millions. */
const mostListed = 1000;

/** Bytes of the end of a log that are shown before the rest is read. */
const mostRecent = 8 << 20;

/** A log that ended long ago, or tells no times, is opened to be looked at as a whole. */
const defaultView = (span: Span, now: number): View => {
	const isRecent = span !== undefined && span.last >= now - 24 * 60 * minute;
	return {choice: presetChoice(isRecent ? '24h' : 'all'), end: undefined};
};

/** The live loop: sources → store → one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ingest: Ingest;
	readonly #listeners = new Set<() => void>();
	readonly #stops: (() => Promise<void>)[] = [];
	#sources: readonly Source[] = [];
	/** Nobody looks any more. */
	#isOver = false;
	#started = 0;
	#view: View;
	#viewChosen: boolean;
	#filter: Filter;
	#focus: Focus | undefined;
	#against: Against | undefined;
	#state: Snapshot['state'] = 'reading';
	/** When reading fell behind, and by how many bytes. */
	#behindSince: {readonly time: number; readonly bytes: number} | undefined;
	#snapshot!: Snapshot;
	/** The snapshot that is being made, and the one after it. */
	#making: Promise<Snapshot> | undefined;
	#next: Promise<Snapshot> | undefined;
	#asked = 0;
	#answered = 0;
	#timer: NodeJS.Timeout | undefined;
	/** How long the latest snapshot took to make, milliseconds. */
	#took = 0;
	#ticker: NodeJS.Timeout | undefined;
	#healer: NodeJS.Timeout | undefined;
	readonly #threads = new ThreadCount();
	#counting: NodeJS.Timeout | undefined;

	private constructor(options: MonitorOptions) {
		this.#options = options;
		this.#view = options.view ?? {choice: presetChoice('24h'), end: undefined};
		this.#viewChosen = options.view !== undefined;
		this.#filter = options.filter ?? {};
		this.#ingest = new Ingest(options.store, {
			...options,
			...positionsIn(() => this.#sources),
			onChange: () => this.#changed(),
		});
		for (const problem of options.problems ?? []) {
			this.#ingest.problem(problem);
		}
	}

	/** A monitor whose first snapshot shows what the store holds already. */
	static async open(options: MonitorOptions): Promise<Monitor> {
		const monitor = new Monitor(options);
		await monitor.#publish();
		return monitor;
	}

	/** Begins to follow; resolves when everything that is there has been read. */
	async start(sources: readonly Source[]): Promise<void> {
		this.#sources = sources;
		this.#started = this.#options.now();
		const every = this.#options.every ?? tick;
		let waited = 0;
		this.#ticker = setInterval(
			() => {
				waited += lastMinuteTick;
				if (waited >= every || this.#isExpiring()) {
					waited = 0;
					this.#changed();
				}
			},
			Math.min(every, lastMinuteTick),
		);
		this.#ticker.unref();
		this.#healer = setInterval(() => void this.#guarded(() => this.#heal()), healEvery);
		this.#healer.unref();
		await inOrder(sources, source => this.#follow(source));
		this.#state = 'live';
		await this.#publish();
	}

	/** What is newest counts at once; then all is read, from the oldest on. */
	async #follow(source: Source): Promise<void> {
		const recent = (await source.recent?.(mostRecent)) ?? [];
		for (const lines of recent) {
			this.#ingest.recent(lines);
		}
		const stop = await source.follow(this.#ingest);
		if (this.#isOver) {
			await stop();
			return;
		}
		this.#stops.push(stop);
		for (const {log} of recent) {
			this.#ingest.forgetRecent(log);
		}
	}

	/** Ends it without waiting for what is being read, and keeps nothing more: what was kept has failed. */
	abandon(): void {
		this.#ingest.close();
		clearTimeout(this.#timer);
		clearInterval(this.#ticker);
		clearInterval(this.#healer);
		clearTimeout(this.#counting);
		this.#timer = undefined;
		this.#isOver = true;
		for (const stop of this.#stops) {
			void stop().catch(() => {});
		}
	}

	/** Ends the following; what was read is kept. */
	async stop(): Promise<void> {
		clearTimeout(this.#timer);
		clearInterval(this.#ticker);
		clearInterval(this.#healer);
		clearTimeout(this.#counting);
		this.#timer = undefined;
		await Promise.all(this.#stops.map(stop => stop()));
		clearTimeout(this.#timer);
		this.#isOver = true;
		this.#heal();
		this.#ingest.flush(true);
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly getSnapshot = (): Snapshot => this.#snapshot;

	/** What the next snapshot looks at. */
	readonly getView = (): View => this.#view;
	readonly getFilter = (): Filter => this.#filter;

	/** How many calls of `show`, `narrow`, `focus` and `compare` the snapshot knows of. */
	get answered(): number {
		return this.#answered;
	}

	/** Goes on where another monitor looked; resolves with the snapshot that shows it. */
	look(view: View, filter: Filter): Promise<Snapshot> {
		this.#view = view;
		this.#viewChosen = true;
		this.#filter = filter;
		return this.#publish();
	}

	/** Looks at another window; resolves with the snapshot that shows it. */
	readonly show = (view: View): Promise<Snapshot> => {
		this.#view = view;
		this.#viewChosen = true;
		return this.#answer();
	};

	/** Looks at some of the requests only; resolves with the snapshot that shows them. */
	readonly narrow = (filter: Filter): Promise<Snapshot> => {
		this.#filter = filter;
		return this.#answer();
	};

	/** Looks at one thread more closely, or at none; resolves with the snapshot that shows it. */
	readonly focus = (thread: Focus | undefined): Promise<Snapshot> => {
		this.#focus = thread;
		return this.#answer();
	};

	/** Puts another window or group beside the one that is shown, or none; resolves with the snapshot that holds both. */
	readonly compare = (against: Against | undefined): Promise<Snapshot> => {
		this.#against = against;
		return this.#answer();
	};

	/** All that a window holds, of which a snapshot lists the newest only. */
	readonly whole = ({
		window,
		filter,
		generatedAt,
	}: Pick<Report, 'window' | 'filter' | 'generatedAt'>): Promise<Report> =>
		reportOf(this.#ledger, window, this.#options.prices, generatedAt, {
			filter,
			marks: this.#options.marks?.() ?? [],
		});

	get #ledger(): Ledger {
		return this.#options.ledger ?? this.#options.store;
	}

	#answer(): Promise<Snapshot> {
		this.#asked++;
		return this.#publish();
	}

	#changed(): void {
		if (this.#isOver) {
			return;
		}
		this.#timer ??= setTimeout(() => void this.#guarded(() => this.#publish()), Math.max(gather, this.#took / effort));
	}

	/** Whether a chain that is shown as warm is in its last minute. */
	#isExpiring(): boolean {
		const [next] = this.#snapshot.report.warm.chains;
		return next !== undefined && next.expires - this.#options.now() < lastMinute;
	}

	/** What is kept may be deleted or replaced by others. */
	#heal(): void {
		const told = this.#options.store.heal?.();
		if (told !== undefined) {
			this.#ingest.problem(storeProblem(told));
		}
	}

	/** One at a time. Who asks while one is being made gets the next: the first may not know what is asked for. */
	#publish(): Promise<Snapshot> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#next ??= this.#afterThis();
		return this.#next;
	}

	async #afterThis(): Promise<Snapshot> {
		await this.#making?.catch(() => {});
		this.#next = undefined;
		this.#making = this.#publishNow();
		return this.#making;
	}

	async #publishNow(): Promise<Snapshot> {
		const start = performance.now();
		this.#ingest.flush();
		const asked = this.#asked;
		const snapshot = await this.#make().catch((error: unknown) => this.#asItWas(error));
		if (this.#isOver) {
			return snapshot;
		}
		this.#snapshot = snapshot;
		this.#answered = asked;
		this.#took = performance.now() - start;
		for (const listener of this.#listeners) {
			listener();
		}
		return snapshot;
	}

	/** The latest snapshot, where what it was made from is out of reach for now. */
	#asItWas(error: unknown): Snapshot {
		if (!(error instanceof UnavailableError) || !this.#snapshot) {
			throw error;
		}
		const problem: SourceProblem = {kind: 'server-failed', name: 'server', message: error.message, count: 1};
		return {...this.#snapshot, problems: [...this.#ingest.problems, problem], now: this.#options.now()};
	}

	async #make(): Promise<Snapshot> {
		const {prices} = this.#options;
		const now = this.#options.now();
		const focus = this.#focus;
		const against = this.#against;
		const filter = this.#filter;
		const looking = this.#looking(now);
		const usual = {
			filter,
			closeSeries: true,
			most: mostListed,
			mostThreads: mostListed,
			marks: this.#options.marks?.() ?? [],
		};
		const moment = await this.#ledger.ask(overview => {
			const {window, standIn} = looking(overview);
			return {
				lastMinute: {kind: 'parts', window: {from: now - minute, to: now + 1, name: 'custom'}, filter: {}, by: []},
				...reportQuestions(window, overview, prices, now, {...usual, ...(standIn && {threads: standIn.found})}),
				...focusQuestions(focus, window, filter, mostListed),
			} as const satisfies Wanted;
		});
		const {view, window, counting, standIn} = looking(moment.overview);
		if (!this.#viewChosen) {
			this.#view = view;
		}
		this.#threads.counted(counting, moment);
		if (standIn && !standIn.isComplete) {
			this.#countLater();
		}
		const report = reportFrom(moment, window, prices, now, {...usual, ...(standIn && {threads: standIn.found})});
		return {
			view,
			report,
			against: against && (await this.#compared(against, report, moment.overview)),
			isCounting: standIn !== undefined && !standIn.isComplete && standIn.found.count === 0,
			focused: focus && focusedThread(moment, focus, prices, now, mostListed),
			state: this.#state,
			progress: this.#progress(now),
			behind: this.#behind(now),
			readings: this.#ingest.readings,
			problems: [...this.#ingest.problems, ...moment.problems],
			requestRate: totalOf(moment.answers.lastMinute).requests / 60,
			now,
		};
	}

	async #compared(against: Against, report: Report, {span, clients}: Overview): Promise<Compared> {
		const {prices, marks = () => []} = this.#options;
		const now = this.#options.now();
		const side = otherSide(against, report, {now, span, marks: allMarks(marks(), clients)});
		if (!side) {
			return {message: whyNoSide(against)};
		}
		const few = {most: 0, mostThreads: 0, evidence: false};
		return {report: await reportOf(this.#ledger, side.window, prices, now, {filter: side.filter, ...few})};
	}

	/** The window and filter of the next snapshot, from what the store holds; the usual window until the user chooses one. */
	#looking(now: number) {
		const chosen = this.#viewChosen ? this.#view : undefined;
		const filter = this.#filter;
		const before = this.#view;
		return ({span, total, version}: Overview) => {
			const view = chosen ?? (total > 0 ? defaultView(span, now) : before);
			const window = resolveView(view, now, span);
			const counting = {looksAt: JSON.stringify([view, filter]), version, to: window.to};
			return {view, window, filter, counting, standIn: this.#threads.standIn(counting)};
		};
	}

	/** Counts what takes long when nothing else was to be done for a while, and shows it. */
	#countLater(): void {
		this.#counting ??= setTimeout(
			() => {
				this.#counting = undefined;
				void this.#guarded(async () => {
					const looking = this.#looking(this.#options.now());
					const moment = await this.#ledger.ask(overview => {
						const {window, filter} = looking(overview);
						return {threads: {kind: 'threads', window, filter, most: mostListed}} as const satisfies Wanted;
					});
					this.#threads.counted(looking(moment.overview).counting, moment);
					await this.#publish();
				});
			},
			this.#snapshot?.isCounting === false ? this.#threads.took / effort : gather,
		);
	}

	/** What fails while nobody waits for an answer. */
	async #guarded(work: () => unknown): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (!this.#options.onError) {
				throw error;
			}
			this.#options.onError(error);
		}
	}

	#progress(now: number): Snapshot['progress'] {
		let done = 0;
		let total = 0;
		for (const {progress} of this.#sources) {
			done += progress.done;
			total += progress.total;
		}
		const seconds = (now - this.#started) / 1000;
		return {done, total, rate: done > 0 && seconds > 0 ? done / seconds : undefined};
	}

	/** How far reading lags behind the logs; undefined while what was there at the start is still being read. */
	#behind(now: number): Behind | undefined {
		const bytes = this.#sources.reduce((sum, {progress}) => sum + (progress.behind ?? 0), 0);
		if (this.#state === 'reading' || bytes < leastBehind) {
			this.#behindSince = undefined;
			return undefined;
		}
		this.#behindSince ??= {time: now, bytes};
		const since = this.#behindSince;
		const rate = ((since.bytes - bytes) / Math.max(1, now - since.time)) * 1000;
		return {bytes, rate: rate > 0 ? rate : undefined};
	}
}
