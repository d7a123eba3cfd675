import type {Counted} from '../../../metrics/breaks/facts.js';
import {inListOrder} from '../../../metrics/request-order.js';
import {stretchesOf} from '../../../metrics/windows/window.js';
import type {Kept} from '../tables/kept-rows.js';
import type {RequestTable} from '../tables/request-table.js';
import {type Query, type Reader, takenOf} from './reader.js';

/** What is asked for beside the window and the filter. */
export type Wanted = {
	/** At most so many. */
	readonly most: number;
	readonly brokenOnly?: boolean | undefined;
	/** The number of the only thread; 0 for requests without one. */
	readonly thread?: number | undefined;
	/** Of the requests that are not kept. */
	readonly isWanted: (counted: Counted) => boolean;
};

/** The newest requests of a window, oldest first. Of those at one time the ones that are not kept come last. */
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
			// One more shows whether the last of them has others of its time. An argument list could not hold them all.
			kept = kept.concat(firstOf(takenOf(requests.newest({...stretch, ...which}, left + 1), selection), left));
		}
	}
	const others = provisional.filter(isWanted);
	const all = inListOrder([...kept.reverse(), ...others].sort((one, other) => one.request.time - other.request.time));
	return all.slice(Math.max(0, all.length - most));
};

/** More of one time as the last one are not looked at to find those that come last. */
const mostTied = 1000;

/** So many of the first, and those of the same time as the last of them. */
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
