import type {Page} from '../page-parts.js';

type Scroll = Page['scroll'];

/** A first line to show, kept between the first and the last that there is. */
export const scrolledTo = ({most}: Scroll, to: number): number => Math.max(0, Math.min(most, to));

/** The first line to show after moving `by` lines. The content may have become shorter since it was scrolled. */
export const scrolledBy = (scroll: Scroll, at: number, by: number): number =>
	scrolledTo(scroll, Math.min(at, scroll.most) + by);

/** The start of the section before or after; around from the last to the first. */
export const besideSection = ({sections, most}: Scroll, scrolled: number, direction: -1 | 1): number => {
	// The last sections may be too short to reach the top.
	const starts = sections.map(start => Math.min(start, most));
	const at = Math.min(scrolled, most);
	const found = direction > 0 ? starts.find(start => start > at) : starts.findLast(start => start < at);
	return found ?? (direction > 0 ? 0 : most);
};
