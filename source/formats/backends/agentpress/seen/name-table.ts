import {seededHash} from '../../../../text/seeded-hash.js';

/** Slots of a new table. A power of two, as its multiples are. */
const fewest = 64;
/** Load factor at which it grows: most names that are looked for are not there, which the first slot tells. */
const fullest = 1 / 3;

/** Another in each process, so that no log can be made whose names all begin at one slot. */
const seed = Math.trunc(Math.random() * 2 ** 31);

/** The name that was looked for last, and what it hashes to: what is not there is added next. */
let latest = '';
let latestHash = seededHash(latest, seed);

const hashOf = (name: string): number => {
	if (name !== latest) {
		latest = name;
		latestHash = seededHash(name, seed);
	}
	return latestHash;
};

/** A slot holds the upper half of a name's hash, so that other names are told by it, and the name's place. */
const upperHalf = 0xffff_0000;
const lowerHalf = 0xffff;

/**
 * A set of names, up to 65,534. A table of numbers, with open addressing and linear probing, is asked several times
 * faster than a `Set` for a text that is no part of it: nothing is looked at but the table.
 */
export class NameTable {
	/** At the first free slot from its hash on, the place of a name in the list plus 1; 0 for a free slot. */
	#slots = new Int32Array(fewest);
	/** In the order in which they were added. */
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

	/** Those added last, the last of all at the end. */
	latest(most: number): readonly string[] {
		return this.#names.slice(-most);
	}

	/** Its room is kept for the next names. */
	clear(): void {
		this.#slots.fill(0);
		this.#names.length = 0;
	}

	/** The slot of a name; where it is not there, the one to put it. */
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
		this.#slots = new Int32Array(2 * this.#slots.length);
		for (const [index, name] of this.#names.entries()) {
			this.#slots[this.#slotOf(name)] = (hashOf(name) & upperHalf) | (index + 1);
		}
	}
}
