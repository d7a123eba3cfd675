import {Ingest} from '../ingest/ingest.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {IngestOptions} from '../ingest/options.js';
import {inOrder} from '../sources/in-order.js';
import {positionsIn} from '../sources/positions.js';
import {type Source, type SourceProblem, storeProblem} from '../sources/source.js';
import type {Store} from '../store/store.js';
import {ReadingProgress} from './reading-progress.js';
import type {Snapshot} from './snapshot.js';

/** How sources are followed: into which store, and whom to tell. */
export type FollowedOptions = Omit<IngestOptions, 'positionOf' | 'onRest'> & {
	readonly store: Store;
	/** What kept arguments from becoming sources. */
	readonly problems?: readonly SourceProblem[];
};

/** Milliseconds between two checks that the store's file is still there. */
const healEvery = 2000;
/** Bytes of the end of a log that are shown before the rest is read. */
const mostRecent = 8 << 20;

/** The sources of a monitor, followed into its store. */
export class FollowedSources {
	readonly #store: Store;
	readonly #now: () => number;
	readonly #ingest: Ingest;
	readonly #progress = new ReadingProgress();
	readonly #stops: (() => Promise<void>)[] = [];
	#healer: NodeJS.Timeout | undefined;
	/** What begins to be followed only now is stopped at once. */
	#isOver = false;

	constructor({store, problems = [], ...options}: FollowedOptions) {
		this.#store = store;
		this.#now = options.now;
		this.#ingest = new Ingest(store, {...options, ...positionsIn(() => this.#progress.sources)});
		for (const problem of problems) {
			this.#ingest.problem(problem);
		}
	}

	/** What was read of each log so far. */
	get readings(): readonly LogReading[] {
		return this.#ingest.readings;
	}

	/** What kept anything from being read or saved. */
	get problems(): readonly SourceProblem[] {
		return this.#ingest.problems;
	}

	/** How far the reading is at an instant, epoch milliseconds; how far behind is told of live logs only. */
	progress(now: number, isLive: boolean): Pick<Snapshot, 'progress' | 'behind'> {
		return {progress: this.#progress.progress(now), behind: isLive ? this.#progress.behind(now) : undefined};
	}

	/**
	 * Begins to follow; resolves when everything that is there has been read.
	 * @param onError told that the store could not be looked after
	 */
	async start(sources: readonly Source[], onError: (error: unknown) => void): Promise<void> {
		this.#progress.start(sources, this.#now());
		this.#healer = setInterval(() => {
			try {
				this.#heal();
			} catch (error) {
				onError(error);
			}
		}, healEvery);
		this.#healer.unref();
		await inOrder(sources, source => this.#follow(source));
	}

	/** Hands what was read to the store. */
	flush(): void {
		this.#ingest.flush();
	}

	/** Ends it without waiting for what is being read, and saves nothing more: the store has failed. */
	abandon(): void {
		this.#ingest.close();
		clearInterval(this.#healer);
		this.#isOver = true;
		for (const stop of this.#stops) {
			void stop().catch(() => {});
		}
	}

	/** Ends the following; what was read is saved. */
	async stop(): Promise<void> {
		clearInterval(this.#healer);
		await Promise.all(this.#stops.map(stop => stop()));
		this.#isOver = true;
		this.#heal();
		this.#ingest.flush(true);
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

	/** The store's file may have been deleted or replaced by somebody else. */
	#heal(): void {
		const told = this.#store.heal?.();
		if (told !== undefined) {
			this.#ingest.problem(storeProblem(told));
		}
	}
}
