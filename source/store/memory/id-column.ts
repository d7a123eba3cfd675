import {grown} from './grown.js';

/** Last character that takes one byte. */
const lastByte = 0xff;

/**
 * Ids by row, as the bytes of their texts in one buffer: as strings, millions of them take twice the room, and every
 * garbage collection visits each.
 */
export class IdColumn {
	#bytes = Buffer.alloc(0);
	/** The end of each id, where the next one starts. */
	#ends = new Float64Array(0);
	/** Ids with characters that do not fit into a byte. */
	readonly #others = new Map<number, string>();
	count = 0;

	add(id: string): void {
		const row = this.count++;
		const start = this.#start(row);
		this.#ends = grown(this.#ends, row + 1);
		if (start + id.length > this.#bytes.length) {
			const bytes = Buffer.allocUnsafe(2 * this.#bytes.length + id.length + 4096);
			bytes.set(this.#bytes);
			this.#bytes = bytes;
		}
		for (let at = 0; at < id.length; at++) {
			const letter = id.charCodeAt(at);
			if (letter > lastByte) {
				this.#others.set(row, id);
				this.#ends[row] = start;
				return;
			}
			this.#bytes[start + at] = letter;
		}
		this.#ends[row] = start + id.length;
	}

	at(row: number): string {
		return (
			(this.#others.size > 0 ? this.#others.get(row) : undefined) ??
			this.#bytes.toString('latin1', this.#start(row), this.#ends[row] as number)
		);
	}

	/** True if a row has this id. */
	is(row: number, id: string): boolean {
		const start = this.#start(row);
		if (this.#others.has(row) || (this.#ends[row] as number) - start !== id.length) {
			return this.#others.get(row) === id;
		}
		for (let at = 0; at < id.length; at++) {
			if (this.#bytes[start + at] !== id.charCodeAt(at)) {
				return false;
			}
		}
		return true;
	}

	/** Drops all rows from one on. */
	truncate(count: number): void {
		for (const row of this.#others.keys()) {
			if (row >= count) {
				this.#others.delete(row);
			}
		}
		this.count = Math.min(this.count, count);
	}

	#start(row: number): number {
		return row === 0 ? 0 : (this.#ends[row - 1] as number);
	}
}
