import {type Break, breakOf} from '../metrics/breaks/breaks.js';
import type {Filter} from '../metrics/filter.js';
import {type Group, threadGroups} from '../metrics/groups.js';
import type {Moment, Wanted} from '../metrics/ledger.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {basisOf} from '../metrics/report/summary.js';
import {totalOf} from '../metrics/sums/parts.js';
import type {Window} from '../metrics/windows/window.js';
import type {Request} from '../request.js';

/** The thread in focus: by its name, or the requests without a thread. */
export type Focus = {readonly name: string | undefined};

/** The details of one thread. */
export type FocusedThread = {
	readonly name: string | undefined;
	/** The thread's requests in the window, oldest first. */
	readonly requests: readonly Request[];
	readonly breaks: readonly Break[];
	/** True if `requests` starts with the thread's first request. */
	readonly fromStart: boolean;
	/** The thread's totals in the window; undefined if it has no requests there. */
	readonly group: Group | undefined;
};

/** The questions about a thread for a ledger. @param most maximum number of requests */
export const focusQuestions = (focus: Focus | undefined, window: Window, filter: Filter, most: number) => {
	const name = focus?.name;
	const before = {from: Number.MIN_SAFE_INTEGER, to: window.from, name: 'custom'};
	return {
		// One more than wanted, to find out whether there are more.
		focused: focus && {kind: 'thread', name, window, filter, most: most + 1},
		earlier: focus && {kind: 'thread', name, window: before, filter, most: 1},
		own:
			name === undefined
				? undefined
				: {
						kind: 'threads',
						window,
						filter: {...filter, thread: filter.thread ?? name},
						most: Number.POSITIVE_INFINITY,
					},
	} as const satisfies Wanted;
};

/** @param now epoch milliseconds */
export const focusedThread = (
	{answers: {focused = [], earlier = [], own}}: Moment<ReturnType<typeof focusQuestions>>,
	{name}: Focus,
	prices: PriceList,
	now: number,
	most: number,
): FocusedThread => {
	const counted = focused.slice(-most);
	const parts = own?.parts.filter(({thread}) => thread === name) ?? [];
	return {
		name,
		requests: counted.map(({request}) => request),
		breaks: counted.flatMap(found => breakOf(found, prices, now) ?? []),
		fromStart: earlier.length === 0 && focused.length <= most,
		group: threadGroups(parts, basisOf(totalOf(parts)))[0],
	};
};
