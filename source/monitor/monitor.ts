import {UnavailableError} from '../errors.js';
import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Ledger} from '../metrics/ledger.js';
import type {Mark} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {type Report, reportOf} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import type {Source, SourceProblem} from '../sources/source.js';
import type {Focus} from './focused-thread.js';
import {type FollowedOptions, FollowedSources} from './followed-sources.js';
import {Outlook} from './outlook.js';
import type {Snapshot} from './snapshot.js';
import {SnapshotMaker} from './snapshot-maker.js';
import {pauseAfter, Throttle} from './throttle.js';
import {lastMinute, lastMinuteTick, tick} from './ticks.js';

type MonitorOptions = Omit<FollowedOptions, 'onChange'> & {
	/** The ledger to query; the store itself by default. */
	readonly ledger?: Ledger;
	/** Milliseconds between snapshots if nothing is read. */
	readonly every?: number;
	readonly prices: PriceList;
	/** Undefined: 24 hours, or all if the log ends before that. */
	readonly view: View | undefined;
	readonly filter?: Filter;
	/** Returns the current marks, for the trend. */
	readonly marks?: () => readonly Mark[];
	/** Called with errors that no caller awaits; without it they are thrown. */
	readonly onError?: (error: unknown) => void;
};

/** The live loop: follows sources into a store and publishes one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ledger: Ledger;
	readonly #sources: FollowedSources;
	readonly #outlook: Outlook;
	readonly #maker: SnapshotMaker;
	readonly #throttle: Throttle<Snapshot>;
	readonly #listeners = new Set<() => void>();
	/** True once stopped: no more snapshots are published. */
	#isOver = false;
	#state: Snapshot['state'] = 'reading';
	#snapshot!: Snapshot;
	/** Number of questions asked, and number of those that the current snapshot answers. */
	#asked = 0;
	#answered = 0;
	#ticker: NodeJS.Timeout | undefined;
	#counting: NodeJS.Timeout | undefined;

	private constructor(options: MonitorOptions) {
		const {store, ledger = store, prices, marks = () => [], now, view, filter = {}} = options;
		this.#options = options;
		this.#ledger = ledger;
		this.#outlook = new Outlook(view, filter);
		this.#maker = new SnapshotMaker({ledger, prices, marks, now, outlook: this.#outlook});
		this.#throttle = new Throttle(
			() => this.#publish(),
			error => this.#failed(error),
		);
		this.#sources = new FollowedSources({...options, onChange: () => this.#throttle.soon()});
	}

	/** Opens a monitor whose first snapshot shows what the store has already. */
	static async open(options: MonitorOptions): Promise<Monitor> {
		const monitor = new Monitor(options);
		await monitor.#throttle.now();
		return monitor;
	}

	/** Starts to follow; resolves when everything that exists has been read. */
	async start(sources: readonly Source[]): Promise<void> {
		const every = this.#options.every ?? tick;
		let waited = 0;
		this.#ticker = setInterval(
			() => {
				waited += lastMinuteTick;
				if (waited >= every || this.#isExpiring()) {
					waited = 0;
					this.#throttle.soon();
				}
			},
			Math.min(every, lastMinuteTick),
		);
		this.#ticker.unref();
		await this.#sources.start(sources, error => this.#failed(error));
		this.#state = 'live';
		await this.#throttle.now();
	}

	/** Stops without waiting and saves nothing more, because the store has failed. */
	abandon(): void {
		this.#endTimers();
		this.#throttle.stop();
		this.#isOver = true;
		this.#sources.abandon();
	}

	/** Stops following and saves. */
	async stop(): Promise<void> {
		this.#endTimers();
		this.#throttle.stop();
		await this.#sources.stop();
		this.#isOver = true;
		// A snapshot computed in the meantime may have scheduled a count.
		clearTimeout(this.#counting);
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly getSnapshot = (): Snapshot => this.#snapshot;

	/** The view of the next snapshot. */
	readonly getView = (): View => this.#outlook.view;
	readonly getFilter = (): Filter => this.#outlook.filter;

	/** Number of calls of `show`, `narrow`, `focus` and `compare` that the snapshot answers. */
	get answered(): number {
		return this.#answered;
	}

	/** Continues with the view of another monitor; resolves with the snapshot that shows it. */
	look(view: View, filter: Filter): Promise<Snapshot> {
		this.#outlook.view = view;
		this.#outlook.filter = filter;
		return this.#throttle.now();
	}

	/** Changes the view; resolves with the snapshot that shows it. */
	readonly show = (view: View): Promise<Snapshot> => {
		this.#outlook.view = view;
		return this.#answer();
	};

	/** Changes the filter; resolves with the snapshot that uses it. */
	readonly narrow = (filter: Filter): Promise<Snapshot> => {
		this.#outlook.filter = filter;
		return this.#answer();
	};

	/** Adds a thread's details, or ends that; resolves with the first such snapshot. */
	readonly focus = (thread: Focus | undefined): Promise<Snapshot> => {
		this.#outlook.focus = thread;
		return this.#answer();
	};

	/** Starts or ends a comparison; resolves with the snapshot that contains both sides. */
	readonly compare = (against: Against | undefined): Promise<Snapshot> => {
		this.#outlook.against = against;
		return this.#answer();
	};

	/** The complete report of a window, whereas a snapshot lists only the newest requests. */
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
		return this.#throttle.now();
	}

	/** True if a warm chain on the screen is in its last minute. */
	#isExpiring(): boolean {
		const [next] = this.#snapshot.report.warm.chains;
		return next !== undefined && next.expires - this.#options.now() < lastMinute;
	}

	async #publish(): Promise<Snapshot> {
		this.#sources.flush();
		const asked = this.#asked;
		const snapshot = await this.#make().catch((error: unknown) => this.#latestAgain(error));
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
			...this.#sources.progress(made.now, this.#state === 'live'),
			readings: this.#sources.readings,
			problems: [...this.#sources.problems, ...made.problems],
		};
	}

	/** Repeats the latest snapshot if the server of the requests does not answer. */
	#latestAgain(error: unknown): Snapshot {
		if (!(error instanceof UnavailableError) || !this.#snapshot) {
			throw error;
		}
		const problem: SourceProblem = {kind: 'server-failed', name: 'server', message: error.message, count: 1};
		return {...this.#snapshot, problems: [...this.#sources.problems, problem], now: this.#options.now()};
	}

	/** Counts the threads, which is slow, once nothing else needs to be done, and publishes the result. */
	#countLater(): void {
		this.#counting ??= setTimeout(
			() => {
				this.#counting = undefined;
				this.#maker
					.count()
					.then(() => this.#throttle.now())
					.catch((error: unknown) => this.#failed(error));
			},
			pauseAfter(this.#snapshot.isCounting ? 0 : this.#maker.countTook),
		);
	}

	/** Reports an error that no caller awaits. */
	#failed(error: unknown): void {
		if (!this.#options.onError) {
			throw error;
		}
		this.#options.onError(error);
	}

	#endTimers(): void {
		clearInterval(this.#ticker);
		clearTimeout(this.#counting);
	}
}
