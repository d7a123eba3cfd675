import type {Snapshot} from '../../monitor/snapshot.js';
import type {Line} from '../text/line.js';
import type {Need, Room} from './layout.js';

/** The room and options with which a pane draws its content, without the frame. */
export type Drawing = Room & {
	readonly rows: number;
	/** False draws charts with 7-bit characters; text is transliterated later. */
	readonly unicode: boolean;
	/** IANA name of the time zone. */
	readonly timeZone: string;
	/** The selected recommendation, counted from 1; 0 if none is selected. */
	readonly selected: number;
	/** True if the line of the hit rate may be drawn above the bars. */
	readonly rateLine: boolean;
	/** False for a picture, which shows no keys. */
	readonly keys: boolean;
};

/** The title in a pane's frame. */
export type PaneTitle = {
	readonly title: string;
	/** Context at the right end of the title; left out if it does not fit. */
	readonly aside?: string | Line | undefined;
};

/** One pane: pure functions of a snapshot and of the pane's room. */
export type Pane = {
	readonly title: (snapshot: Snapshot, drawing: Drawing) => PaneTitle;
	readonly need: (snapshot: Snapshot, room: Room) => Need;
	/** Draws at most as many lines as there are rows, each at most as wide as the columns. */
	readonly draw: (snapshot: Snapshot, drawing: Drawing) => readonly Line[];
};

/** The need of a pane with nothing to show: it is left out. */
export const nothing: Need = {least: 0, most: 0};
