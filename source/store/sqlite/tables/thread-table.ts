import type {Connection} from '../file/connection.js';
import {Recent} from '../read/recent.js';
import {type Checkpoint, ThreadProgress} from '../write/thread-progress.js';

/** Names added per statement. */
const namesAtOnce = 20;

/**
 * A lower-case part of a name as stored: a JSON string without quotes can hold any character, and parts of the JSON
 * match parts of the name.
 */
const foldedPiece = (piece: string): string => JSON.stringify(piece.toLowerCase()).slice(1, -1);

/** Threads by name, and the progress of those used recently. */
export class ThreadTable {
	readonly #database: Connection;
	readonly #ids = new Recent<string, number>();
	readonly #progress = new Recent<number, ThreadProgress>();
	/** Threads that may have progressed since they were last settled. */
	readonly #met = new Set<number>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops its cache, because another process may have changed the table, or a transaction was rolled back. */
	drop(): void {
		this.#ids.clear();
		this.#progress.clear();
		this.#met.clear();
	}

	/** Drops the threads used least recently. */
	trim(): void {
		this.#ids.trim();
		this.#progress.trim();
	}

	/** The number of a thread, which is added if new. */
	idOf(name: string): number {
		let id = this.#ids.get(name);
		if (id === undefined) {
			this.#add([name]);
			id = this.#ids.get(name) ?? (this.find(name) as number);
			this.#ids.set(name, id);
		}
		return id;
	}

	/** Adds those of these threads that are new, in bulk: one by one takes several times as long. */
	meet(names: readonly (string | undefined)[]): void {
		const unknown = new Set<string>();
		for (const name of names) {
			if (name !== undefined && this.#ids.get(name) === undefined) {
				unknown.add(name);
			}
		}
		this.#add([...unknown]);
	}

	/** The number of a thread, by any of its names; undefined if there is none. */
	find(name: string): number | undefined {
		return this.#database.row('SELECT coalesce(part_of, id) FROM thread WHERE name = ?', [JSON.stringify(name)])?.[0] as
			| number
			| undefined;
	}

	/** The name of a thread; undefined if no thread has this number. */
	nameOf(id: number): string | undefined {
		const text = this.#database.row('SELECT name FROM thread WHERE id = ?', [id])?.[0];
		return typeof text === 'string' ? (JSON.parse(text) as string) : undefined;
	}

	/** The current name of the thread with this name; the name itself if there is none. */
	threadOf(name: string): string {
		const id = this.find(name);
		return (id === undefined ? undefined : this.nameOf(id)) ?? name;
	}

	/** Makes one thread a part of another, whose name it goes by from now on. */
	join(part: number, whole: number): void {
		this.#database.run('UPDATE thread SET part_of = ?1 WHERE id = ?2 OR part_of = ?2', [whole, part]);
		this.#ids.clear();
		this.forget(part);
	}

	/** Names of threads that became parts of others, with the names of the whole. */
	joined(): readonly (readonly [part: string, whole: string])[] {
		return this.#database
			.rows('SELECT part.name, whole.name FROM thread part JOIN thread whole ON whole.id = part.part_of')
			.map(([part, whole]) => [JSON.parse(part as string) as string, JSON.parse(whole as string) as string]);
	}

	/** Ignores names that exist already: most names that are looked up for the first time are new. */
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

	/** @param count computes the progress of a thread that is not cached */
	progress(id: number, count: (id: number) => ThreadProgress): ThreadProgress {
		this.#met.add(id);
		let progress = this.#progress.get(id);
		if (!progress) {
			progress = count(id);
			this.#progress.set(id, progress);
		}
		return progress;
	}

	/** Marks a thread to be recounted from a time, in epoch milliseconds. */
	setStale(id: number, from: number): void {
		const progress = this.#progress.get(id) ?? new ThreadProgress(id);
		progress.setStale(from);
		this.#progress.set(id, progress);
		this.#met.add(id);
	}

	/**
	 * @param recount recounts a thread whose facts may be wrong from a time on
	 * @param openSince threads without a request since this time, in epoch milliseconds, are not expected to continue
	 * @param save stores the progress of a thread
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

	/** Drops what is cached of a thread, so that it is recounted from its beginning the next time. */
	forget(id: number): void {
		this.#progress.delete(id);
	}

	/** Numbers of the threads whose names contain all of these texts, ignoring case. */
	holding(pieces: readonly string[]): readonly number[] {
		const condition = ['part_of IS NULL', ...pieces.map(() => 'instr(coalesce(folded, name), ?)')].join(' AND ');
		const folded = pieces.map(piece => piece.toLowerCase());
		return (
			this.#database
				// Only if something is escaped can a part of the JSON not be a part of the name.
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
