import {hash} from 'node:crypto';

/** 48 bits of a hash: the index stays small however long ids are; equal ones are told apart by the id itself. */
export const keyOf = (id: string): number => Number.parseInt(hash('sha1', id, 'hex').slice(0, 12), 16);

/** Of more requests the keys are not held: of so many they take 25 MB. */
const most = 1_500_000;
/** A table that is fuller takes long to look through. */
const fullest = 0.75;
const leastSize = 4096;
const free = -1;

/**
 * In which rows keys stand, held in memory: a table of numbers with open addresses. Of a store that was empty when it was
 * opened all keys are known, so that nothing has to be looked up in the file to see that an id is new.
 */
export class RowsByKey {
	#keys = new Float64Array(leastSize).fill(free);
	#rows = new Uint32Array(leastSize);
	#count = 0;

	/** No more can be added. */
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

	/** Appends the rows that were added with a key. Some of them may hold another id, or be deleted meanwhile. */
	push(key: number, to: number[]): void {
		const mask = this.#keys.length - 1;
		for (let at = placeOf(key, mask); this.#keys[at] !== free; at = (at + 1) & mask) {
			if (this.#keys[at] === key) {
				to.push(this.#rows[at] as number);
			}
		}
	}

	/** The first row of those that were added with a key that a condition holds of. */
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

/** Keys are pieces of a hash: any of their bits are as good as others. */
const placeOf = (key: number, mask: number): number => (key & mask) >>> 0;
