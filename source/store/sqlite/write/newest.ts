import type {Counted} from '../../../metrics/breaks/facts.js';
import {stretchesOf} from '../../../metrics/windows/window.js';
import {type Query, type Reader, takenOf} from '../read/reader.js';
import type {Kept, RequestTable} from '../tables/request-table.js';

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
	const kept: Counted[] = [];
	for (const stretch of stretchesOf(window).toReversed()) {
		const left = most - kept.length;
		kept.push(...firstOf(takenOf(requests.newest({...stretch, ...which}, left), selection), left));
	}
	const others = provisional.filter(isWanted);
	const all = [...kept.reverse(), ...others].sort((one, other) => one.request.time - other.request.time);
	return all.slice(Math.max(0, all.length - most));
};

const firstOf = (rows: Iterable<Kept>, most: number): Counted[] => {
	const first: Counted[] = [];
	if (most > 0) {
		for (const {request, facts} of rows) {
			first.push({request, facts});
			if (first.length >= most) {
				break;
			}
		}
	}
	return first;
};
