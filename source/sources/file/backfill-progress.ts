import type {SourceProgress} from '../source.js';

/** Counts the bytes that existed at the start, and those of them that have been read. */
export class BackfillProgress<Key> {
	readonly #expected = new Map<Key, number>();
	#total = 0;
	#done = 0;

	/** Adds bytes to be read in a file. */
	expect(key: Key, bytes: number): void {
		this.#total += bytes - (this.#expected.get(key) ?? 0);
		this.#expected.set(key, bytes);
	}

	/** Counts everything expected of a file as read, because it was, or the file is gone. */
	pass(key: Key): void {
		this.#done += this.#expected.get(key) ?? 0;
		this.#expected.delete(key);
	}

	/** Counts everything as read. */
	passAll(): void {
		this.#done = this.#total;
		this.#expected.clear();
	}

	/** @param open bytes read so far in files being read */
	progress(open: Iterable<readonly [Key, number]>): SourceProgress {
		let done = this.#done;
		for (const [key, passed] of open) {
			done += Math.min(passed, this.#expected.get(key) ?? 0);
		}

		return {done, total: this.#total};
	}
}
