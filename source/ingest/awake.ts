/** Sessions that are held ready at most. */
const mostAwake = 256;

/**
 * Logs with a session that was given lines. A session takes many times the room of what it saves: of more logs than can be
 * held ready, those that had no lines for longest are held as what their sessions save.
 */
export class Awake<Reading> {
	/** The one that was given lines last is at the end. */
	readonly #readings = new Set<Reading>();

	/** It was given lines. */
	add(reading: Reading): void {
		this.#readings.delete(reading);
		this.#readings.add(reading);
	}

	/** Those that are to rest, each once. Asked when it is kept how far all of them were read. */
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
