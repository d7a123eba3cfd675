import type {Values} from './insertion.js';
import type {Value} from './value.js';

/** Maximum bytes of a row: somewhat less than a page has room for. */
const mostBytes = 60_000;
/** From this length on, the platform encodes text faster than a loop. */
const longText = 100;
/** Maximum bytes of the types of a row's values: their number takes one byte as well. */
const mostTypes = 126;
/** Maximum bytes of a cell before its values, and of its numbers. */
const roomForRow = 1024;

/**
 * Encodes rows as cells of a table's leaf page, as described in section 1.6 and 2.1 of SQLite's file format
 * (https://www.sqlite.org/fileformat2.html): size, row number, header with the type of each value, values. The first
 * column is the table's INTEGER PRIMARY KEY, which is the row number.
 */
export class RowCells implements Values {
	/** All cells, one after the other. */
	bytes = Buffer.allocUnsafe(1 << 16);
	/** The row number of each cell, ascending. */
	readonly rows: number[] = [];
	/** Where each cell ends in `bytes`. */
	readonly ends: number[] = [];
	/** False if a value cannot be encoded: then none of the rows should be used. */
	canBeEncoded = true;
	readonly #columns: number;
	#column = 0;
	/** The types of the current row's values so far. */
	readonly #types = new Uint8Array(256);
	#typesSize = 0;
	/** Where the current cell begins, where its values begin if it is like the one before, and where they end so far. */
	#begin = 0;
	#values = 0;
	#end = 0;

	/** @param columns number of the table's columns */
	constructor(columns: number) {
		this.#columns = columns;
	}

	/** Appends a value; rows follow each other without a mark. */
	push(value: Value): void {
		if (this.#column === 0) {
			this.#beginRow(value as number);
		} else if (typeof value === 'number') {
			this.#pushNumber(value);
		} else if (typeof value === 'string') {
			this.#pushText(value);
		} else if (value === null) {
			this.#types[this.#typesSize++] = 0;
		} else {
			this.canBeEncoded = false;
		}
		if (++this.#column === this.#columns) {
			this.#endRow();
		}
	}

	/** Removes all rows. */
	clear(): void {
		this.rows.length = 0;
		this.ends.length = 0;
		this.canBeEncoded = true;
		this.#column = 0;
		this.#begin = 0;
		this.#values = 0;
	}

	#beginRow(row: number): void {
		const like = this.#values - this.#begin;
		this.#begin = this.ends.at(-1) ?? 0;
		this.#values = this.#begin + like;
		this.#end = this.#values;
		this.#reserve(roomForRow);
		this.rows.push(row);
		this.#types[0] = 0;
		this.#typesSize = 1;
	}

	#endRow(): void {
		const row = this.rows.at(-1) as number;
		const size = 1 + this.#typesSize + this.#end - this.#values;
		const values = this.#begin + varintSize(size) + varintSize(row) + 1 + this.#typesSize;
		if (values !== this.#values) {
			this.bytes.copyWithin(values, this.#values, this.#end);
			this.#end += values - this.#values;
			this.#values = values;
		}
		let at = putVarint(this.bytes, putVarint(this.bytes, this.#begin, size), row);
		this.bytes[at++] = 1 + this.#typesSize;
		for (let index = 0; index < this.#typesSize; index++) {
			this.bytes[at++] = this.#types[index] as number;
		}
		this.ends.push(this.#end);
		const before = this.rows.at(-2) ?? -1;
		this.canBeEncoded &&= size <= mostBytes && this.#typesSize <= mostTypes && row > before;
		this.#column = 0;
	}

	#pushNumber(value: number): void {
		if (value === 0 || value === 1) {
			this.#types[this.#typesSize++] = 8 + value;
			return;
		}
		this.canBeEncoded &&= Number.isSafeInteger(value);
		const size = integerSize(value);
		this.#types[this.#typesSize++] = size === 8 ? 6 : size === 6 ? 5 : size;
		let rest = value;
		for (let place = size - 1; place >= 0; place--) {
			this.bytes[this.#end + place] = rest;
			rest = place === size - 4 ? Math.floor(value / 0x100000000) : rest >> 8;
		}
		this.#end += size;
	}

	#pushText(text: string): void {
		this.#reserve(3 * text.length + roomForRow);
		const begin = this.#end;
		const isWritten = text.length < longText && putAscii(this.bytes, begin, text);
		const size = isWritten ? text.length : this.bytes.write(text, begin);
		this.#end += size;
		this.#typesSize = putVarint(this.#types, this.#typesSize, 13 + 2 * size);
	}

	#reserve(size: number): void {
		if (this.#end + size > this.bytes.length) {
			const bytes = Buffer.allocUnsafe(2 * (this.#end + size));
			this.bytes.copy(bytes);
			this.bytes = bytes;
		}
	}
}

/** Bytes of an integer: 1, 2, 3, 4, 6 or 8. */
const integerSize = (value: number): number => {
	const least = value < 0 ? -1 - value : value;
	if (least < 0x8000) {
		return least < 0x80 ? 1 : 2;
	}
	return least < 0x80000000 ? (least < 0x800000 ? 3 : 4) : least < 0x800000000000 ? 6 : 8;
};

/** Writes a text; returns false if it has other characters. */
const putAscii = (to: Uint8Array, at: number, text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code > 0x7f) {
			return false;
		}
		to[at + index] = code;
	}
	return true;
};

/** Bytes of a number of at most 53 bits. */
export const varintSize = (value: number): number => {
	let size = 1;
	for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
		size++;
	}
	return size;
};

/** Writes a number of at most 53 bits; returns the index behind it. */
export const putVarint = (to: Uint8Array, at: number, value: number): number => {
	const size = varintSize(value);
	let rest = value;
	for (let place = size - 1; place >= 0; place--) {
		to[at + place] = (rest % 0x80) | (place === size - 1 ? 0 : 0x80);
		rest = Math.floor(rest / 0x80);
	}
	return at + size;
};
