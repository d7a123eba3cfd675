import {monotonic} from '../time/monotonic.js';

/** Changes are gathered for so long, milliseconds: a burst of lines is one change. */
const gather = 30;
/** Of the time, at most this share goes into the work: the rest is for keys and reading. */
const effort = 0.4;

/** How long to leave be what took so long, both in milliseconds. */
export const pauseAfter = (took: number): number => Math.max(gather, took / effort);

/** Does the same work again and again, never twice at once: soon after a change, and at once where somebody waits for it. */
export class Pace<Result> {
	readonly #work: () => Promise<Result>;
	readonly #onError: (error: unknown) => void;
	/** What is under way, and what comes after it. */
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

	/** Something changed: the work is done in a moment. */
	soon(): void {
		if (!this.#isOver) {
			this.#timer ??= setTimeout(() => void this.now().catch(this.#onError), pauseAfter(this.#took));
		}
	}

	/** Who asks while the work is under way gets the next: that one may not know what is asked for. */
	now(): Promise<Result> {
		this.#cancel();
		this.#next ??= this.#afterThis();
		return this.#next;
	}

	/** There is no more of it but where somebody asks. */
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
