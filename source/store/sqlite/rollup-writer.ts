import type {Connection} from './connection.js';
import {type Delta, Deltas} from './deltas.js';
import type {Kept} from './request-table.js';
import {column, type Rollup, rollups, threadRollup} from './rollup-tables.js';

/** Keeps the sums in step with the requests: gathers what changes, and writes it when told. */
export class RollupWriter {
	readonly #database: Connection;
	readonly #deltas = rollups.map(rollup => ({rollup, deltas: new Deltas(rollup)}));

	constructor(database: Connection) {
		this.#database = database;
	}

	add(kept: Kept): void {
		for (const {deltas} of this.#deltas) {
			deltas.add(kept);
		}
	}

	/** @param stays it is added again at the same time, in the same thread and lane */
	remove(kept: Kept, stays = false): void {
		for (const {deltas} of this.#deltas) {
			deltas.remove(kept, stays);
		}
	}

	/** Forgets what was gathered. */
	drop(): void {
		for (const {deltas} of this.#deltas) {
			deltas.take();
		}
	}

	flush(): void {
		for (const {rollup, deltas} of this.#deltas) {
			const upsert = upsertOf(rollup);
			for (const {width, deltas: changes} of deltas.take()) {
				for (const delta of changes) {
					const {bucket, keys, first, last, measures} = delta;
					this.#database.run(upsert, [
						width,
						bucket,
						...keys,
						first,
						last,
						...rollup.measures.map(measure => measures[measure]),
					]);
					if (delta.isNarrowed) {
						this.#narrow(rollup, width, delta);
					}
				}
			}
		}
	}

	/** Deletes a bucket that became empty; else finds its first and last request again, in the next narrower buckets. */
	#narrow(rollup: Rollup, width: number, {bucket, keys}: Delta): void {
		const ofKeys = rollup.keys.map(key => `AND ${key} = ?`).join(' ');
		const where = `WHERE width = ? AND bucket = ? ${ofKeys}`;
		const at = [width, bucket, ...keys];
		this.#database.run(`DELETE FROM ${rollup.table} ${where} AND requests = 0`, at);
		const narrower = rollup.widths[rollup.widths.indexOf(width) - 1];
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

const indexOf = (rollup: Rollup): string => (rollup === threadRollup ? 'request_thread' : 'request_time');

const upserts = new Map<Rollup, string>();

const upsertOf = (rollup: Rollup): string => {
	const {table, keys, measures} = rollup;
	const known = upserts.get(rollup);
	if (known !== undefined) {
		return known;
	}
	const places = Array.from({length: 4 + keys.length + measures.length}, () => '?').join(', ');
	const sums = measures.map(column).map(name => `${name} = ${name} + excluded.${name}`);
	const sql = `INSERT INTO ${table} VALUES (${places}) ON CONFLICT DO UPDATE SET
		first = min(first, excluded.first), last = max(last, excluded.last), ${sums.join(', ')}`;
	upserts.set(rollup, sql);
	return sql;
};
