/** Maximum number of sessions held ready. */
const mostAwake = 64;

/**
 * Logs whose sessions are in memory. A session takes far more room than its saved state, so the least recently used
 * ones are replaced by that.
 */
export class Awake<Reading> {
	/** Least recently used first. */
	readonly #readings = new Set<Reading>();

	/** Marks a log as used. */
	add(reading: Reading): void {
		this.#readings.delete(reading);
		this.#readings.add(reading);
	}

	/** The logs to be suspended, each once. Called when the positions of all of them have been saved. */
	*surplus(): Generator<Reading> {
		let most = this.#readings.size - mostAwake;
		for (const reading of this.#readings) {
			if (most-- <= 0) {
				return;
			}
			this.#readings.delete(reading);
			yield reading;
		}
	}
}
