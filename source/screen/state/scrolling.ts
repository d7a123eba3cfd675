import type {Page} from '../page-parts.js';

type Scroll = Page['scroll'];

/** The first line to show, limited to what can be scrolled to. */
export const scrolledTo = ({most}: Scroll, to: number): number => Math.max(0, Math.min(most, to));

/** The first line to show after scrolling by so many lines. The content may have become shorter in the meantime. */
export const scrolledBy = (scroll: Scroll, at: number, by: number): number =>
	scrolledTo(scroll, Math.min(at, scroll.most) + by);

/** The first line of the next or previous section; wraps around at both ends. */
export const besideSection = ({sections, most}: Scroll, scrolled: number, direction: -1 | 1): number => {
	// The last sections may be too short to reach the top of the screen.
	const starts = sections.map(start => Math.min(start, most));
	const at = Math.min(scrolled, most);
	const found = direction > 0 ? starts.find(start => start > at) : starts.findLast(start => start < at);
	return found ?? (direction > 0 ? 0 : most);
};
