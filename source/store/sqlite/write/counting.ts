import {note, setNote} from '../tables/meta.js';
import {countedAs, emptyRollups} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {emptyStarts} from './fan-outs.js';
import type {Writer} from './writer.js';

/** Number of requests whose sums are written together. */
const batch = 20_000;

/**
 * Recomputes everything from the requests: facts, sums, and the numbers of requests per lane. To be run within a
 * transaction.
 */
export const countAnew = ({database, lanes, threads, requests, checkpoints}: Tables, writer: Writer): void => {
	database.exec(emptyRollups);
	database.exec(emptyStarts);
	database.exec('UPDATE lane SET requests = 0');
	lanes.drop();
	threads.drop();
	checkpoints.clear();
	let counted = 0;
	for (const kept of requests.between({from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER})) {
		writer.count(kept);
		if (++counted % batch === 0) {
			writer.finish();
		}
	}
	writer.finish();
	let thread = 0;
	for (;;) {
		const next = database.row('SELECT min(id) FROM thread WHERE id > ?', [thread])?.[0];
		if (typeof next !== 'number') {
			break;
		}
		thread = next;
		threads.setStale(thread, Number.MIN_SAFE_INTEGER);
		if (thread % batch === 0) {
			writer.finish();
		}
	}
	writer.finish();
	setNote(database, 'counted', countedAs);
};

/** Recomputes a store that was computed in another way. To be run within a transaction. */
export const countOtherwise = (tables: Tables, writer: Writer): void => {
	if (!isCounted(tables)) {
		countAnew(tables, writer);
	}
};

/** True if facts and sums were computed by this version of the program. */
export const isCounted = ({database}: Tables): boolean => note(database, 'counted') === countedAs;
