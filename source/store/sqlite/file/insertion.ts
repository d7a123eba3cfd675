import type {Value} from './connection.js';

/** Rows of one statement: each statement costs as much as some of them. */
const rowsAtOnce = 50;

/** How rows of a table are inserted. Columns that are seldom told stand last: NULLs at the end cost nothing then. */
export class Insertion {
	readonly #into: string;
	readonly #columns: readonly string[];
	readonly #after: string;
	/** Texts of statements, by how many rows and columns they are of: the engine's are found by them. */
	readonly #texts = new Map<number, string>();

	/** @param after what follows the values */
	constructor(table: string, columns: readonly string[], after = '') {
		this.#into = table;
		this.#columns = columns;
		this.#after = after;
	}

	/**
	 * Inserts rows, in their order, many at once.
	 * @param push appends the values of a row
	 */
	run<Item>(
		items: readonly Item[],
		push: (item: Item, to: Value[]) => void,
		insert: (sql: string, values: readonly Value[]) => void,
	): void {
		for (let at = 0; at < items.length; ) {
			const rows = items.length - at >= rowsAtOnce ? rowsAtOnce : 1;
			const values: Value[] = [];
			for (const end = at + rows; at < end; at++) {
				push(items[at] as Item, values);
			}
			const told = this.#told(values);
			insert(this.#text(rows, told), this.#first(told, values));
		}
	}

	/** How many columns there are up to the last that any row tells. */
	#told(values: readonly Value[]): number {
		const count = this.#columns.length;
		let told = 1;
		for (let row = 0; row < values.length && told < count; row += count) {
			let last = count;
			while (last > told && values[row + last - 1] === null) {
				last--;
			}
			told = last;
		}
		return told;
	}

	/** The values of so many columns. */
	#first(columns: number, values: readonly Value[]): readonly Value[] {
		const count = this.#columns.length;
		if (columns === count) {
			return values;
		}
		const first: Value[] = [];
		for (let row = 0; row < values.length; row += count) {
			for (let column = 0; column < columns; column++) {
				first.push(values[row + column] as Value);
			}
		}
		return first;
	}

	#text(rows: number, columns: number): string {
		const which = rows * (this.#columns.length + 1) + columns;
		let text = this.#texts.get(which);
		if (text === undefined) {
			const places = `(${Array.from({length: columns}, () => '?').join(', ')})`;
			const names = this.#columns.slice(0, columns).join(', ');
			text = `INSERT INTO ${this.#into} (${names}) VALUES ${Array.from({length: rows}, () => places).join(', ')} ${this.#after}`;
			this.#texts.set(which, text);
		}
		return text;
	}
}
