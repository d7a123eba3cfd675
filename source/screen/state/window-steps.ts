/** Which window a key leads to, or why it leads nowhere. */

import {resolveView, stepView, type View, widenView} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';

/** Where there is nothing to look at beyond. */
export type Edge = 'first' | 'now' | 'all' | 'widest' | 'narrowest';

/** The view that ends now and is as long as this one. */
export const untilNow = ({view, report}: Snapshot): View => ({
	choice:
		view.choice.kind === 'between'
			? {kind: 'last', length: report.window.to - report.window.from, name: report.window.name}
			: view.choice,
	end: undefined,
});

/** @param view what was asked for last, also where its snapshot has not come yet */
export const stepped = (view: View, direction: -1 | 1, {now, report}: Snapshot): View | Edge => {
	if (view.choice.kind === 'all') {
		return 'all';
	}
	const {span} = report;
	if (direction < 0 && span && span.last < resolveView(view, now, span).from) {
		// Step by step it would take long through years in which nothing was written.
		return {...view, end: span.last + 1};
	}
	const next = stepView(view, direction, now, span);
	const {from, to} = resolveView(next, now, span);
	if (direction > 0 && view.choice.kind === 'last' && view.end !== undefined && now - to < (to - from) / 2) {
		// The present has moved on since one stepped back from it.
		return {...next, end: undefined};
	}
	const leadsOn = next !== view && (next.end !== view.end || next.choice !== view.choice);
	return leadsOn ? next : direction < 0 ? 'first' : 'now';
};

/** @param view what was asked for last, also where its snapshot has not come yet */
export const widened = (view: View, direction: -1 | 1, {now, report}: Snapshot): View | Edge => {
	const next = widenView(view, direction, now, report.span);
	return next === view ? (direction > 0 ? 'widest' : 'narrowest') : next;
};
