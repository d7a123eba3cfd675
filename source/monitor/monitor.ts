import {UnavailableError} from '../errors.js';
import {Ingest} from '../ingest/ingest.js';
import type {IngestOptions} from '../ingest/options.js';
import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Ledger} from '../metrics/ledger.js';
import type {Mark} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {type Report, reportOf} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import {inOrder} from '../sources/in-order.js';
import {positionsIn} from '../sources/positions.js';
import {type Source, type SourceProblem, storeProblem} from '../sources/source.js';
import type {Store} from '../store/store.js';
import type {Focus} from './focused-thread.js';
import {Outlook} from './outlook.js';
import {Pace, pauseAfter} from './pace.js';
import {ReadingProgress} from './reading-progress.js';
import type {Snapshot} from './snapshot.js';
import {SnapshotMaker} from './snapshot-maker.js';
import {lastMinute, lastMinuteTick, tick} from './ticks.js';

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

/** Whether what is kept is still there is looked at so often, milliseconds. */
const healEvery = 2000;
/** Bytes of the end of a log that are shown before the rest is read. */
const mostRecent = 8 << 20;

/** The live loop: sources → store → one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ledger: Ledger;
	readonly #ingest: Ingest;
	readonly #outlook: Outlook;
	readonly #maker: SnapshotMaker;
	readonly #reading = new ReadingProgress();
	readonly #pace: Pace<Snapshot>;
	readonly #listeners = new Set<() => void>();
	readonly #stops: (() => Promise<void>)[] = [];
	/** Nobody looks any more. */
	#isOver = false;
	#state: Snapshot['state'] = 'reading';
	#snapshot!: Snapshot;
	#asked = 0;
	#answered = 0;
	#ticker: NodeJS.Timeout | undefined;
	#healer: NodeJS.Timeout | undefined;
	#counting: NodeJS.Timeout | undefined;

	private constructor(options: MonitorOptions) {
		const {store, ledger = store, prices, marks = () => [], now, view, filter = {}, problems = []} = options;
		this.#options = options;
		this.#ledger = ledger;
		this.#outlook = new Outlook(view, filter);
		this.#maker = new SnapshotMaker({ledger, prices, marks, now, outlook: this.#outlook});
		this.#pace = new Pace(
			() => this.#publish(),
			error => this.#failed(error),
		);
		this.#ingest = new Ingest(store, {
			...options,
			...positionsIn(() => this.#reading.sources),
			onChange: () => this.#pace.soon(),
		});
		for (const problem of problems) {
			this.#ingest.problem(problem);
		}
	}

	/** A monitor whose first snapshot shows what the store holds already. */
	static async open(options: MonitorOptions): Promise<Monitor> {
		const monitor = new Monitor(options);
		await monitor.#pace.now();
		return monitor;
	}

	/** Begins to follow; resolves when everything that is there has been read. */
	async start(sources: readonly Source[]): Promise<void> {
		this.#reading.start(sources, this.#options.now());
		const every = this.#options.every ?? tick;
		let waited = 0;
		this.#ticker = setInterval(
			() => {
				waited += lastMinuteTick;
				if (waited >= every || this.#isExpiring()) {
					waited = 0;
					this.#pace.soon();
				}
			},
			Math.min(every, lastMinuteTick),
		);
		this.#ticker.unref();
		this.#healer = setInterval(() => this.#healOrTell(), healEvery);
		this.#healer.unref();
		await inOrder(sources, source => this.#follow(source));
		this.#state = 'live';
		await this.#pace.now();
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
		this.#endTimers();
		this.#pace.stop();
		this.#isOver = true;
		for (const stop of this.#stops) {
			void stop().catch(() => {});
		}
	}

	/** Ends the following; what was read is kept. */
	async stop(): Promise<void> {
		this.#endTimers();
		this.#pace.stop();
		await Promise.all(this.#stops.map(stop => stop()));
		this.#isOver = true;
		// A snapshot that was made meanwhile may have put a count off.
		clearTimeout(this.#counting);
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
	readonly getView = (): View => this.#outlook.view;
	readonly getFilter = (): Filter => this.#outlook.filter;

	/** How many calls of `show`, `narrow`, `focus` and `compare` the snapshot knows of. */
	get answered(): number {
		return this.#answered;
	}

	/** Goes on where another monitor looked; resolves with the snapshot that shows it. */
	look(view: View, filter: Filter): Promise<Snapshot> {
		this.#outlook.view = view;
		this.#outlook.filter = filter;
		return this.#pace.now();
	}

	/** Looks at another window; resolves with the snapshot that shows it. */
	readonly show = (view: View): Promise<Snapshot> => {
		this.#outlook.view = view;
		return this.#answer();
	};

	/** Looks at some of the requests only; resolves with the snapshot that shows them. */
	readonly narrow = (filter: Filter): Promise<Snapshot> => {
		this.#outlook.filter = filter;
		return this.#answer();
	};

	/** Looks at one thread more closely, or at none; resolves with the snapshot that shows it. */
	readonly focus = (thread: Focus | undefined): Promise<Snapshot> => {
		this.#outlook.focus = thread;
		return this.#answer();
	};

	/** Puts another window or group beside the one that is shown, or none; resolves with the snapshot that holds both. */
	readonly compare = (against: Against | undefined): Promise<Snapshot> => {
		this.#outlook.against = against;
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

	#answer(): Promise<Snapshot> {
		this.#asked++;
		return this.#pace.now();
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

	#healOrTell(): void {
		try {
			this.#heal();
		} catch (error) {
			this.#failed(error);
		}
	}

	async #publish(): Promise<Snapshot> {
		this.#ingest.flush();
		const asked = this.#asked;
		const snapshot = await this.#make().catch((error: unknown) => this.#asItWas(error));
		if (this.#isOver) {
			return snapshot;
		}
		this.#snapshot = snapshot;
		this.#answered = asked;
		for (const listener of this.#listeners) {
			listener();
		}
		if (this.#maker.isOutdated) {
			this.#countLater();
		}
		return snapshot;
	}

	async #make(): Promise<Snapshot> {
		const made = await this.#maker.make();
		return {
			...made,
			state: this.#state,
			progress: this.#reading.progress(made.now),
			behind: this.#state === 'live' ? this.#reading.behind(made.now) : undefined,
			readings: this.#ingest.readings,
			problems: [...this.#ingest.problems, ...made.problems],
		};
	}

	/** The latest snapshot, where what it was made from is out of reach for now. */
	#asItWas(error: unknown): Snapshot {
		if (!(error instanceof UnavailableError) || !this.#snapshot) {
			throw error;
		}
		const problem: SourceProblem = {kind: 'server-failed', name: 'server', message: error.message, count: 1};
		return {...this.#snapshot, problems: [...this.#ingest.problems, problem], now: this.#options.now()};
	}

	/** Counts what takes long when nothing else was to be done for a while, and shows it. */
	#countLater(): void {
		this.#counting ??= setTimeout(
			() => {
				this.#counting = undefined;
				this.#maker
					.count()
					.then(() => this.#pace.now())
					.catch((error: unknown) => this.#failed(error));
			},
			pauseAfter(this.#snapshot.isCounting ? 0 : this.#maker.countTook),
		);
	}

	/** Something went wrong while nobody waits for an answer. */
	#failed(error: unknown): void {
		if (!this.#options.onError) {
			throw error;
		}
		this.#options.onError(error);
	}

	#endTimers(): void {
		clearInterval(this.#ticker);
		clearInterval(this.#healer);
		clearTimeout(this.#counting);
	}
}
