import type {Connection} from '../file/connection.js';

/** Logs that are looked up together at most. */
const most = 1024;
/** Where a larger share than this of those that were looked up together is asked for, more are looked up the next time. */
const usedShare = 1 / 8;

/** All that are kept of the paths between two, backwards. */
type Page = {
	readonly from: string;
	/** Undefined where nothing is kept of a path before these. */
	readonly to: string | undefined;
	readonly glances: ReadonlyMap<string, string | null>;
	/** How many of them were asked for. */
	used: number;
};

const noPage = (): Page => ({from: '', to: '', glances: new Map(), used: 0});

/**
 * What is told of logs that have not changed, by their paths. Thousands are asked for one after the other, those of a
 * folder with the newest names first: so those whose paths come before one that is asked for are looked up with it.
 */
export class LogGlances {
	readonly #database: Connection;
	#page = noPage();
	/** How many are looked up together. */
	#ahead = 1;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets what was looked up. */
	drop(): void {
		this.#page = noPage();
	}

	/** Undefined where nothing is kept of a log, or a glance does not tell it. */
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
		// All in one text: that each value is handed over by itself takes longer than to find it.
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
