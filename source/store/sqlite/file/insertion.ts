import type {Value} from './connection.js';

/** Rows of one statement: each statement costs as much as some of them. */
const rowsAtOnce = 16;

/** Takes the values of a row one after the other. */
export type Values = {push(value: Value): unknown};

/** The columns that any row told so far, and the texts of statements with them, by how many rows they insert. */
type ReportedValues = {readonly places: readonly number[]; readonly texts: Map<number, string>};

/**
 * How rows of a table are inserted. To hand a value to the engine costs more than all else: columns that no row told so
 * far are left to their defaults.
 */
export class Insertion {
	readonly #into: string;
	readonly #columns: readonly string[];
	readonly #default: Value;
	readonly #after: (columns: readonly string[]) => string;
	#told: ReportedValues = {places: [], texts: new Map()};

	/**
	 * @param columns where none may be told, the first is
	 * @param untold what stands in a column that is left out
	 * @param after what follows the values of some columns
	 */
	constructor(
		table: string,
		columns: readonly string[],
		untold: null | 0 = null,
		after: (columns: readonly string[]) => string = () => '',
	) {
		this.#into = table;
		this.#columns = columns;
		this.#default = untold;
		this.#after = after;
	}

	/**
	 * Inserts rows, in their order, many at once.
	 * @param push appends the values of a row
	 */
	run<Item>(
		items: readonly Item[],
		push: (item: Item, to: Values) => void,
		insert: (sql: string, values: readonly Value[]) => void,
	): void {
		for (let at = 0; at < items.length; ) {
			const rows = items.length - at >= rowsAtOnce ? rowsAtOnce : 1;
			const values = new Filled(rows * this.#columns.length);
			for (const end = at + rows; at < end; at++) {
				push(items[at] as Item, values);
			}
			this.#look(values.all);
			insert(this.#text(rows), this.#toldOf(values.all));
		}
	}

	/** Takes in which columns some rows tell: few are told of, and those soon. */
	#look(values: readonly Value[]): void {
		const {places} = this.#told;
		const count = this.#columns.length;
		if (places.length === count) {
			return;
		}
		const told = new Set([0, ...places]);
		for (let column = 1; column < count; column++) {
			for (let at = column; at < values.length && !told.has(column); at += count) {
				if (values[at] !== this.#default) {
					told.add(column);
				}
			}
		}
		if (told.size > places.length) {
			this.#told = {places: [...told].sort((one, other) => one - other), texts: new Map()};
		}
	}

	/** The values of the columns that are told. */
	#toldOf(values: readonly Value[]): readonly Value[] {
		const {places} = this.#told;
		const count = this.#columns.length;
		if (places.length === count) {
			return values;
		}
		const told = new Filled((values.length / count) * places.length);
		for (let row = 0; row < values.length; row += count) {
			for (const place of places) {
				told.push(values[row + place] as Value);
			}
		}
		return told.all;
	}

	#text(rows: number): string {
		const {places, texts} = this.#told;
		let text = texts.get(rows);
		if (text === undefined) {
			const columns = places.map(place => this.#columns[place] as string);
			const row = `(${columns.map(() => '?').join(', ')})`;
			text = `INSERT INTO ${this.#into} (${columns.join(', ')}) VALUES ${Array.from({length: rows}, () => row).join(', ')} ${this.#after(columns)}`;
			texts.set(rows, text);
		}
		return text;
	}
}

/** Values of which it is known how many there will be: a list that grows is copied several times. */
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
