import type {KeyState} from './keys/action.js';
import type {Position} from './lists/list-cursor.js';
import type {Listing, Opened} from './lists/listing.js';
import type {Target} from './targets.js';
import type {Line} from './text/line.js';

/** Lines at a place on the screen. */
export type Placed = {
	readonly name: string;
	readonly column: number;
	readonly row: number;
	readonly lines: readonly Line[];
};

/** How far a page can be scrolled; in its own steps, lines or items. */
type Scroll = {
	readonly most: number;
	readonly page: number;
	/** Where sections begin. */
	readonly sections: readonly number[];
};

/** The list on a page and what part of it is seen. */
export type ShownList = {readonly listing: Listing; readonly position: Position};

/** The whole screen: its parts, and what keys and clicks can do on it. */
export type Page = {
	readonly parts: readonly Placed[];
	readonly scroll: Scroll;
	/** Where there is one, keys move in it instead of scrolling. */
	readonly list: ShownList | undefined;
	/** What can be clicked. */
	readonly targets: readonly Target[];
	/** How many pieces of advice keys can select from. */
	readonly advice: number;
	/** What Enter opens. */
	readonly opens: Opened | undefined;
	readonly keys: KeyState;
};

/** What stands between header and footer; rows count from the first one below the header. */
export type Body = Pick<Page, 'parts' | 'scroll'> & Partial<Pick<Page, 'list' | 'opens' | 'advice' | 'targets'>>;

/** Nothing to scroll. */
export const still: Scroll = {most: 0, page: 1, sections: []};

/** What lies over a page: a title and lines, of which some begin sections. */
export type CoverText = {readonly title: string; readonly lines: readonly Line[]; readonly sections: readonly number[]};
