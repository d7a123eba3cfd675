import type {Value} from './value.js';

/** Possible numbers of rows per statement: a statement costs as much as a row. */
const [mostAtOnce, ...fewerAtOnce] = [64, 16, 4, 1] as const;

/** As many of the remaining rows as are inserted at once. */
const rowsAtOnce = (left: number): number =>
	left >= mostAtOnce ? mostAtOnce : (fewerAtOnce.find(rows => rows <= left) as number);

/** Receives the values of a row one after the other. */
export type Values = {push(value: Value): unknown};

/** Columns that have had a value other than the default so far, and the statements for them by number of rows. */
type IncludedColumns = {readonly places: readonly number[]; readonly texts: Map<number, string>};

/**
 * Inserts rows into a table. Passing a value to SQLite costs more than anything else, so columns that have had only
 * their default so far are left out.
 */
export class Insertion {
	/** The table. */
	readonly into: string;
	readonly columns: readonly string[];
	readonly #default: Value;
	readonly #after: (columns: readonly string[]) => string;
	#included: IncludedColumns = {places: [], texts: new Map()};

	/**
	 * @param columns the first is always included
	 * @param usual default of every column
	 * @param after SQL after the values, given the columns that are included
	 */
	constructor(
		table: string,
		columns: readonly string[],
		usual: null | 0 = null,
		after: (columns: readonly string[]) => string = () => '',
	) {
		this.into = table;
		this.columns = columns;
		this.#default = usual;
		this.#after = after;
	}

	/**
	 * Inserts rows in their order, many per statement.
	 * @param push appends the values of a row
	 */
	run<Item>(
		items: readonly Item[],
		push: (item: Item, to: Values) => void,
		insert: (sql: string, values: readonly Value[]) => void,
	): void {
		for (let at = 0; at < items.length; ) {
			const rows = rowsAtOnce(items.length - at);
			const values = new Filled(rows * this.columns.length);
			for (const end = at + rows; at < end; at++) {
				push(items[at] as Item, values);
			}
			this.#include(values.all);
			insert(this.#text(rows), this.#includedOf(values.all));
		}
	}

	/** Includes the columns for which some row has a value. Nearly all of these are found among the first rows. */
	#include(values: readonly Value[]): void {
		const {places} = this.#included;
		const count = this.columns.length;
		if (places.length === count) {
			return;
		}
		const included = new Set([0, ...places]);
		for (let column = 1; column < count; column++) {
			for (let at = column; at < values.length && !included.has(column); at += count) {
				if (values[at] !== this.#default) {
					included.add(column);
				}
			}
		}
		if (included.size > places.length) {
			this.#included = {places: [...included].sort((one, other) => one - other), texts: new Map()};
		}
	}

	/** The values of the included columns. */
	#includedOf(values: readonly Value[]): readonly Value[] {
		const {places} = this.#included;
		const count = this.columns.length;
		if (places.length === count) {
			return values;
		}
		const included = new Filled((values.length / count) * places.length);
		for (let row = 0; row < values.length; row += count) {
			for (const place of places) {
				included.push(values[row + place] as Value);
			}
		}
		return included.all;
	}

	#text(rows: number): string {
		const {places, texts} = this.#included;
		let text = texts.get(rows);
		if (text === undefined) {
			const columns = places.map(place => this.columns[place] as string);
			const row = `(${columns.map(() => '?').join(', ')})`;
			text = `INSERT INTO ${this.into} (${columns.join(', ')}) VALUES ${Array.from({length: rows}, () => row).join(', ')} ${this.#after(columns)}`;
			texts.set(rows, text);
		}
		return text;
	}
}

/** A list of known length: one that grows is copied several times. */
class Filled implements Values {
	readonly all: Value[];
	#count = 0;

	constructor(count: number) {
		this.all = new Array(count);
	}

	push(value: Value): void {
		this.all[this.#count++] = value;
	}
}
