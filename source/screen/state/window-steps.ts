/** The window that a key leads to, or the reason why there is none. */

import {resolveView, stepView, type View, widenView} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';

/** Why a window cannot be moved or resized any further. */
export type Edge = 'first' | 'now' | 'all' | 'widest' | 'narrowest';

/** A view of the same length that ends now. */
export const untilNow = ({view, report}: Snapshot): View => ({
	choice:
		view.choice.kind === 'between'
			? {kind: 'last', length: report.window.to - report.window.from, name: report.window.name}
			: view.choice,
	end: undefined,
});

/**
 * The window before or after.
 * @param view the view requested last, even if its snapshot has not arrived yet
 */
export const stepped = (view: View, direction: -1 | 1, {now, report}: Snapshot): View | Edge => {
	if (view.choice.kind === 'all') {
		return 'all';
	}
	const {span} = report;
	if (direction < 0 && span && span.last < resolveView(view, now, span).from) {
		// Skip years without requests instead of stepping through them.
		return {...view, end: span.last + 1};
	}
	const next = stepView(view, direction, now, span);
	const {from, to} = resolveView(next, now, span);
	if (direction > 0 && view.choice.kind === 'last' && view.end !== undefined && now - to < (to - from) / 2) {
		// Time has passed since the user stepped back, so the next step reaches the present.
		return {...next, end: undefined};
	}
	const leadsOn = next !== view && (next.end !== view.end || next.choice !== view.choice);
	return leadsOn ? next : direction < 0 ? 'first' : 'now';
};

/**
 * A wider or narrower window.
 * @param view the view requested last, even if its snapshot has not arrived yet
 */
export const widened = (view: View, direction: -1 | 1, {now, report}: Snapshot): View | Edge => {
	const next = widenView(view, direction, now, report.span);
	return next === view ? (direction > 0 ? 'widest' : 'narrowest') : next;
};
