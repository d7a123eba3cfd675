import {sameShare, soonAfter} from '../../../metrics/breaks/cause.js';
import type {Facts} from '../../../metrics/breaks/facts.js';
import {type ColdKind, coldKinds} from '../../../metrics/breaks/facts.js';
import {canBeTogether, longestCall, type Start, startOf} from '../../../metrics/breaks/fan-out.js';
import type {Request} from '../../../request.js';
import type {Connection} from '../file/connection.js';
import {Insertion, type Values} from '../file/insertion.js';
import {keyOf} from '../tables/request-keys.js';

/**
 * Creates the empty table, which is derived from facts. `kind` is the kind within the thread, -1 if it cannot change;
 * `stored` the one among all threads, which is in the row of the request.
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
		kind INTEGER NOT NULL,
		stored INTEGER NOT NULL
	);
	CREATE INDEX chain_start_place ON chain_start (place, time);`;

const columns = ['row', 'place', 'time', 'id', 'since', 'written', 'kind', 'stored'] as const;

const insertion = new Insertion('chain_start', columns, null, ([, ...others]) => {
	const replaced = others.map(name => `${name} = excluded.${name}`);
	return `ON CONFLICT DO UPDATE SET ${replaced.join(', ')}`;
});

/** The values of a row, in the order of its columns. */
type StartRow = readonly [
	row: number,
	place: number,
	time: number,
	id: string,
	since: number,
	written: number,
	kind: number,
	stored: number,
];

/**
 * The starts near these: place, and first and last time of a cluster. Those that had not been answered by its end may
 * have been sent together with its last.
 */
const near = `
	SELECT start.row, start.kind, start.stored, EXISTS (
		SELECT 1 FROM chain_start AS earlier
		WHERE earlier.place = start.place AND earlier.time BETWEEN start.since AND start.time
		AND (earlier.time < start.time OR earlier.id < start.id)
		AND abs(earlier.written - start.written) <= earlier.written * ${sameShare}
	)
	FROM json_each(?) AS cluster CROSS JOIN chain_start AS start
	ON start.place = cluster.value ->> 0
	AND start.time BETWEEN cluster.value ->> 1 AND (cluster.value ->> 2) + ${longestCall}
	AND start.since <= cluster.value ->> 2 AND start.kind >= 0`;

/** A model and project, as a number. */
const placeOf = ({place}: Start): number => keyOf(place);

/** The first requests of chains, of all threads, to find those that were sent together. */
export class FanOuts {
	readonly #database: Connection;
	/** Added starts by row, until they are written together. */
	readonly #added = new Map<number, StartRow>();
	/** Times of added or changed starts, by model and project. */
	readonly #changed = new Map<number, number[]>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops what is to be settled, because a transaction was rolled back. */
	drop(): void {
		this.#added.clear();
		this.#changed.clear();
	}

	/**
	 * Adds a request if it starts a chain.
	 * @param isBegun true if its facts have not been revised by later requests
	 */
	add(row: number, request: Request, facts: Facts, isBegun = true): void {
		const start = facts.cold && startOf(request, facts);
		if (start) {
			const kind = facts.cold?.kind as ColdKind;
			const place = placeOf(start);
			const stored = coldKinds.indexOf(kind);
			const within = isBegun && canBeTogether(kind) ? stored : -1;
			this.#added.set(row, [row, place, start.time, start.id, start.since, start.written, within, stored]);
			this.#note(place, start.time);
		}
	}

	/** @param isWritten false if the request is not written yet, so its start cannot be either */
	remove(row: number, isWritten = true): void {
		const added = this.#added.get(row);
		this.#added.delete(row);
		const found = isWritten
			? this.#database.row('DELETE FROM chain_start WHERE row = ? RETURNING place, time', [row])
			: undefined;
		for (const [place, time] of [...(added ? [added.slice(1)] : []), ...(found ? [found] : [])]) {
			this.#note(place as number, time as number);
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

	/** Passes on each request whose kind has changed, with the new kind. */
	settle(give: (row: number, kind: ColdKind) => void): void {
		this.#database.insert(insertion, [...this.#added.values()], pushStart);
		this.#added.clear();
		if (this.#changed.size === 0) {
			return;
		}
		const clusters = [...this.#changed].flatMap(([place, times]) => clustersOf(times).map(ends => [place, ...ends]));
		this.#changed.clear();
		for (const [row, within, stored, isTogether] of this.#database.rows(near, [JSON.stringify(clusters)])) {
			const kind = isTogether ? together : (within as number);
			if (kind !== stored) {
				this.#database.run('UPDATE chain_start SET stored = ? WHERE row = ?', [kind, row as number]);
				give(row as number, coldKinds[kind] as ColdKind);
			}
		}
	}
}

const together = coldKinds.indexOf('together');

const pushStart = (start: StartRow, to: Values): void => {
	for (const value of start) {
		to.push(value);
	}
};

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
