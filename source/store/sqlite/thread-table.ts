import type {Connection} from './connection.js';
import {ThreadProgress} from './thread-progress.js';

/** Threads whose progress is remembered. */
const most = 5000;

/** Text as it is kept: a JSON string without its quotes holds any character, and pieces of it are pieces of the text. */
export const foldedPiece = (piece: string): string => JSON.stringify(piece.toLowerCase()).slice(1, -1);

/** Threads by name, and how far those have come that were met last. */
export class ThreadTable {
	readonly #database: Connection;
	readonly #ids = new Map<string, number>();
	readonly #progress = new Map<number, ThreadProgress>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets what it remembers of the table: another process may have changed it, or a change was taken back. */
	drop(): void {
		this.#ids.clear();
		this.#progress.clear();
	}

	/** Forgets those that were not met for longest. */
	trim(): void {
		dropOldest(this.#ids);
		dropOldest(this.#progress);
	}

	/** The number of a thread; a new one where there is none. */
	idOf(name: string): number {
		const id = this.#ids.get(name) ?? this.find(name) ?? this.#add(name);
		this.#ids.delete(name);
		this.#ids.set(name, id);
		return id;
	}

	/** The number of a thread; undefined where there is none. */
	find(name: string): number | undefined {
		return this.#database.row('SELECT id FROM thread WHERE name = ?', [JSON.stringify(name)])?.[0] as
			| number
			| undefined;
	}

	#add(name: string): number {
		const text = JSON.stringify(name);
		const folded = JSON.stringify(name.toLowerCase());
		const row = this.#database.row('INSERT INTO thread (name, folded) VALUES (?, ?) RETURNING id', [
			text,
			folded === text ? null : folded,
		]);
		const id = row?.[0] as number;
		this.#progress.set(id, new ThreadProgress(id));
		return id;
	}

	/** @param count counts a thread that is not remembered */
	progress(id: number, count: (id: number) => ThreadProgress): ThreadProgress {
		const progress = this.#progress.get(id) ?? count(id);
		this.#progress.delete(id);
		this.#progress.set(id, progress);
		return progress;
	}

	/** Has a thread counted anew. */
	setStale(id: number): void {
		const progress = this.#progress.get(id) ?? new ThreadProgress(id);
		progress.isStale = true;
		this.#progress.set(id, progress);
	}

	/** @param count counts each thread whose facts may be wrong */
	recount(count: (id: number) => ThreadProgress): void {
		for (const {id, isStale} of [...this.#progress.values()]) {
			if (isStale) {
				this.#progress.set(id, count(id));
			}
		}
	}

	/** Of the threads whose names hold all these pieces, whatever their case. */
	holding(pieces: readonly string[]): readonly number[] {
		const condition = pieces.map(() => 'instr(coalesce(folded, name), ?)').join(' AND ');
		const folded = pieces.map(piece => piece.toLowerCase());
		return (
			this.#database
				// Only where something is escaped may a piece of the JSON be none of the name.
				.rows(
					`SELECT id, CASE WHEN instr(name, '\\') THEN coalesce(folded, name) END FROM thread WHERE ${condition}`,
					pieces.map(foldedPiece),
				)
				.flatMap(([id, escaped]) => {
					const name = typeof escaped === 'string' ? (JSON.parse(escaped) as string) : undefined;
					return name === undefined || folded.every(piece => name.includes(piece)) ? (id as number) : [];
				})
		);
	}
}

const dropOldest = <Key>(remembered: Map<Key, unknown>): void => {
	for (const key of remembered.keys()) {
		if (remembered.size <= most) {
			break;
		}
		remembered.delete(key);
	}
};
