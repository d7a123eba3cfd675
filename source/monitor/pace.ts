import {monotonic} from '../time/monotonic.js';

/** Milliseconds in which changes are batched: a burst of lines makes one snapshot. */
const batchTime = 30;
/** The largest share of the time that goes into the work; the rest is left to keys and reading. */
const effort = 0.4;

/** Milliseconds to wait before work is repeated. @param took how long it took the last time, milliseconds */
export const pauseAfter = (took: number): number => Math.max(batchTime, took / effort);

/** Repeats a piece of work, never twice at the same time: soon after a change, and at once where somebody waits for it. */
export class Pace<Result> {
	readonly #work: () => Promise<Result>;
	readonly #onError: (error: unknown) => void;
	/** The run under way, and the one after it. */
	#running: Promise<Result> | undefined;
	#next: Promise<Result> | undefined;
	#timer: NodeJS.Timeout | undefined;
	/** How long the work took the last time, milliseconds. */
	#took = 0;
	#isOver = false;

	/** @param onError told of what fails while nobody waits for it */
	constructor(work: () => Promise<Result>, onError: (error: unknown) => void) {
		this.#work = work;
		this.#onError = onError;
	}

	/** Something changed: does the work after a pause. */
	soon(): void {
		if (!this.#isOver) {
			this.#timer ??= setTimeout(() => void this.now().catch(this.#onError), pauseAfter(this.#took));
		}
	}

	/** Does the work now. While it is under way, the next run answers: this one may not know of the latest change. */
	now(): Promise<Result> {
		this.#cancel();
		this.#next ??= this.#afterThis();
		return this.#next;
	}

	/** From now on the work is done only where `now` asks for it. */
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
