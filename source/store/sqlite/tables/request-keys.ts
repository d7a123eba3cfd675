import {hash} from 'node:crypto';

/** 48 bits of a hash, so that the index stays small however long ids are; ids with the same key have to be compared. */
export const keyOf = (id: string): number => {
	// As bytes: making digits and reading them again would take as long as the hash.
	const bytes = hash('sha1', id, 'binary');
	const high = (bytes.charCodeAt(0) << 16) | (bytes.charCodeAt(1) << 8) | bytes.charCodeAt(2);
	const low = (bytes.charCodeAt(3) << 16) | (bytes.charCodeAt(4) << 8) | bytes.charCodeAt(5);
	return high * 0x1_00_00_00 + low;
};

/** Maximum number of keys held; this many take 25 MB. */
const most = 1_500_000;
/** Maximum load factor: searching a fuller table takes long. */
const fullest = 0.75;
const leastSize = 4096;
const free = -1;

/**
 * Rows by key, in memory: a hash table of numbers with open addressing. If the store was empty when it was opened, all
 * keys are known, so new ids are recognised without a look-up in the file.
 */
export class RowsByKey {
	#keys = new Float64Array(leastSize).fill(free);
	#rows = new Uint32Array(leastSize);
	#count = 0;

	/** True if no more keys can be added. */
	get isFull(): boolean {
		return this.#count >= most;
	}

	add(key: number, row: number): void {
		if (this.#count >= this.#keys.length * fullest) {
			this.#grow();
		}
		this.#put(key, row);
		this.#count++;
	}

	/** Appends the rows that were added with a key. Some may have another id, or have been deleted since. */
	push(key: number, to: number[]): void {
		const mask = this.#keys.length - 1;
		for (let at = placeOf(key, mask); this.#keys[at] !== free; at = (at + 1) & mask) {
			if (this.#keys[at] === key) {
				to.push(this.#rows[at] as number);
			}
		}
	}

	/** The first row added with a key for which a condition is true. */
	find(key: number, isOne: (row: number) => boolean): number | undefined {
		const mask = this.#keys.length - 1;
		for (let at = placeOf(key, mask); this.#keys[at] !== free; at = (at + 1) & mask) {
			if (this.#keys[at] === key && isOne(this.#rows[at] as number)) {
				return this.#rows[at];
			}
		}
		return undefined;
	}

	#put(key: number, row: number): void {
		const mask = this.#keys.length - 1;
		let at = placeOf(key, mask);
		while (this.#keys[at] !== free) {
			at = (at + 1) & mask;
		}
		this.#keys[at] = key;
		this.#rows[at] = row;
	}

	#grow(): void {
		const [keys, rows] = [this.#keys, this.#rows];
		this.#keys = new Float64Array(keys.length * 2).fill(free);
		this.#rows = new Uint32Array(rows.length * 2);
		for (const [at, key] of keys.entries()) {
			if (key !== free) {
				this.#put(key, rows[at] as number);
			}
		}
	}
}

/** Keys are parts of a hash, so any of their bits are equally good. */
const placeOf = (key: number, mask: number): number => (key & mask) >>> 0;
