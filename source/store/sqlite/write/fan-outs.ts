import {hash} from 'node:crypto';
import {sameShare, soonAfter} from '../../../metrics/breaks/cause.js';
import type {Facts} from '../../../metrics/breaks/facts.js';
import {type ColdKind, coldKinds} from '../../../metrics/breaks/facts.js';
import {canBeTogether, longestCall, type Start, startOf} from '../../../metrics/breaks/fan-out.js';
import type {Request} from '../../../request.js';
import type {Connection} from '../file/connection.js';

/**
 * Creates the empty table, which is derived from facts. `kind` is the kind within the thread, -1 if it cannot change.
 */
export const emptyStarts = `
	DROP TABLE IF EXISTS chain_start;
	CREATE TABLE chain_start (
		row INTEGER PRIMARY KEY,
		place INTEGER NOT NULL,
		time INTEGER NOT NULL,
		id TEXT NOT NULL,
		since INTEGER NOT NULL,
		written INTEGER NOT NULL,
		kind INTEGER NOT NULL
	);
	CREATE INDEX chain_start_place ON chain_start (place, time);`;

/** A model and project, as a number. */
const placeOf = ({place}: Start): number => Number.parseInt(hash('sha1', place, 'hex').slice(0, 12), 16);

/** The first requests of chains, of all threads, to find those that were sent together. */
export class FanOuts {
	readonly #database: Connection;
	/** Times of added or changed starts, by model and project. */
	readonly #changed = new Map<number, number[]>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops what is to be settled, because a transaction was rolled back. */
	drop(): void {
		this.#changed.clear();
	}

	/**
	 * Adds a request if it starts a chain.
	 * @param isBegun true if its facts have not been revised by later requests
	 */
	add(row: number, request: Request, facts: Facts, isBegun = true): void {
		const start = facts.cold && startOf(request, facts);
		if (start) {
			const kind = facts.cold?.kind;
			const place = placeOf(start);
			this.#database.run('INSERT OR REPLACE INTO chain_start VALUES (?, ?, ?, ?, ?, ?, ?)', [
				row,
				place,
				start.time,
				start.id,
				start.since,
				start.written,
				isBegun && kind && canBeTogether(kind) ? coldKinds.indexOf(kind) : -1,
			]);
			this.#note(place, start.time);
		}
	}

	remove(row: number): void {
		const found = this.#database.row('DELETE FROM chain_start WHERE row = ? RETURNING place, time', [row]);
		if (found) {
			this.#note(found[0] as number, found[1] as number);
		}
	}

	#note(place: number, time: number): void {
		const times = this.#changed.get(place);
		if (times) {
			times.push(time);
		} else {
			this.#changed.set(place, [time]);
		}
	}

	/** Passes on each request whose kind may have changed, with the new kind. */
	settle(give: (row: number, kind: ColdKind) => void): void {
		for (const [place, times] of this.#changed) {
			const rows = new Map(
				clustersOf(times).flatMap(([from, to]) =>
					this.#database
						.rows(
							`SELECT row, time, id, since, written, kind FROM chain_start
							WHERE place = ?1 AND time BETWEEN ?2 AND ?3 + ${longestCall} AND since <= ?3 AND kind >= 0`,
							[place, from, to],
						)
						.map(found => [found[0] as number, found] as const),
				),
			);
			for (const [row, [, time = 0, id = '', since = 0, written = 0, kind]] of rows) {
				const [isTogether] = this.#database.row(
					`SELECT EXISTS (SELECT 1 FROM chain_start WHERE place = ?1 AND time BETWEEN ?2 AND ?3
					AND (time < ?3 OR id < ?4) AND abs(written - ?5) <= written * ${sameShare})`,
					[place, since, time, id, written],
				) ?? [0];
				give(row, isTogether ? 'together' : (coldKinds[kind as number] as ColdKind));
			}
		}
		this.#changed.clear();
	}
}

/** Groups times that are close to each other, as the first and last time of each group. */
const clustersOf = (times: readonly number[]): readonly (readonly [from: number, to: number])[] => {
	const clusters: [from: number, to: number][] = [];
	for (const time of [...times].sort((one, other) => one - other)) {
		const latest = clusters.at(-1);
		if (latest && time - latest[1] <= soonAfter) {
			latest[1] = time;
		} else {
			clusters.push([time, time]);
		}
	}
	return clusters;
};
