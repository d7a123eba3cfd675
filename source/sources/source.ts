/** Sources of log lines. They deliver bytes, and know nothing about formats. */

import type {Log} from '../log.js';
import type {Position} from './file/position.js';
import type {RemoteCursor} from './remote-cursor.js';

/** Something that prevented reading. */
export type SourceProblem = {
	readonly kind:
		| 'missing'
		| 'unreadable'
		| 'empty-folder'
		| 'binary'
		| 'line-too-long'
		| 'unfinished-line'
		| 'lost-in-truncation'
		| 'watch-failed'
		| 'command-failed'
		/** The server of the requests does not answer, or not completely. */
		| 'server-failed'
		/** Hosts served a thread together, and no keeper has combined their requests. */
		| 'not-settled'
		/** No format recognises any of its lines. */
		| 'unrecognised'
		/** There are more names than can be distinguished. */
		| 'too-many-names'
		/** The store had disappeared or was unusable, and was rebuilt. */
		| 'store-remade'
		/** What was read cannot be saved to disk. */
		| 'not-kept';
	/** The path as given. */
	readonly name: string;
	/** One line that the user can act on. */
	readonly message: string;
	/** Number of occurrences, for kinds that can occur often (`line-too-long`); else 1. */
	readonly count: number;
};

/** The problem to report for a store that was rebuilt. */
export const storeProblem = (message: string): SourceProblem => ({
	kind: 'store-remade',
	name: 'store',
	message,
	count: 1,
});

/** Facts about a log for `doctor` and the screen. */
export type LogFacts = {
	readonly log: Log;
	/** Stored bytes (for a .gz, compressed). */
	readonly size: number;
	/** Bytes delivered so far, after decompression. */
	readonly read: number;
	/** Lines delivered so far. */
	readonly lines: number;
	/** Epoch milliseconds of the last write; undefined for streams. */
	readonly modified: number | undefined;
};

/** Receives what a source reads. All calls are synchronous, in the order of the log. */
export type SourceSink = {
	/**
	 * Receives whole lines, each ended by a line feed, oldest first. The buffer is reused after the call. `head` is
	 * true for the first bytes of a log and after a truncation or rotation.
	 * @param before number of lines before them in their file; undefined if unknown or if there is no file
	 * @param count number of lines, if already known
	 */
	lines(log: Log, bytes: Buffer, head: boolean, before?: number, count?: number): void;
	/**
	 * Receives the last line if it has no line feed. It may still be completed, and is then delivered again by another
	 * reading. Without this method, it is passed to `lines`.
	 */
	unfinished?(log: Log, bytes: Buffer, head: boolean): void;
	/** Called when everything that exists has been delivered. */
	caughtUp(facts: LogFacts): void;
	/**
	 * Called if the log was read completely before, and has not changed. The source asks for the position only when the
	 * log grows, so nothing has to be kept for it until then. Without this method, `caughtUp` is called.
	 */
	unchanged?(facts: LogFacts): void;
	problem(problem: SourceProblem): void;
};

/** Stored bytes (for a .gz, compressed) that existed when reading began. */
export type SourceProgress = {
	/** Bytes read so far. */
	readonly done: number;
	/**
	 * Bytes to be read, without those that an earlier reading spares; 0 for streams and commands, which have no size.
	 */
	readonly total: number;
	/** Known bytes that are still unread; undefined if unknown. */
	readonly behind?: number;
};

/** Whole lines at the end of a log. */
export type RecentLines = {readonly log: Log; readonly bytes: Buffer};

/** A source of log lines. */
export type Source = {
	/** Name for headers: `worker.log`, `stdin`, `demo`. */
	readonly name: string;
	/** Set if other sources may report the same calls in more detail: it is read after them. */
	readonly isSecondary?: boolean;
	/** Progress of reading what existed at the start; correct at any time, and cheap. */
	readonly progress: SourceProgress;
	/**
	 * How far a log has been read; correct at any time, even within `lines`, whose bytes count as read. Plain data, to
	 * be saved and passed to a later reading. Undefined if nothing was read, and for streams and commands.
	 * @param log its `Log.id`
	 */
	positionOf(log: string): Position | RemoteCursor | undefined;
	/**
	 * Called when a log's position has been saved elsewhere. Returns true if the source drops it, and asks for it again
	 * when the log grows; its facts count from there.
	 */
	rest?(log: string): boolean;
	/**
	 * The lines written last, at most so many bytes in total, for a first impression of a long history. Empty unless at
	 * least twice as much is unread before them.
	 */
	recent?(most: number): Promise<readonly RecentLines[]>;
	/** Reads what exists, once. Resolves at its end; rejects only because of bugs (everything else is a problem). */
	read(sink: SourceSink): Promise<void>;
	/**
	 * Reads what exists, then follows new lines until the returned function is called. Resolves when first caught up.
	 */
	follow(sink: SourceSink): Promise<() => Promise<void>>;
};
