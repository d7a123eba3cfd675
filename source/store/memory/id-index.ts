import {randomBytes} from 'node:crypto';

/** Load factor at which the table grows: searches stay short while half of it is free. */
const fullest = 0.5;
const least = 1024;

/** Finds rows by id: a hash table with open addressing and linear probing. Rows are numbered from 0 as they are added. */
export class IdIndex {
	/** The slots of the table: a row plus 1 at the first free slot from its id's hash on; 0 for a free slot. */
	#places = new Int32Array(least);
	#count = 0;
	readonly #ids: {at(row: number): string; is(row: number, id: string): boolean};
	/** Random in each process, so that no log can be written whose ids all hash to one slot. */
	readonly #seed = randomBytes(4).readInt32LE();

	/** @param ids the ids of the rows */
	constructor(ids: {at(row: number): string; is(row: number, id: string): boolean}) {
		this.#ids = ids;
	}

	/** How many rows there are. */
	get count(): number {
		return this.#count;
	}

	/** The row of an id; undefined where there is none. */
	of(id: string): number | undefined {
		const places = this.#places;
		for (let place = this.#hash(id); ; place++) {
			const row = (places[place & (places.length - 1)] as number) - 1;
			if (row < 0) {
				return undefined;
			}
			if (this.#ids.is(row, id)) {
				return row;
			}
		}
	}

	/** Adds the next row, whose id no earlier row has. */
	add(id: string): void {
		if (this.#count >= this.#places.length * fullest) {
			this.#places = new Int32Array(2 * this.#places.length);
			for (let row = 0; row < this.#count; row++) {
				this.#put(this.#ids.at(row), row);
			}
		}
		this.#put(id, this.#count++);
	}

	#put(id: string, row: number): void {
		const places = this.#places;
		let place = this.#hash(id);
		while (places[place & (places.length - 1)] !== 0) {
			place++;
		}
		places[place & (places.length - 1)] = row + 1;
	}

	#hash(id: string): number {
		let hash = this.#seed;
		for (let at = 0; at < id.length; at++) {
			hash = Math.imul(hash ^ id.charCodeAt(at), 0x9e3779b1);
			hash ^= hash >>> 15;
		}
		return hash & 0x7fffffff;
	}
}
