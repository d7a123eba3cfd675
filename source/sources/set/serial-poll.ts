/** Milliseconds between two looks while a log is written to without pause. */
const pause = 10;

/** Runs looks one after another, never two at once: a wake during one is answered by another after it. */
export class SerialPoll {
	#running: Promise<void> | undefined;
	#again = false;
	#last = 0;
	#timer: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(private readonly look: () => Promise<void>) {}

	/** Looks soon: at once, or a moment after the last look. */
	wake(): void {
		if (this.#running !== undefined) {
			this.#again = true;
		} else if (this.#timer === undefined && !this.#stopped) {
			const wait = Math.max(0, this.#last + pause - Date.now());
			this.#timer = setTimeout(() => void this.now(), wait);
		}
	}

	/** Looks now, or waits for the look that is under way. */
	now(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#running ??= this.#run();
		return this.#running;
	}

	/** Resolves when the last look has ended; there are none after it. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		this.#again = false;
		await this.#running;
	}

	async #run(): Promise<void> {
		try {
			await this.look();
		} finally {
			this.#running = undefined;
			this.#last = Date.now();
		}

		if (this.#again) {
			this.#again = false;
			this.wake();
		}
	}
}
