/** Milliseconds that writes are held at most: other processes, which try again and again, cannot write meanwhile. */
const longest = 100;

/**
 * Writes that are saved together, as long as more follow at once: each saving writes whole pages, many of which change
 * with the next writes again.
 */
export class HeldWrites {
	readonly #save: () => void;
	/** Saves them if nothing else does; undefined if none are held. */
	#timer: NodeJS.Timeout | undefined;
	/** Why the timer could not save them, to be thrown at the next call. */
	#failure: unknown;

	/** @param save saves them, or drops them and throws */
	constructor(save: () => void) {
		this.#save = save;
	}

	/** True if some are held. */
	get areHeld(): boolean {
		return this.#timer !== undefined;
	}

	/** Holds what is written from now on. */
	hold(): void {
		this.#timer = setTimeout(() => {
			try {
				this.settle();
			} catch (error) {
				this.#failure = error;
			}
		}, longest).unref();
	}

	/** Saves them. Throws if that fails, or failed earlier without a call. */
	settle(): void {
		const failure = this.#failure;
		this.#failure = undefined;
		if (failure !== undefined) {
			throw failure;
		}
		if (this.areHeld) {
			this.drop();
			this.#save();
		}
	}

	/** Holds nothing more, because the writes were dropped. */
	drop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
