import type {View} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {pageOf} from '../page.js';
import type {Page} from '../page-parts.js';
import type {ScreenOptions, ScreenState} from '../state/screen-state.js';
import type {Size} from './use-size.js';

type Drawn = {
	readonly state: ScreenState;
	readonly snapshot: Snapshot;
	readonly size: Size;
	readonly wanted: View | undefined;
	readonly page: Page;
};

/**
 * Makes a function that draws the page, and draws it again only after a change: keys ask for it as often as frames do.
 * `wanted` is the window that was asked for, as long as its numbers have not come.
 */
export const createDrawnPage = ({
	unicode,
	timeZone,
	title,
	lookedAt = [],
	prices,
	onDemo,
	inDemo = false,
}: Pick<ScreenOptions, 'unicode' | 'timeZone' | 'title' | 'lookedAt' | 'prices' | 'onDemo' | 'inDemo'>) => {
	let last: Drawn | undefined;
	return (state: ScreenState, snapshot: Snapshot, size: Size, wanted?: View): Page => {
		if (
			last?.state === state &&
			last.snapshot === snapshot &&
			last.wanted === wanted &&
			last.size.columns === size.columns &&
			last.size.rows === size.rows
		) {
			return last.page;
		}
		const {held, location, prompt, cover, scrolled, rateLine, message} = state;
		const page = pageOf(held ?? snapshot, {
			...size,
			unicode,
			timeZone,
			title,
			lookedAt,
			waiting: held && Math.max(0, snapshot.report.total - held.report.total),
			location,
			wanted,
			prompt,
			prices,
			cover,
			scrolled,
			rateLine,
			hasKeys: true,
			hasDemo: onDemo !== undefined,
			inDemo,
			message,
		});
		last = {state, snapshot, size, wanted, page};
		return page;
	};
};
