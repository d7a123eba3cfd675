import type {Connection} from '../file/connection.js';
import {Recent} from '../read/recent.js';
import {type Checkpoint, ThreadProgress} from '../write/thread-progress.js';

/** Names that one statement adds. */
const namesAtOnce = 20;

/** Text as it is kept: a JSON string without its quotes holds any character, and pieces of it are pieces of the text. */
const foldedPiece = (piece: string): string => JSON.stringify(piece.toLowerCase()).slice(1, -1);

/** Threads by name, and how far those have come that were met last. */
export class ThreadTable {
	readonly #database: Connection;
	readonly #ids = new Recent<string, number>();
	readonly #progress = new Recent<number, ThreadProgress>();
	/** Threads that may have come further since they were settled last. */
	readonly #met = new Set<number>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets what it remembers of the table: another process may have changed it, or a change was taken back. */
	drop(): void {
		this.#ids.clear();
		this.#progress.clear();
		this.#met.clear();
	}

	/** Forgets those that were not met for longest. */
	trim(): void {
		this.#ids.trim();
		this.#progress.trim();
	}

	/** The number of a thread; a new one where there is none. */
	idOf(name: string): number {
		let id = this.#ids.get(name);
		if (id === undefined) {
			this.#add([name]);
			id = this.#ids.get(name) ?? (this.find(name) as number);
			this.#ids.set(name, id);
		}
		return id;
	}

	/** Gives those of these threads that are new their numbers, all at once: one by one that takes several times as long. */
	meet(names: readonly (string | undefined)[]): void {
		const unknown = new Set<string>();
		for (const name of names) {
			if (name !== undefined && this.#ids.get(name) === undefined) {
				unknown.add(name);
			}
		}
		this.#add([...unknown]);
	}

	/** The number of a thread, by any of its names; undefined where there is none. */
	find(name: string): number | undefined {
		return this.#database.row('SELECT coalesce(part_of, id) FROM thread WHERE name = ?', [JSON.stringify(name)])?.[0] as
			| number
			| undefined;
	}

	/** What a thread is called; undefined where there is none of this number. */
	nameOf(id: number): string | undefined {
		const text = this.#database.row('SELECT name FROM thread WHERE id = ?', [id])?.[0];
		return typeof text === 'string' ? (JSON.parse(text) as string) : undefined;
	}

	/** What the thread of this name is called; the name itself where there is none. */
	threadOf(name: string): string {
		const id = this.find(name);
		return (id === undefined ? undefined : this.nameOf(id)) ?? name;
	}

	/** Makes a thread a part of another: from now on its name stands for that one. */
	join(part: number, whole: number): void {
		this.#database.run('UPDATE thread SET part_of = ?1 WHERE id = ?2 OR part_of = ?2', [whole, part]);
		this.#ids.clear();
		this.forget(part);
	}

	/** Names that stand for a thread of another name, with that name. */
	joined(): readonly (readonly [part: string, whole: string])[] {
		return this.#database
			.rows('SELECT part.name, whole.name FROM thread part JOIN thread whole ON whole.id = part.part_of')
			.map(([part, whole]) => [JSON.parse(part as string) as string, JSON.parse(whole as string) as string]);
	}

	/** Leaves those alone that there are already: most that are met for the first time are new. */
	#add(names: readonly string[]): void {
		for (let at = 0; at < names.length; at += namesAtOnce) {
			const some = names.slice(at, at + namesAtOnce).map(name => ({name, text: JSON.stringify(name)}));
			const added = this.#database.rows(
				`INSERT INTO thread (name, folded) VALUES ${some.map(() => '(?, ?)').join(', ')}
				ON CONFLICT DO NOTHING RETURNING name, id`,
				some.flatMap(({name, text}) => {
					const folded = JSON.stringify(name.toLowerCase());
					return [text, folded === text ? null : folded];
				}),
			);
			const ids = new Map(added.map(([text, id]) => [text, id as number]));
			for (const {name, text} of some) {
				const id = ids.get(text);
				if (id !== undefined) {
					this.#ids.set(name, id);
					this.#progress.set(id, new ThreadProgress(id));
				}
			}
		}
	}

	/** @param count counts a thread that is not remembered */
	progress(id: number, count: (id: number) => ThreadProgress): ThreadProgress {
		this.#met.add(id);
		let progress = this.#progress.get(id);
		if (!progress) {
			progress = count(id);
			this.#progress.set(id, progress);
		}
		return progress;
	}

	/** Has a thread counted anew since a time, epoch milliseconds. */
	setStale(id: number, from: number): void {
		const progress = this.#progress.get(id) ?? new ThreadProgress(id);
		progress.setStale(from);
		this.#progress.set(id, progress);
		this.#met.add(id);
	}

	/**
	 * @param recount counts a thread whose facts may be wrong since a time
	 * @param openSince threads without a request since this time are not expected to go on, epoch milliseconds
	 * @param save keeps how far a thread has come
	 */
	settle(
		recount: (stale: ThreadProgress) => ThreadProgress,
		openSince: number,
		save: (id: number, checkpoint: Checkpoint | undefined) => void,
	): void {
		for (const id of this.#met) {
			const progress = this.#progress.get(id);
			if (!progress) {
				continue;
			}
			const settled = progress.isStale ? recount(progress) : progress;
			this.#progress.set(settled.id, settled);
			settled.save(openSince, checkpoint => save(settled.id, checkpoint));
		}
		this.#met.clear();
	}

	/** Has a thread counted anew from its beginning when it is met next: what is remembered of it holds no more. */
	forget(id: number): void {
		this.#progress.delete(id);
	}

	/** Of the threads whose names hold all these pieces, whatever their case. */
	holding(pieces: readonly string[]): readonly number[] {
		const condition = ['part_of IS NULL', ...pieces.map(() => 'instr(coalesce(folded, name), ?)')].join(' AND ');
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
