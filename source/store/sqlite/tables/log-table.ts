import type {Log} from '../../../log.js';
import {boundName} from '../../../text/bound-names.js';
import type {Connection} from '../file/connection.js';

/** A log as it is kept. */
type Known = {readonly id: number; readonly name: string};

/** Logs, and where the reading of each goes on. */
export class LogTable {
	readonly #database: Connection;
	/** By their paths. */
	readonly #known = new Map<string, Known>();
	/** What this process calls logs, by their paths; another one may call them otherwise. */
	readonly #called = new Map<string, string>();
	/** What logs are called here, by number. */
	readonly #names = new Map<number, string>();
	#areAllNamed = false;
	/** The cursor that was asked for last: a source and its reader ask for the same one, one after the other. */
	#asked: {readonly path: string; readonly cursor: unknown} | undefined;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets what it remembers of the table: another process may have changed it, or a change was taken back. */
	drop(): void {
		this.#known.clear();
		this.#forgetNames();
		this.#asked = undefined;
	}

	#forgetNames(): void {
		this.#names.clear();
		this.#areAllNamed = false;
	}

	/** A log is called so from now on. */
	call({id: path, name}: Log): void {
		if (this.#called.get(path) !== name) {
			this.#called.set(path, name);
			this.#forgetNames();
		}
	}

	/** Plain data that is not to be changed; undefined where nothing was kept. */
	cursor(path: string): unknown {
		if (this.#asked?.path !== path) {
			const [cursor] = this.#database.row('SELECT cursor FROM log WHERE path = ?', [path]) ?? [];
			this.#asked = {path, cursor: typeof cursor === 'string' ? JSON.parse(cursor) : undefined};
		}
		return this.#asked.cursor;
	}

	setCursor(log: Log, cursor: unknown): void {
		const text = cursor === undefined ? null : JSON.stringify(cursor);
		this.#asked = undefined;
		this.#database.run('UPDATE log SET cursor = ? WHERE id = ?', [text, this.idOf(log)]);
	}

	/** Its number; a new one where there is none. Where it was kept under another name, that is replaced. */
	idOf({id: path, name}: Log): number {
		const known = this.#known.get(path) ?? this.#find(path) ?? this.#add(path, name);
		if (known.name !== name) {
			this.#database.run('UPDATE log SET name = ? WHERE id = ?', [name, known.id]);
			this.#names.delete(known.id);
		}
		if (known !== this.#known.get(path) || known.name !== name) {
			this.#known.set(path, {id: known.id, name});
		}
		return known.id;
	}

	/** What a log is called, by a number that a row refers to. */
	name(id: number): string {
		let name = this.#names.get(id);
		if (name === undefined) {
			const [path, kept] = this.#database.row('SELECT path, name FROM log WHERE id = ?', [id]) ?? [];
			name = this.#nameOf(path as string, kept as string);
			this.#names.set(id, name);
		}
		return name;
	}

	/** What all logs are called, by number. */
	names(): ReadonlyMap<number, string> {
		if (this.#areAllNamed) {
			return this.#names;
		}
		this.#areAllNamed = true;
		for (const [id, path, name] of this.#database.each('SELECT id, path, name FROM log')) {
			this.#names.set(id as number, this.#nameOf(path as string, name as string));
		}
		return this.#names;
	}

	#nameOf(path: string, name: string): string {
		return boundName(this.#called.get(path) ?? name) as string;
	}

	#find(path: string): Known | undefined {
		const row = this.#database.row('SELECT id, name FROM log WHERE path = ?', [path]);
		return row && {id: row[0] as number, name: row[1] as string};
	}

	#add(path: string, name: string): Known {
		this.#areAllNamed = false;
		const row = this.#database.row('INSERT INTO log (path, name) VALUES (?, ?) RETURNING id', [path, name]);
		return {id: row?.[0] as number, name};
	}
}
