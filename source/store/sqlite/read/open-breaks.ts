import {breakCauses} from '../../../metrics/breaks/loss.js';
import {type OpenBreak, type OpenBreaks, openBreaksOf} from '../../../metrics/breaks/suspects/open-breaks.js';
import {isOpen} from '../../../metrics/breaks/suspects/suspicious.js';
import {inOrder} from '../../../metrics/request-order.js';
import {stretchesOf} from '../../../metrics/windows/window.js';
import type {Request} from '../../../request.js';
import {measuredFlag} from '../../request-flags.js';
import type {Row} from '../file/value.js';
import {isBroken} from '../tables/facts-row.js';
import {textFrom} from '../tables/kept-text.js';
import type {Tables} from '../tables/tables.js';
import {newest} from './newest.js';
import type {Query} from './query.js';
import type {Reader} from './reader.js';
import {takenSql} from './taken-sql.js';

/**
 * The newest breaks of a window, as evidence uses them. Each report examines a thousand, and reading only the columns
 * needed takes a fifth of the time of building their requests.
 */
export const openBreaks = (tables: Tables, reader: Reader, query: Query, most: number): OpenBreaks => {
	const rows = query.provisional.some(isBreak) ? undefined : newestRows(tables, query, most);
	if (!rows) {
		return openBreaksOf(newest(reader, tables.requests, query, {most, brokenOnly: true, isWanted: isBreak}));
	}
	const listed = inOrder(
		rows.reverse(),
		row => ({
			request: {id: textFrom(row[1] as string), time: row[0] as number},
			log: tables.logs.name(row[2] as number),
		}),
		([time]) => time as number,
	);
	return {breaks: rows.length, open: listed.flatMap(row => openBreakOf(tables, row) ?? [])};
};

const isBreak = ({facts}: Query['provisional'][number]): boolean => facts.loss !== undefined;

const columns = [
	'time',
	'id',
	'log',
	'loss',
	'lane',
	'flags',
	'cache_read',
	'client',
	'events',
	'other',
	'thread',
] as const;

/** Newest first; undefined if breaks of one time are on both sides of the limit, where the order of lists decides. */
const newestRows = (tables: Tables, {window, selection}: Query, most: number): Row[] | undefined => {
	const taken = takenSql(tables, selection, 4);
	const found: Row[] = [];
	for (const {from, to} of stretchesOf(window).toReversed()) {
		const rows = tables.database.rowsAtOnce(
			columns,
			`SELECT time, request.id AS id, log, loss, lane, flags, cache_read, client, events, other, thread.name AS thread
			FROM request LEFT JOIN thread ON thread.id = request.thread
			WHERE time >= ?1 AND time < ?2 AND ${isBroken} AND ${taken.sql} ORDER BY time DESC, row DESC LIMIT ?3`,
			[from, to, most + 1 - found.length, ...taken.values],
		);
		found.push(...rows);
	}
	const over = found[most];
	if (over) {
		found.pop();
	}
	return over && over[0] === found[most - 1]?.[0] ? undefined : found;
};

const openBreakOf = (
	tables: Tables,
	[, , , loss, lane, flags, cacheRead, client, events, other, thread]: Row,
): OpenBreak | undefined => {
	if (!isOpen(breakCauses[loss as number] ?? 'unknown')) {
		return undefined;
	}
	const {iterations} = typeof other === 'string' ? (JSON.parse(other) as Pick<Request, 'iterations'>) : {};
	return {
		client: typeof client === 'string' ? textFrom(client) : undefined,
		project: tables.lanes.lane(lane as number).project,
		thread: typeof thread === 'string' ? (JSON.parse(thread) as string) : undefined,
		events: typeof events === 'string' ? (JSON.parse(events) as Request['events']) : undefined,
		read: ((flags as number) & measuredFlag) > 0 ? (iterations?.[0]?.cacheRead ?? (cacheRead as number)) : undefined,
	};
};
