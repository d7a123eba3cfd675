import type {Snapshot} from '../../monitor/monitor.js';
import {type Page, pageOf} from '../page.js';
import type {SessionOptions, SessionState} from '../state/session-state.js';
import type {Size} from './use-size.js';

type Drawn = {readonly state: SessionState; readonly snapshot: Snapshot; readonly size: Size; readonly page: Page};

/** Draws a session's page, anew only after a change: keys ask for it as often as frames do. */
export const createDrawnPage = ({
	unicode,
	timeZone,
	title,
	prices,
	onDemo,
}: Pick<SessionOptions, 'unicode' | 'timeZone' | 'title' | 'prices' | 'onDemo'>) => {
	let last: Drawn | undefined;
	return (state: SessionState, snapshot: Snapshot, size: Size): Page => {
		if (
			last?.state === state &&
			last.snapshot === snapshot &&
			last.size.columns === size.columns &&
			last.size.rows === size.rows
		) {
			return last.page;
		}
		const {held, location, prompt, cover, scrolled, message} = state;
		const page = pageOf(held ?? snapshot, {
			...size,
			unicode,
			timeZone,
			title,
			waiting: held && Math.max(0, snapshot.report.total - held.report.total),
			location,
			prompt,
			prices,
			cover,
			scrolled,
			hasDemo: onDemo !== undefined,
			message,
		});
		last = {state, snapshot, size, page};
		return page;
	};
};
