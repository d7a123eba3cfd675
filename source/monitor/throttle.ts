import {monotonic} from '../time/monotonic.js';

/** Milliseconds in which changes are batched, so that a burst of lines causes one snapshot. */
const batchTime = 30;
/** Maximum share of the time spent on the work, 0–1; the rest is left to keys and reading. */
const effort = 0.4;

/** Milliseconds to wait before the work is repeated. @param took duration of the last run in milliseconds */
export const pauseAfter = (took: number): number => Math.max(batchTime, took / effort);

/**
 * Throttles repeated work, which never runs twice at the same time: soon after a change, and at once if a caller waits
 * for it.
 */
export class Throttle<Result> {
	readonly #work: () => Promise<Result>;
	readonly #onError: (error: unknown) => void;
	/** The current run, and the one after it. */
	#running: Promise<Result> | undefined;
	#next: Promise<Result> | undefined;
	#timer: NodeJS.Timeout | undefined;
	/** Duration of the last run in milliseconds. */
	#took = 0;
	#isOver = false;

	/** @param onError called with errors of runs that no caller awaits */
	constructor(work: () => Promise<Result>, onError: (error: unknown) => void) {
		this.#work = work;
		this.#onError = onError;
	}

	/** Schedules the work after a change. */
	soon(): void {
		if (!this.#isOver) {
			this.#timer ??= setTimeout(() => void this.now().catch(this.#onError), pauseAfter(this.#took));
		}
	}

	/**
	 * Runs the work at once. If a run is in progress, resolves with the next one, because the current one may not
	 * include the latest change.
	 */
	now(): Promise<Result> {
		this.#cancel();
		this.#next ??= this.#afterThis();
		return this.#next;
	}

	/** After this, only `now` runs the work. */
	stop(): void {
		this.#isOver = true;
		this.#cancel();
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	async #afterThis(): Promise<Result> {
		await this.#running?.catch(() => {});
		this.#next = undefined;
		this.#running = this.#measured();
		return this.#running;
	}

	async #measured(): Promise<Result> {
		const start = monotonic();
		const result = await this.#work();
		this.#took = monotonic() - start;
		return result;
	}
}
