import type {Log} from '../../../log.js';
import type {Connection} from '../file/connection.js';

/** Logs, and where the reading of each goes on. */
export class LogTable {
	readonly #database: Connection;
	readonly #known = new Map<string, {readonly id: number; readonly name: string}>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets what it remembers of the table: another process may have changed it, or a change was taken back. */
	drop(): void {
		this.#known.clear();
	}

	/** Plain data; undefined where nothing was kept. */
	cursor(path: string): unknown {
		const [cursor] = this.#database.row('SELECT cursor FROM log WHERE path = ?', [path]) ?? [];
		return typeof cursor === 'string' ? JSON.parse(cursor) : undefined;
	}

	setCursor(log: Log, cursor: unknown): void {
		const text = cursor === undefined ? null : JSON.stringify(cursor);
		this.#database.run('UPDATE log SET cursor = ? WHERE id = ?', [text, this.idOf(log).id]);
	}

	/** Its key, and whether it was kept under another name, which is then replaced. */
	idOf({id: path, name}: Log): {readonly id: number; readonly isRenamed: boolean} {
		const known = this.#known.get(path) ?? this.#find(path) ?? this.#add(path, name);
		const isRenamed = known.name !== name;
		if (isRenamed) {
			this.#database.run('UPDATE log SET name = ? WHERE id = ?', [name, known.id]);
		}
		this.#known.set(path, {id: known.id, name});
		return {id: known.id, isRenamed};
	}

	#find(path: string): {readonly id: number; readonly name: string} | undefined {
		const row = this.#database.row('SELECT id, name FROM log WHERE path = ?', [path]);
		return row && {id: row[0] as number, name: row[1] as string};
	}

	#add(path: string, name: string): {readonly id: number; readonly name: string} {
		const row = this.#database.row('INSERT INTO log (path, name) VALUES (?, ?) RETURNING id', [path, name]);
		return {id: row?.[0] as number, name};
	}
}
