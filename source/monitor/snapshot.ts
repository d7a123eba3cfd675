import type {LogReading} from '../ingest/log-reading.js';
import type {Report} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import type {SourceProblem, SourceProgress} from '../sources/source.js';
import type {FocusedThread} from './focused-thread.js';

/** Bytes still to be read, and by how many a second they shrink; undefined while they do not, or it is not known. */
export type Behind = {readonly bytes: number; readonly rate: number | undefined};

/** The other side of a comparison, or why there is none. */
export type Compared = {readonly report: Report} | {readonly message: string};

/** What the screen draws: immutable plain data, replaced as a whole. */
export type Snapshot = {
	readonly view: View;
	/** Its single requests and breaks are the newest only. */
	readonly report: Report;
	/** The report's threads, and what follows from them, are not counted yet for this window. */
	readonly isCounting: boolean;
	/** The thread that is looked at more closely. */
	readonly focused: FocusedThread | undefined;
	/** What the report is compared with; undefined if with nothing. */
	readonly against: Compared | undefined;
	/** `reading` until all sources have been read to their present end. */
	readonly state: 'reading' | 'live';
	/** What there was to read at the start, and what of it has been read; bytes as stored. */
	readonly progress: SourceProgress & {
		/** Bytes a second since the start; undefined before anything was read. */
		readonly rate: number | undefined;
	};
	/** What live logs hold and was not read yet, where that is more than a moment's; undefined if reading keeps up. */
	readonly behind: Behind | undefined;
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** Requests a second over the last minute, by the requests' own times. */
	readonly requestRate: number;
	/** When this was made, epoch milliseconds. */
	readonly now: number;
};
