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
import {Pace, pauseAfter} from './pace.js';
import type {Snapshot} from './snapshot.js';
import {SnapshotMaker} from './snapshot-maker.js';
import {lastMinute, lastMinuteTick, tick} from './ticks.js';

type MonitorOptions = Omit<FollowedOptions, 'onChange'> & {
	/** Answers what is shown; the store itself unless given. */
	readonly ledger?: Ledger;
	/** Milliseconds from one snapshot to the next where nothing was read. */
	readonly every?: number;
	readonly prices: PriceList;
	/** Undefined: 24 h, or all where the log ends before that. */
	readonly view: View | undefined;
	readonly filter?: Filter;
	/** Named instants as they are now, for the trend. */
	readonly marks?: () => readonly Mark[];
	/** Called with what went wrong while nobody waits for an answer; it is thrown where there is no such function. */
	readonly onError?: (error: unknown) => void;
};

/** The live loop: sources → store → one snapshot, for `useSyncExternalStore`. */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #ledger: Ledger;
	readonly #sources: FollowedSources;
	readonly #outlook: Outlook;
	readonly #maker: SnapshotMaker;
	readonly #pace: Pace<Snapshot>;
	readonly #listeners = new Set<() => void>();
	/** Stopped: snapshots are published no more. */
	#isOver = false;
	#state: Snapshot['state'] = 'reading';
	#snapshot!: Snapshot;
	/** How many questions were asked, and how many of them the snapshot answers. */
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
		this.#pace = new Pace(
			() => this.#publish(),
			error => this.#failed(error),
		);
		this.#sources = new FollowedSources({...options, onChange: () => this.#pace.soon()});
	}

	/** A monitor whose first snapshot shows what the store holds already. */
	static async open(options: MonitorOptions): Promise<Monitor> {
		const monitor = new Monitor(options);
		await monitor.#pace.now();
		return monitor;
	}

	/** Begins to follow; resolves when everything that is there has been read. */
	async start(sources: readonly Source[]): Promise<void> {
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
		await this.#sources.start(sources, error => this.#failed(error));
		this.#state = 'live';
		await this.#pace.now();
	}

	/** Ends it without waiting for what is being read, and saves nothing more: the store has failed. */
	abandon(): void {
		this.#endTimers();
		this.#pace.stop();
		this.#isOver = true;
		this.#sources.abandon();
	}

	/** Ends the following; what was read is saved. */
	async stop(): Promise<void> {
		this.#endTimers();
		this.#pace.stop();
		await this.#sources.stop();
		this.#isOver = true;
		// A snapshot that was made meanwhile may have put a count off.
		clearTimeout(this.#counting);
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

	/** The latest snapshot once more, where the server that holds the requests does not answer. */
	#latestAgain(error: unknown): Snapshot {
		if (!(error instanceof UnavailableError) || !this.#snapshot) {
			throw error;
		}
		const problem: SourceProblem = {kind: 'server-failed', name: 'server', message: error.message, count: 1};
		return {...this.#snapshot, problems: [...this.#sources.problems, problem], now: this.#options.now()};
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
		clearTimeout(this.#counting);
	}
}
