import type {Connection} from '../file/connection.js';

/** Maximum number of logs looked up together. */
const most = 1024;
/** If at least this share of the logs looked up together is used, more are looked up the next time. */
const usedShare = 1 / 8;

/** All entries between two paths, in descending order. */
type Page = {
	readonly from: string;
	/** Undefined if there is no entry before these. */
	readonly to: string | undefined;
	readonly glances: ReadonlyMap<string, string | null>;
	/** How many of them were used. */
	used: number;
};

const noPage = (): Page => ({from: '', to: '', glances: new Map(), used: 0});

/**
 * Short summaries of unchanged logs by path. Thousands are requested one after another, in each folder newest name
 * first, so the entries before a requested path are read with it.
 */
export class LogGlances {
	readonly #database: Connection;
	#page = noPage();
	/** Number of entries to read together. */
	#ahead = 1;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops what was read. */
	drop(): void {
		this.#page = noPage();
	}

	/** Undefined if the log has no entry, or its entry has no summary. */
	of(path: string): string | undefined {
		const {from, to} = this.#page;
		if (path > from || (to !== undefined && path < to)) {
			this.#turn(path);
		}
		const glance = this.#page.glances.get(path);
		if (typeof glance === 'string') {
			this.#page.used++;
		}
		return glance ?? undefined;
	}

	#turn(from: string): void {
		const {glances: before, used} = this.#page;
		this.#ahead = used > before.size * usedShare ? Math.min(2 * this.#ahead, most) : 1;
		// As a single text, because fetching values individually takes longer than finding them.
		const [text] =
			this.#database.row(
				'SELECT json_group_array(json_array(path, glance)) FROM (SELECT path, glance FROM log WHERE path <= ? ORDER BY path DESC LIMIT ?)',
				[from, this.#ahead],
			) ?? [];
		const glances = new Map(JSON.parse(text as string) as readonly (readonly [string, string | null])[]);
		const to = glances.size < this.#ahead ? undefined : [...glances.keys()].at(-1);
		this.#page = {from, to, glances, used: 0};
	}
}
