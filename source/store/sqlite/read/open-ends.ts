import {type LaneEnd, withSharedPrefix} from '../../../metrics/breaks/warm.js';
import {threadRollup} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {hour} from '../write/levels.js';
import {resume} from '../write/recount.js';
import type {Selection} from './selection.js';

/** Threads that are looked at, the latest first. */
const mostThreads = 1000;

/** The open ends whose latest request was at or since a time. */
export const openEnds = (tables: Tables, {taken, whole}: Selection, since: number): readonly LaneEnd[] => {
	const {database, threads, lanes, requests} = tables;
	const rows = database.rows(
		`SELECT thread, name FROM ${threadRollup.table} JOIN thread ON thread.id = thread
		WHERE width = ?1 AND bucket > ?2 - ?1 AND last >= ?2 GROUP BY thread ORDER BY max(last) DESC LIMIT ?3`,
		[hour, since, mostThreads],
	);
	return rows.flatMap(([id, text]) => {
		const thread = JSON.parse(text as string) as string;
		const {ends} = threads.progress(id as number, number => resume(number, tables)).thread;
		return ends.flatMap(end => {
			if (end.time < since) {
				return [];
			}
			const {lane} = lanes.all().get(end.key.lane) ?? {};
			const isTaken = lane && (!whole || taken(lane, requests.at(end.key.row)?.request.source ?? '', thread));
			return isTaken ? {lane, thread, end: withSharedPrefix(end, ({row}) => requests.at(row)?.facts)} : [];
		});
	});
};
