import type {Snapshot} from '../../monitor/snapshot.js';
import type {Line} from '../text/line.js';
import type {Need, Room} from './layout.js';

/** How a pane draws its content, without the frame. */
export type Drawing = Room & {
	readonly rows: number;
	/** False draws charts with 7-bit characters; text is turned into them later. */
	readonly unicode: boolean;
	/** IANA name. */
	readonly timeZone: string;
	/** The recommendation that keys act on, counted from 1; 0 where none is selected. */
	readonly selected: number;
	/** Whether a line of the hit rate may stand above the bars. */
	readonly rateLine: boolean;
	/** False for a picture, which shows no keys. */
	readonly keys: boolean;
};

/** What stands in the frame of a pane. */
export type PaneTitle = {
	readonly title: string;
	/** Context at the right edge of the title; left out where it does not fit. */
	readonly aside?: string | Line | undefined;
};

/** One pane: pure functions of a snapshot and the room it has. */
export type Pane = {
	readonly title: (snapshot: Snapshot, drawing: Drawing) => PaneTitle;
	readonly need: (snapshot: Snapshot, room: Room) => Need;
	/** At most as many lines as there are rows, each at most as wide as there are columns. */
	readonly draw: (snapshot: Snapshot, drawing: Drawing) => readonly Line[];
};

/** The need of a pane that has nothing to show. */
export const nothing: Need = {least: 0, most: 0};
