import type {Facts} from '../../../metrics/breaks/facts.js';
import type {Connection} from '../file/connection.js';
import {Insertion, type Values} from '../file/insertion.js';
import type {Indices} from '../tables/indices.js';
import type {Kept} from '../tables/kept-rows.js';
import {column, type Rollup, rollups, threadRollup} from '../tables/rollup-tables.js';
import {type Delta, Deltas, type SumsPlace} from './deltas.js';

/** Keeps the sums consistent with the requests: collects changes, and writes them on demand. */
export class RollupWriter {
	readonly #database: Connection;
	readonly #indices: Indices;
	readonly #deltas = rollups.map(rollup => ({
		rollup,
		insertion: insertionOf(rollup),
		deltas: new Deltas(rollup),
	}));

	constructor(database: Connection, indices: Indices) {
		this.#database = database;
		this.#indices = indices;
	}

	add(kept: Kept): void {
		for (const {deltas} of this.#deltas) {
			deltas.add(kept);
		}
	}

	/** @param stays true if the request is added again with the same time, thread, lane and log */
	remove(kept: Kept, stays = false): void {
		for (const {deltas} of this.#deltas) {
			deltas.remove(kept, stays);
		}
	}

	/** Replaces the facts of a request that is otherwise unchanged. */
	replaceFacts(place: SumsPlace, before: Facts, after: Facts): void {
		for (const {deltas} of this.#deltas) {
			deltas.replaceFacts(place, before, after);
		}
	}

	/** Drops the collected changes. */
	drop(): void {
		for (const {deltas} of this.#deltas) {
			deltas.take();
		}
	}

	flush(): void {
		for (const {rollup, insertion, deltas} of this.#deltas) {
			for (const {width, deltas: changes} of deltas.take()) {
				this.#database.insert(insertion, changes, (delta, to) => push(width, delta, to));
				for (const delta of changes) {
					if (delta.isNarrowed) {
						this.#narrow(rollup, width, delta);
					}
				}
			}
		}
	}

	/** Deletes a bucket that became empty, or else finds its first and last request from the next narrower buckets. */
	#narrow(rollup: Rollup, width: number, {bucket, keys}: Delta): void {
		const ofKeys = rollup.keys.map(key => `AND ${key} = ?`).join(' ');
		const where = `WHERE width = ? AND bucket = ? ${ofKeys}`;
		const at = [width, bucket, ...keys];
		this.#database.run(`DELETE FROM ${rollup.table} ${where} AND requests = 0`, at);
		const narrower = rollup.widths[rollup.widths.indexOf(width) - 1];
		if (narrower === undefined) {
			this.#indices.need(indexOf(rollup));
		}
		const [first = null, last = null] =
			(narrower === undefined
				? this.#database.row(
						`SELECT min(time), max(time) FROM request INDEXED BY ${indexOf(rollup)}
						WHERE time >= ? AND time < ? ${ofKeys}`,
						[bucket, bucket + width, ...keys],
					)
				: this.#database.row(
						`SELECT min(first), max(last) FROM ${rollup.table}
						WHERE width = ? AND bucket >= ? AND bucket < ? ${ofKeys}`,
						[narrower, bucket, bucket + width, ...keys],
					)) ?? [];
		if (first !== null) {
			this.#database.run(`UPDATE ${rollup.table} SET first = ?, last = ? ${where}`, [first, last, ...at]);
		}
	}
}

const indexOf = (rollup: Rollup) => (rollup === threadRollup ? 'request_thread' : 'request_time');

/**
 * Inserts a row of sums, or adds to it if it exists. Columns that are 0 in all rows, as most measures are, are left
 * out.
 */
const insertionOf = ({table, keys, measures}: Rollup): Insertion => {
	const sums = new Set(measures.map(column));
	return new Insertion(table, ['width', 'bucket', 'first', 'last', ...keys, ...sums], 0, columns => {
		const added = columns.filter(name => sums.has(name)).map(name => `, ${name} = ${name} + excluded.${name}`);
		return `ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)${added.join('')}`;
	});
};

const push = (width: number, {bucket, keys, first, last, measures}: Delta, to: Values): void => {
	to.push(width);
	to.push(bucket);
	to.push(first);
	to.push(last);
	for (const key of keys) {
		to.push(key);
	}
	for (let place = 0; place < measures.length; place++) {
		to.push(measures[place] as number);
	}
};
