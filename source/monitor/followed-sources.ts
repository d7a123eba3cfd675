import {Ingest} from '../ingest/ingest.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {IngestOptions} from '../ingest/options.js';
import {inOrder} from '../sources/in-order.js';
import {positionsIn} from '../sources/positions.js';
import {type Source, type SourceProblem, storeProblem} from '../sources/source.js';
import type {Store} from '../store/store.js';
import {ReadingProgress} from './reading-progress.js';
import type {Snapshot} from './snapshot.js';

/** The store that sources are followed into, and callbacks. */
export type FollowedOptions = Omit<IngestOptions, 'positionOf' | 'onRest'> & {
	readonly store: Store;
	/** Arguments that could not be resolved to sources. */
	readonly problems?: readonly SourceProblem[];
};

/** Milliseconds between checks that the store's file still exists. */
const healEvery = 2000;
/** Bytes at the end of a log that are shown before the rest is read. */
const mostRecent = 8 << 20;

/** The sources of a monitor, followed into its store. */
export class FollowedSources {
	readonly #store: Store;
	readonly #now: () => number;
	readonly #ingest: Ingest;
	readonly #progress = new ReadingProgress();
	readonly #stops: (() => Promise<void>)[] = [];
	#healer: NodeJS.Timeout | undefined;
	/** True once stopped: sources that are only being opened are stopped at once. */
	#isOver = false;

	constructor({store, problems = [], ...options}: FollowedOptions) {
		this.#store = store;
		this.#now = options.now;
		this.#ingest = new Ingest(store, {...options, ...positionsIn(() => this.#progress.sources)});
		for (const problem of problems) {
			this.#ingest.problem(problem);
		}
	}

	/** The state of each log. */
	get readings(): readonly LogReading[] {
		return this.#ingest.readings;
	}

	/** Problems with reading or saving. */
	get problems(): readonly SourceProblem[] {
		return this.#ingest.problems;
	}

	/** Progress at an instant in epoch milliseconds; the lag behind the logs only if `isLive`. */
	progress(now: number, isLive: boolean): Pick<Snapshot, 'progress' | 'behind'> {
		return {progress: this.#progress.progress(now), behind: isLive ? this.#progress.behind(now) : undefined};
	}

	/**
	 * Starts to follow; resolves when everything that exists has been read.
	 * @param onError called if the store's file could not be checked
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

	/** Writes what was read to the store. */
	flush(): void {
		this.#ingest.flush();
	}

	/** Stops without waiting and saves nothing more, because the store has failed. */
	abandon(): void {
		this.#ingest.close();
		clearInterval(this.#healer);
		this.#isOver = true;
		for (const stop of this.#stops) {
			void stop().catch(() => {});
		}
	}

	/** Stops following and saves. */
	async stop(): Promise<void> {
		clearInterval(this.#healer);
		await Promise.all(this.#stops.map(stop => stop()));
		this.#isOver = true;
		this.#heal();
		this.#ingest.flush(true);
	}

	/** Reads the newest lines first, so that they are shown at once; then everything from the start. */
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

	/** The store's file may have been deleted or replaced by another program. */
	#heal(): void {
		const told = this.#store.heal?.();
		if (told !== undefined) {
			this.#ingest.problem(storeProblem(told));
		}
	}
}
