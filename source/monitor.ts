import {Ingest, type IngestOptions, type LogReading} from './ingest.js';
import type {Filter} from './metrics/filter.js';
import type {PriceList} from './metrics/pricing.js';
import {type Report, reportOf} from './metrics/report.js';
import {presetChoice, resolveView, spanOf, type View} from './metrics/window.js';
import type {Source, SourceProblem} from './sources/source.js';
import type {Store} from './store/store.js';

/** What the screen draws: immutable, replaced as a whole. */
export type Snapshot = {
	readonly view: View;
	readonly report: Report;
	/** `reading` until all sources have been read to their present end. */
	readonly state: 'reading' | 'live';
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** Requests a second over the last minute, by the requests' own times. */
	readonly requestRate: number;
	/** When this was made, epoch milliseconds. */
	readonly now: number;
};

export type MonitorOptions = Omit<IngestOptions, 'onChange'> & {
	readonly store: Store;
	readonly prices: PriceList;
	/** Undefined: 24 h, or all where the log ends before that. */
	readonly view: View | undefined;
	readonly filter?: Filter;
	/** What kept arguments from becoming sources. */
	readonly problems?: readonly SourceProblem[];
};

/** Changes are gathered for so long before a new snapshot is made: a burst of lines is one change. */
const gather = 30;
/** Of the time, at most this share goes into making snapshots: the rest is for keys and reading. */
const effort = 0.4;
/** Without any change the window still moves on with time. */
const tick = 15_000;
const minute = 60_000;

/** The live loop: sources → store → one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ingest: Ingest;
	readonly #listeners = new Set<() => void>();
	readonly #stops: (() => Promise<void>)[] = [];
	#view: View;
	#viewChosen: boolean;
	#filter: Filter;
	#state: Snapshot['state'] = 'reading';
	#snapshot: Snapshot;
	#timer: NodeJS.Timeout | undefined;
	/** How long the latest snapshot took to make, milliseconds. */
	#took = 0;
	#ticker: NodeJS.Timeout | undefined;

	constructor(options: MonitorOptions) {
		this.#options = options;
		this.#view = options.view ?? {choice: presetChoice('24h'), end: undefined};
		this.#viewChosen = options.view !== undefined;
		this.#filter = options.filter ?? {};
		this.#ingest = new Ingest(options.store, {...options, onChange: () => this.#changed()});
		for (const problem of options.problems ?? []) {
			this.#ingest.problem(problem);
		}
		this.#snapshot = this.#make();
	}

	/** Begins to follow; resolves when everything that is there has been read. */
	async start(sources: readonly Source[]): Promise<void> {
		this.#ticker = setInterval(() => this.#changed(), tick);
		this.#ticker.unref();
		await Promise.all(
			sources.map(async source => {
				this.#stops.push(await source.follow(this.#ingest));
			}),
		);
		this.#state = 'live';
		this.#publish();
	}

	async stop(): Promise<void> {
		clearTimeout(this.#timer);
		clearInterval(this.#ticker);
		this.#timer = undefined;
		await Promise.all(this.#stops.map(stop => stop()));
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly getSnapshot = (): Snapshot => this.#snapshot;

	/** Looks at another window; the snapshot is new when this returns. */
	readonly show = (view: View): void => {
		this.#view = view;
		this.#viewChosen = true;
		this.#publish();
	};

	/** Looks at some of the requests only; the snapshot is new when this returns. */
	readonly narrow = (filter: Filter): void => {
		this.#filter = filter;
		this.#publish();
	};

	#changed(): void {
		this.#timer ??= setTimeout(() => this.#publish(), Math.max(gather, this.#took / effort));
	}

	#publish(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const start = performance.now();
		this.#snapshot = this.#make();
		this.#took = performance.now() - start;
		for (const listener of this.#listeners) {
			listener();
		}
	}

	#make(): Snapshot {
		const {store, prices} = this.#options;
		const now = this.#options.now();
		const all = store.all();
		const span = spanOf(all);
		if (!this.#viewChosen && span) {
			// A log that ended long ago is opened to be looked at as a whole.
			this.#view = {choice: presetChoice(span.last < now - 24 * 60 * minute ? 'all' : '24h'), end: undefined};
		}
		return {
			view: this.#view,
			report: reportOf(all, resolveView(this.#view, now, span), prices, now, {filter: this.#filter}),
			state: this.#state,
			readings: this.#ingest.readings,
			problems: this.#ingest.problems,
			requestRate: all.filter(request => request.time > now - minute && request.time <= now).length / 60,
			now,
		};
	}
}
