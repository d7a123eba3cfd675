import type {Log} from '../../../log.js';
import {boundName} from '../../../text/bound-names.js';
import type {SavedState} from '../../store.js';
import type {Connection} from '../file/connection.js';
import {Insertion, type Values} from '../file/insertion.js';
import {LogGlances} from './log-glances.js';

/** A stored log. */
type Known = {readonly id: number; readonly name: string};

/** A log that is to be written: its position, and the summary that is valid until it changes. */
type Added = {
	readonly id: number;
	readonly path: string;
	name: string;
	cursor: string | null;
	glance: string | null;
};

/** Logs, and the position up to which each was read. */
export class LogTable {
	readonly #database: Connection;
	/** Stored logs by path. */
	readonly #known = new Map<string, Known>();
	/** Names that this process gives to logs, by path; another process may name them differently. */
	readonly #called = new Map<string, string>();
	/** Names of logs in this process, by number. */
	readonly #names = new Map<number, string>();
	#areAllNamed = false;
	/** New logs by path, until they are written together. */
	readonly #added = new Map<string, Added>();
	/** The highest number of a log; undefined if others may have added some since. */
	#last: number | undefined;
	/** True if `#known` has all logs, because the store was empty when it was opened. */
	#areAllKnown = false;
	/** The cursor that was looked up last: a source and its reader look up the same one, one after the other. */
	#asked: {readonly path: string; readonly cursor: unknown} | undefined;
	readonly #glances: LogGlances;

	constructor(database: Connection) {
		this.#database = database;
		this.#glances = new LogGlances(database);
	}

	/** Drops its cache, because another process may have changed the table, or a transaction was rolled back. */
	drop(): void {
		this.#known.clear();
		this.#added.clear();
		this.#last = undefined;
		this.#areAllKnown = false;
		this.#forgetNames();
		this.#asked = undefined;
		this.#glances.drop();
	}

	#forgetNames(): void {
		this.#names.clear();
		this.#areAllNamed = false;
	}

	/** Sets the name of a log in this process. */
	call({id: path, name}: Log): void {
		if (this.#called.get(path) !== name) {
			this.#called.set(path, name);
			this.#forgetNames();
		}
	}

	/** The cursor of a log as plain data, which must not be changed; undefined if there is none. */
	cursor(path: string): unknown {
		if (this.#asked?.path !== path) {
			const [cursor] = this.#isNew(path)
				? []
				: (this.#database.row('SELECT cursor FROM log WHERE path = ?', [path]) ?? []);
			this.#asked = {path, cursor: typeof cursor === 'string' ? JSON.parse(cursor) : undefined};
		}
		return this.#asked.cursor;
	}

	/** The summary stored with the cursor, valid until the log changes. */
	glance(path: string): string | undefined {
		return this.#isNew(path) ? undefined : this.#glances.of(path);
	}

	/** Sets the position of a log, and the summary that is valid until it changes; not those of a forgotten log. */
	setCursor({log, cursor, glance, isContinued = false}: SavedState): void {
		const text = cursor === undefined ? null : JSON.stringify(cursor);
		this.#asked = undefined;
		const id = this.idOf(log);
		const added = this.#added.get(log.id);
		if (added && isContinued) {
			return;
		}
		if (added) {
			added.cursor = text;
			added.glance = glance ?? null;
		} else {
			this.#glances.drop();
			this.#database.run(
				'UPDATE log SET cursor = ?, glance = ? WHERE id = ? AND (NOT ? OR coalesce(cursor, glance) IS NOT NULL)',
				[text, glance ?? null, id, Number(isContinued)],
			);
		}
	}

	/** Writes new logs. To be called at the end of each transaction. */
	flush(): void {
		this.#last = undefined;
		if (this.#added.size > 0) {
			this.#database.insert(insertion, [...this.#added.values()], push);
			this.#added.clear();
			this.#glances.drop();
		}
	}

	/** The number of a log, which is added if new. If it is stored under another name, the name is replaced. */
	idOf({id: path, name}: Log): number {
		const known = this.#known.get(path) ?? this.#find(path) ?? this.#add(path, name);
		if (known.name !== name) {
			this.#rename(path, known.id, name);
		}
		if (known !== this.#known.get(path) || known.name !== name) {
			this.#known.set(path, {id: known.id, name});
		}
		return known.id;
	}

	/** The name of a log, by the number in a row. */
	name(id: number): string {
		let name = this.#names.get(id);
		if (name === undefined) {
			const [path, kept] = this.#database.row('SELECT path, coalesce(name, path) FROM log WHERE id = ?', [id]) ?? [];
			name = this.#nameOf(path as string, kept as string);
			this.#names.set(id, name);
		}
		return name;
	}

	/** The names of all logs, by number. */
	names(): ReadonlyMap<number, string> {
		if (this.#areAllNamed) {
			return this.#names;
		}
		this.#areAllNamed = true;
		const columns = ['id', 'path', 'name'] as const;
		for (const [id, path, name] of this.#database.rowsAtOnce(columns, `SELECT ${columns.join(', ')} FROM log`)) {
			this.#names.set(id as number, this.#nameOf(path as string, (name ?? path) as string));
		}
		return this.#names;
	}

	#rename(path: string, id: number, name: string): void {
		const added = this.#added.get(path);
		if (added) {
			added.name = name;
		} else {
			this.#database.run('UPDATE log SET name = nullif(?, path) WHERE id = ?', [name, id]);
		}
		this.#names.set(id, this.#nameOf(path, name));
	}

	#nameOf(path: string, name: string): string {
		return boundName(this.#called.get(path) ?? name) as string;
	}

	/** True if, as far as this process knows, nothing is stored about a log. */
	#isNew(path: string): boolean {
		this.#lookForLast();
		return this.#areAllKnown && !this.#known.has(path);
	}

	#lookForLast(): number {
		if (this.#last === undefined) {
			this.#last = (this.#database.row('SELECT max(id) FROM log')?.[0] ?? 0) as number;
			this.#areAllKnown = this.#last === this.#known.size;
		}
		return this.#last;
	}

	#find(path: string): Known | undefined {
		if (this.#isNew(path)) {
			return undefined;
		}
		const row = this.#database.row('SELECT id, coalesce(name, path) FROM log WHERE path = ?', [path]);
		return row && {id: row[0] as number, name: row[1] as string};
	}

	#add(path: string, name: string): Known {
		const id = this.#lookForLast() + 1;
		this.#last = id;
		this.#added.set(path, {id, path, name, cursor: null, glance: null});
		this.#names.set(id, this.#nameOf(path, name));
		return {id, name};
	}
}

const insertion = new Insertion('log', ['id', 'path', 'glance', 'name', 'cursor']);

const push = ({id, path, name, cursor, glance}: Added, to: Values): void => {
	for (const value of [id, path, glance, name === path ? null : name, cursor]) {
		to.push(value);
	}
};
