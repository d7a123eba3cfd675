import type {LogReading} from '../ingest/log-reading.js';
import type {Report} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import type {SourceProblem, SourceProgress} from '../sources/source.js';
import type {FocusedThread} from './focused-thread.js';

/**
 * Unread bytes, and how many of them are read per second; the rate is undefined if unknown, or while the backlog grows.
 */
export type Behind = {readonly bytes: number; readonly rate: number | undefined};

/** The other side of a comparison, or the reason why there is none. */
export type Compared = {readonly report: Report} | {readonly message: string};

/** Everything that the screen draws: immutable plain data, replaced as a whole. */
export type Snapshot = {
	readonly view: View;
	/** Lists only the newest requests and breaks. */
	readonly report: Report;
	/** True while the report's threads, and what depends on them, have not been counted for this window. */
	readonly isCounting: boolean;
	/** The details of the thread in focus. */
	readonly focused: FocusedThread | undefined;
	/** The comparison; undefined without one. */
	readonly against: Compared | undefined;
	/** `reading` until all sources have been read to their end once. */
	readonly state: 'reading' | 'live';
	/** Stored bytes that existed at the start, and how many of them have been read. */
	readonly progress: SourceProgress & {
		/** Bytes per second since the start; undefined before anything was read. */
		readonly rate: number | undefined;
	};
	/** The lag behind live logs; undefined if reading keeps up. */
	readonly behind: Behind | undefined;
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** Requests per second in the last minute, by the requests' own times. */
	readonly requestRate: number;
	/** Time of this snapshot in epoch milliseconds. */
	readonly now: number;
};
