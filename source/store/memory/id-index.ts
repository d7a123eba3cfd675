import {randomBytes} from 'node:crypto';
import {seededHash} from '../../text/seeded-hash.js';
import {grown} from './grown.js';

/** Load factor at which the table grows; searches stay short while half of it is free. */
const fullest = 0.5;
const least = 1024;

/**
 * Finds rows by id: a hash table with open addressing and linear probing. Rows are numbered from 0 in order of
 * addition.
 */
export class IdIndex {
	/** The slots of the table: a row plus 1, at the first free slot from its id's hash on; 0 for a free slot. */
	#places = new Int32Array(least);
	/** The hash of each row's id. */
	#hashes = new Int32Array(least);
	/** The last id searched for and its hash, because an id that is not found is usually added next. */
	readonly #looked: {id: string | undefined; hash: number} = {id: undefined, hash: 0};
	#count = 0;
	readonly #ids: {is(row: number, id: string): boolean};
	/** Random per process, so that nobody can craft a log whose ids all collide. */
	readonly #seed = randomBytes(4).readInt32LE();

	/** @param ids the ids by row */
	constructor(ids: {is(row: number, id: string): boolean}) {
		this.#ids = ids;
	}

	/** Number of rows. */
	get count(): number {
		return this.#count;
	}

	/** The row of an id; undefined if there is none. */
	of(id: string): number | undefined {
		const places = this.#places;
		const hash = this.#hashOf(id);
		for (let place = hash; ; place++) {
			const row = (places[place & (places.length - 1)] as number) - 1;
			if (row < 0) {
				return undefined;
			}
			if (this.#hashes[row] === hash && this.#ids.is(row, id)) {
				return row;
			}
		}
	}

	/** Adds the next row, whose id no earlier row has. */
	add(id: string): void {
		if (this.#count >= this.#places.length * fullest) {
			this.#places = new Int32Array(2 * this.#places.length);
			for (let row = 0; row < this.#count; row++) {
				this.#put(this.#hashes[row] as number, row);
			}
		}
		const row = this.#count++;
		const hash = this.#hashOf(id);
		this.#hashes = grown(this.#hashes, this.#count);
		this.#hashes[row] = hash;
		this.#put(hash, row);
	}

	/** Drops all rows from one on. The rows added last fill no gaps of others, so removing them leaves none. */
	truncate(count: number): void {
		const places = this.#places;
		while (this.#count > count) {
			const row = --this.#count;
			let place = this.#hashes[row] as number;
			while (places[place & (places.length - 1)] !== row + 1) {
				place++;
			}
			places[place & (places.length - 1)] = 0;
		}
	}

	#put(hash: number, row: number): void {
		const places = this.#places;
		let place = hash;
		while (places[place & (places.length - 1)] !== 0) {
			place++;
		}
		places[place & (places.length - 1)] = row + 1;
	}

	#hashOf(id: string): number {
		const looked = this.#looked;
		if (looked.id !== id) {
			looked.hash = seededHash(id, this.#seed) & 0x7fffffff;
			looked.id = id;
		}
		return looked.hash;
	}
}
