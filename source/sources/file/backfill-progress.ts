import type {SourceProgress} from '../source.js';

/** Keeps count of the bytes that reading what was there at the start has to pass, and has passed. */
export class BackfillProgress<Key> {
	readonly #expected = new Map<Key, number>();
	#total = 0;
	#done = 0;

	/** So many bytes are to be passed in a file. */
	expect(key: Key, bytes: number): void {
		this.#total += bytes - (this.#expected.get(key) ?? 0);
		this.#expected.set(key, bytes);
	}

	/** All that was expected of a file has been passed, or is there no more. */
	pass(key: Key): void {
		this.#done += this.#expected.get(key) ?? 0;
		this.#expected.delete(key);
	}

	/** Everything has been passed. */
	passAll(): void {
		this.#done = this.#total;
		this.#expected.clear();
	}

	/** @param open what was passed so far in files that are being read */
	progress(open: Iterable<readonly [Key, number]>): SourceProgress {
		let done = this.#done;
		for (const [key, passed] of open) {
			done += Math.min(passed, this.#expected.get(key) ?? 0);
		}

		return {done, total: this.#total};
	}
}
