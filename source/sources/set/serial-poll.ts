import {monotonic} from '../../time/monotonic.js';

/** Milliseconds between looks while a log is written continuously. */
const pause = 10;

/** Runs looks one after another: a wake during a look causes another one after it. */
export class SerialPoll {
	#running: Promise<void> | undefined;
	#again = false;
	#last = 0;
	#timer: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(private readonly look: () => Promise<void>) {}

	/** Looks as soon as possible: at once, or shortly after the last look. */
	wake(): void {
		if (this.#running !== undefined) {
			this.#again = true;
		} else if (this.#timer === undefined && !this.#stopped) {
			const wait = Math.max(0, this.#last + pause - monotonic());
			this.#timer = setTimeout(() => void this.now(), wait);
		}
	}

	/** Looks at once, or waits for the current look. */
	now(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#running ??= this.#run();
		return this.#running;
	}

	/** Resolves when the last look has ended; no more will follow. */
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
			this.#last = monotonic();
		}

		if (this.#again) {
			this.#again = false;
			this.wake();
		}
	}
}
