import type {Counted} from '../../../metrics/breaks/facts.js';
import {inListOrder} from '../../../metrics/request-order.js';
import {stretchesOf} from '../../../metrics/windows/window.js';
import type {Kept} from '../tables/kept-rows.js';
import type {RequestTable} from '../tables/request-table.js';
import {type Query, takenOf} from './query.js';
import type {Reader} from './reader.js';

/** Conditions besides the window and the filter. */
export type Wanted = {
	/** Maximum number of requests. */
	readonly most: number;
	readonly brokenOnly?: boolean | undefined;
	/** Number of the only thread; 0 for requests without one. */
	readonly thread?: number | undefined;
	/** Condition for provisional requests. */
	readonly isWanted: (counted: Counted) => boolean;
};

/** The newest requests of a window, oldest first. Among those with the same time, provisional ones come last. */
export const newest = (
	reader: Reader,
	requests: RequestTable,
	{window, selection, provisional}: Query,
	{most, brokenOnly, thread, isWanted}: Wanted,
): readonly Counted[] => {
	const {lanes, threads} = reader.rowsOf(selection);
	const which = {lanes, threads: thread === undefined ? threads : [thread], brokenOnly};
	let kept: Counted[] = [];
	for (const stretch of stretchesOf(window).toReversed()) {
		const left = most - kept.length;
		if (left > 0) {
			// One more shows whether others have the same time as the last one. An argument list could not hold them
			// all.
			kept = kept.concat(firstOf(takenOf(requests.newest({...stretch, ...which}, left + 1), selection), left));
		}
	}
	const others = provisional.filter(isWanted);
	const all = inListOrder([...kept.reverse(), ...others].sort((one, other) => one.request.time - other.request.time));
	return all.slice(Math.max(0, all.length - most));
};

/** Maximum number of requests with the same time as the last one that are read to find those that come last. */
const mostTied = 1000;

/** The first `most` rows, and those with the same time as the last of them. */
const firstOf = (rows: Iterable<Kept>, most: number): Counted[] => {
	const first: Counted[] = [];
	for (const {request, facts} of rows) {
		const isTied = first.length < most + mostTied && request.time === first[most - 1]?.request.time;
		if (first.length >= most && !isTied) {
			break;
		}
		first.push({request, facts});
	}
	return first;
};
