import type {Counted} from '../../metrics/breaks/facts.js';
import type {Filter} from '../../metrics/filter.js';
import type {Window} from '../../metrics/windows/window.js';
import {isOneList} from '../table/chunks.js';
import {integer, literal} from '../table/literal.js';
import {requestTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {hoursSql} from './hours.js';
import {furtherBack, listFrom, mostListed, newestSql} from './newest-requests.js';
import {narrowedBy, where} from './where.js';

/** Hours with more breaks are read as a whole, others by thread. */
const fewThreads = 16;

/** The rows of an hour with breaks, some of which may be replaced versions. */
type Candidates = {readonly hour: number; readonly rows: number; readonly threads: readonly string[]};

/**
 * The newest breaks of a window, oldest first. Breaks are rare, so a first statement finds out where they may be: it
 * reads little but the column of causes, and does not compare versions.
 */
export const newestBreaksOf = async (
	ask: Ask,
	{window, filter, most}: {readonly window: Window; readonly filter: Filter; readonly most: number},
): Promise<readonly Counted[]> => {
	const wanted = Math.min(most, mostListed);
	if (wanted <= 0) {
		return [];
	}
	const {keyed, others} = where(window, filter);
	const found = await ask(
		`SELECT hour, count(), groupArray(${fewThreads})(thread) FROM ${requestTable} PREWHERE cause > 0 WHERE gone = 0 AND ${keyed} AND ${others} GROUP BY hour ORDER BY hour DESC`,
	);
	const candidates = found.map(
		([hour, rows, threads]): Candidates => ({
			hour: Number(hour),
			rows: Number(rows),
			threads: threads as readonly string[],
		}),
	);
	let [held, enough] = [0, wanted];
	for (const [index, {rows}] of candidates.entries()) {
		held += rows;
		const isLast = index === candidates.length - 1;
		if (held < enough && !isLast) {
			continue;
		}
		const condition = narrowedBy(
			{keyed, others},
			{keyed: amongSql(candidates.slice(0, index + 1)), others: 'cause > 0'},
		);
		const breaks = await ask(newestSql(condition, wanted));
		if (breaks.length === wanted || isLast) {
			return listFrom(breaks);
		}
		enough = held * furtherBack;
	}
	return [];
};

/** A condition on the key that selects the hours and threads of candidates. */
const amongSql = (candidates: readonly Candidates[]): string => {
	const sparse = candidates.filter(({rows}) => rows <= fewThreads);
	const pairs = sparse.flatMap(({hour, threads}) =>
		[...new Set(threads)].map(thread => `(${integer(hour)}, ${literal(thread)})`),
	);
	if (pairs.length === 0 || !isOneList(pairs)) {
		return hoursSql(candidates.map(({hour}) => hour));
	}
	const dense = candidates.filter(({rows}) => rows > fewThreads);
	return `(${hoursSql(dense.map(({hour}) => hour))} OR (hour, thread) IN (${pairs.join(', ')}))`;
};
