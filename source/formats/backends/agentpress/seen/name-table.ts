import {hashOf} from '../../../state/hash-of.js';

/** Slots of a new table; a power of two, as are larger sizes. */
const fewest = 64;
/** Factor by which the table grows: all names are hashed again each time. */
const growth = 8;
/** Load factor at which it grows: most names are not found, which the first slot should show. */
const fullest = 1 / 3;

/** A slot contains the upper half of a name's hash, to rule out other names, and the name's index. */
const upperHalf = 0xffff_0000;
const lowerHalf = 0xffff;

/**
 * A set of up to 65,534 names. A table of numbers with open addressing and linear probing, which is several times
 * faster than a `Set` for names that are not in it, because only the table is read.
 */
export class NameTable {
	/** At the first free slot from its hash on, the index of a name plus 1; 0 for a free slot. */
	#slots = new Int32Array(fewest);
	/** In order of addition. */
	readonly #names: string[] = [];

	get size(): number {
		return this.#names.length;
	}

	has(name: string): boolean {
		return this.#slots[this.#slotOf(name)] !== 0;
	}

	add(name: string): void {
		const slot = this.#slotOf(name);
		if (this.#slots[slot] !== 0) {
			return;
		}
		this.#slots[slot] = (hashOf(name) & upperHalf) | this.#names.push(name);
		if (this.#names.length >= this.#slots.length * fullest) {
			this.#grow();
		}
	}

	/** The names added last, the very last at the end. */
	latest(most: number): readonly string[] {
		return this.#names.slice(-most);
	}

	/** Removes all names, keeping the capacity. */
	clear(): void {
		this.#slots.fill(0);
		this.#names.length = 0;
	}

	/** The slot of a name, or the free slot for it. */
	#slotOf(name: string): number {
		const slots = this.#slots;
		const mask = slots.length - 1;
		const hash = hashOf(name);
		for (let place = hash; ; place++) {
			const slot = slots[place & mask] as number;
			const isLike = ((slot ^ hash) & upperHalf) === 0;
			if (slot === 0 || (isLike && this.#names[(slot & lowerHalf) - 1] === name)) {
				return place & mask;
			}
		}
	}

	#grow(): void {
		this.#slots = new Int32Array(growth * this.#slots.length);
		for (const [index, name] of this.#names.entries()) {
			this.#slots[this.#slotOf(name)] = (hashOf(name) & upperHalf) | (index + 1);
		}
	}
}
