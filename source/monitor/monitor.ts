import {Ingest, type IngestOptions, type LogReading} from '../ingest/ingest.js';
import {type Break, breakOf} from '../metrics/breaks/breaks.js';
import type {Filter} from '../metrics/filter.js';
import {type Group, threadGroups} from '../metrics/groups.js';
import type {Mark} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {totalOf} from '../metrics/parts.js';
import {type Report, reportOf} from '../metrics/report.js';
import {basisOf} from '../metrics/summary.js';
import {presetChoice, resolveView, type View, type Window} from '../metrics/windows/window.js';
import type {Request} from '../request.js';
import {positionIn} from '../sources/file/position-in.js';
import {inOrder} from '../sources/in-order.js';
import {type Source, type SourceProblem, type SourceProgress, storeProblem} from '../sources/source.js';
import type {Store} from '../store/store.js';
import {ThreadCount} from './thread-count.js';

/** One thread, whole. */
export type FocusedThread = {
	readonly name: string | undefined;
	/** Those of the window, oldest first. */
	readonly requests: readonly Request[];
	readonly breaks: readonly Break[];
	/** It has no requests before the window. */
	readonly fromStart: boolean;
	/** All of it in the window; undefined where it has no requests there. */
	readonly group: Group | undefined;
};

/** Bytes still to be read, and how many of them go away a second; undefined before that can be told. */
export type Behind = {readonly bytes: number; readonly rate: number | undefined};

/** What the screen draws: immutable plain data, replaced as a whole. */
export type Snapshot = {
	readonly view: View;
	/** Its single requests and breaks are the newest only. */
	readonly report: Report;
	/** The report's threads, and what follows from them, are not counted yet for this window. */
	readonly isCounting: boolean;
	/** The thread that is looked at more closely. */
	readonly focused: FocusedThread | undefined;
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

export type MonitorOptions = Omit<IngestOptions, 'onChange' | 'positionOf'> & {
	readonly store: Store;
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
/** Without any change the window still moves on with time. */
const tick = 15_000;
/** Whether what is kept is still there is looked at so often. */
const healEvery = 2000;
const minute = 60_000;
/** Less is read before anybody sees it. */
const leastBehind = 1 << 20;
/** More than a person scrolls through; a window may hold millions. */
const mostListed = 1000;

/** Bytes of the end of a log that are shown before the rest is read. */
const mostRecent = 8 << 20;

/** The live loop: sources → store → one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ingest: Ingest;
	readonly #listeners = new Set<() => void>();
	readonly #stops: (() => Promise<void>)[] = [];
	#sources: readonly Source[] = [];
	#isAbandoned = false;
	#started = 0;
	#view: View;
	#viewChosen: boolean;
	#filter: Filter;
	#focus: {readonly name: string | undefined} | undefined;
	#state: Snapshot['state'] = 'reading';
	/** When reading fell behind, and by how many bytes. */
	#behindSince: {readonly time: number; readonly bytes: number} | undefined;
	#snapshot: Snapshot;
	#timer: NodeJS.Timeout | undefined;
	/** How long the latest snapshot took to make, milliseconds. */
	#took = 0;
	#ticker: NodeJS.Timeout | undefined;
	#healer: NodeJS.Timeout | undefined;
	readonly #threads: ThreadCount;
	#counting: NodeJS.Timeout | undefined;

	constructor(options: MonitorOptions) {
		this.#options = options;
		this.#threads = new ThreadCount(options.store, mostListed);
		this.#view = options.view ?? {choice: presetChoice('24h'), end: undefined};
		this.#viewChosen = options.view !== undefined;
		this.#filter = options.filter ?? {};
		this.#ingest = new Ingest(options.store, {
			...options,
			positionOf: log => positionIn(this.#sources, log),
			onChange: () => this.#changed(),
		});
		for (const problem of options.problems ?? []) {
			this.#ingest.problem(problem);
		}
		this.#snapshot = this.#make();
	}

	/** Begins to follow; resolves when everything that is there has been read. */
	async start(sources: readonly Source[]): Promise<void> {
		this.#sources = sources;
		this.#started = this.#options.now();
		this.#ticker = setInterval(() => this.#changed(), tick);
		this.#ticker.unref();
		this.#healer = setInterval(() => this.#guarded(() => this.#heal()), healEvery);
		this.#healer.unref();
		await inOrder(sources, source => this.#follow(source));
		this.#state = 'live';
		this.#publish();
	}

	/** What is newest counts at once; then all is read, from the oldest on. */
	async #follow(source: Source): Promise<void> {
		const recent = (await source.recent?.(mostRecent)) ?? [];
		for (const lines of recent) {
			this.#ingest.recent(lines);
		}
		const stop = await source.follow(this.#ingest);
		if (this.#isAbandoned) {
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
		this.#isAbandoned = true;
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

	/** Looks at another window; the snapshot is new when this returns. */
	readonly show = async (view: View): Promise<Snapshot> => {
		this.#view = view;
		this.#viewChosen = true;
		return this.#publish();
	};

	/** Looks at some of the requests only; the snapshot is new when this returns. */
	readonly narrow = async (filter: Filter): Promise<Snapshot> => {
		this.#filter = filter;
		return this.#publish();
	};

	/** Looks at one thread more closely, or at none; the snapshot is new when this returns. */
	readonly focus = async (thread: {readonly name: string | undefined} | undefined): Promise<Snapshot> => {
		this.#focus = thread;
		return this.#publish();
	};

	/** All that a window holds, of which a snapshot lists the newest only. */
	readonly whole = ({window, filter, generatedAt}: Pick<Report, 'window' | 'filter' | 'generatedAt'>): Report =>
		reportOf(this.#options.store, window, this.#options.prices, generatedAt, {
			filter,
			marks: this.#options.marks?.() ?? [],
		});

	#changed(): void {
		if (this.#isAbandoned) {
			return;
		}
		this.#timer ??= setTimeout(() => this.#guarded(() => this.#publish()), Math.max(gather, this.#took / effort));
	}

	/** What is kept may be deleted or replaced by others. */
	#heal(): void {
		const told = this.#options.store.heal?.();
		if (told !== undefined) {
			this.#ingest.problem(storeProblem(told));
		}
	}

	#publish(): Snapshot {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const start = performance.now();
		this.#ingest.flush();
		this.#snapshot = this.#make();
		this.#took = performance.now() - start;
		for (const listener of this.#listeners) {
			listener();
		}
		return this.#snapshot;
	}

	#make(): Snapshot {
		const {store, prices} = this.#options;
		const now = this.#options.now();
		const {span} = store;
		if (!this.#viewChosen && store.total > 0) {
			// A log that ended long ago, or tells no times, is opened to be looked at as a whole.
			const isRecent = span !== undefined && span.last >= now - 24 * 60 * minute;
			this.#view = {choice: presetChoice(isRecent ? '24h' : 'all'), end: undefined};
		}
		const window = resolveView(this.#view, now, span);
		const threads = this.#threads.known(window, this.#filter, this.#looksAt, store.version);
		if (!threads.isComplete) {
			this.#countLater();
		}
		const lastMinute = store.parts({from: now - minute, to: now + 1, name: 'custom'}, {});
		return {
			view: this.#view,
			report: reportOf(store, window, prices, now, {
				filter: this.#filter,
				most: mostListed,
				closeSeries: true,
				threads: threads.found,
				marks: this.#options.marks?.() ?? [],
			}),
			isCounting: !threads.isComplete && threads.found.count === 0,
			focused: this.#focus && this.#focusOn(this.#focus, window),
			state: this.#state,
			progress: this.#progress(now),
			behind: this.#behind(now),
			readings: this.#ingest.readings,
			problems: this.#ingest.problems,
			requestRate: totalOf(lastMinute).requests / 60,
			now,
		};
	}

	/** A thread's numbers, also where it is not among the notable ones. */
	#groupOf(name: string | undefined, window: Window): Group | undefined {
		if (name === undefined) {
			return undefined;
		}
		const filter = {...this.#filter, thread: this.#filter.thread ?? name};
		const {parts} = this.#options.store.threads(window, filter, Number.POSITIVE_INFINITY);
		const own = parts.filter(({thread}) => thread === name);
		return threadGroups(own, basisOf(totalOf(own)))[0];
	}

	get #looksAt(): string {
		return JSON.stringify([this.#view, this.#filter]);
	}

	/** Counts what takes long when nothing else was to be done for a while, and shows it. */
	#countLater(): void {
		this.#counting ??= setTimeout(
			() => {
				this.#counting = undefined;
				this.#guarded(() => {
					const {store} = this.#options;
					const window = resolveView(this.#view, this.#options.now(), store.span);
					this.#threads.count(window, this.#filter, this.#looksAt, store.version);
					this.#publish();
				});
			},
			this.#snapshot?.isCounting === false ? this.#threads.took / effort : gather,
		);
	}

	/** What fails while nobody waits for an answer. */
	#guarded(work: () => void): void {
		try {
			work();
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

	/** Reading what was there at the start is progress, not delay. */
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

	#focusOn({name}: {readonly name: string | undefined}, window: Window): FocusedThread {
		const {store, prices} = this.#options;
		const counted = store.thread(name, window, this.#filter, mostListed);
		const before = {from: Number.MIN_SAFE_INTEGER, to: counted[0]?.request.time ?? window.from, name: 'custom'};
		return {
			name,
			requests: counted.map(({request}) => request),
			breaks: counted.flatMap(found => breakOf(found, prices, this.#options.now()) ?? []),
			fromStart: store.thread(name, before, this.#filter, 1).length === 0,
			group: this.#groupOf(name, window),
		};
	}
}
