/** Where log lines come from. Sources deliver bytes and know no format. */

import type {Log} from '../log.js';
import type {Position} from './file/position.js';
import type {RemoteCursor} from './remote-cursor.js';

/** Something that kept bytes from being read. */
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
		/** A server that holds what is shown does not answer, or not in full. */
		| 'server-failed'
		/** Hosts served one thread together, and nobody has joined what they saw. */
		| 'not-settled'
		/** No format takes any of its lines. */
		| 'unrecognised'
		/** There are more names than are told apart. */
		| 'too-many-names'
		/** What was kept on disk is not there any more, or was of no use: it is made anew. */
		| 'store-remade'
		/** What was read cannot be kept on disk. */
		| 'not-kept';
	/** The path as it was given. */
	readonly name: string;
	/** One line a user can act on. */
	readonly message: string;
	/** How many times, where it can happen often (`line-too-long`); else 1. */
	readonly count: number;
};

/** What to tell of a store that was made anew. */
export const storeProblem = (message: string): SourceProblem => ({
	kind: 'store-remade',
	name: 'store',
	message,
	count: 1,
});

/** Facts about a log for `doctor` and the screen. */
export type LogFacts = {
	readonly log: Log;
	/** Bytes there are, as stored (a .gz counts compressed). */
	readonly size: number;
	/** Bytes handed over so far, after decompression. */
	readonly read: number;
	/** Lines handed over so far. */
	readonly lines: number;
	/** Epoch milliseconds of the last write; undefined for streams. */
	readonly modified: number | undefined;
};

/** Receives what a source reads. All calls are synchronous, in the order of the log. */
export type SourceSink = {
	/**
	 * Whole lines, each ended by `\n`, oldest first. The buffer is reused after the call returns.
	 * `head` is true for the first bytes of a log and after a truncation or rotation.
	 * @param before how many lines of their file stand before them; undefined where that is not known, and for what is no file
	 * @param count how many they are, where that is counted already
	 */
	lines(log: Log, bytes: Buffer, head: boolean, before?: number, count?: number): void;
	/**
	 * The last line, which lacks its newline: it may still be completed, and is then handed over whole by another reading.
	 * Where this is missing it is handed over by `lines`.
	 */
	unfinished?(log: Log, bytes: Buffer, head: boolean): void;
	/** Everything that is there by now has been handed over. */
	caughtUp(facts: LogFacts): void;
	/**
	 * All of the log has been read before, and it is as it was then. The source asks where to go on only when more comes, so
	 * nothing needs to be held for it until then. Where this is missing, `caughtUp` tells it.
	 */
	unchanged?(facts: LogFacts): void;
	problem(problem: SourceProblem): void;
};

/** Bytes as stored (a .gz counts compressed) of what was there when reading began. */
export type SourceProgress = {
	/** Passed so far. */
	readonly done: number;
	/** To pass in all, without what an earlier reading spares; 0 for what has no size: streams and commands. */
	readonly total: number;
	/** Bytes that were seen in its files and are still to be read; undefined where that is not known. */
	readonly behind?: number;
};

/** Whole lines of a log, without what comes before them. */
export type RecentLines = {readonly log: Log; readonly bytes: Buffer};

/** A place that log lines come from. */
export type Source = {
	/** As shown in headers: `worker.log`, `stdin`, `demo`. */
	readonly name: string;
	/** What it tells other sources may have told better: it is read after them. */
	readonly isSecondary?: boolean;
	/** How far the reading of what was there at its start is; right at any time, and cheap. */
	readonly progress: SourceProgress;
	/**
	 * How far a log has been read: right at any time, also within `lines`, whose bytes count as read then. Plain data, to
	 * be stored and given to a later reading. Undefined where nothing was read, and for streams and commands.
	 * @param log its `Log.id`
	 */
	positionOf(log: string): Position | RemoteCursor | undefined;
	/**
	 * How far a log was read is kept elsewhere by now. Where that need not be held, it is asked for when there is more of it,
	 * and its facts count from there on; this returns true then.
	 */
	rest?(log: string): boolean;
	/**
	 * The lines at the end of what was written last, at most so many bytes in all, for a first impression of a long
	 * history. None unless at least twice that much is still to be read before them.
	 */
	recent?(most: number): Promise<readonly RecentLines[]>;
	/** Reads what is there now, once. Resolves at its end; rejects only for bugs (all else is a problem). */
	read(sink: SourceSink): Promise<void>;
	/** As read, then goes on with what is appended until the returned function is called. Resolves when first caught up. */
	follow(sink: SourceSink): Promise<() => Promise<void>>;
};
