import type {Log} from '../../log.js';
import {type ChangeStamp, isUnchanged} from '../file/change-stamp.js';
import type {DrainTimeouts} from '../file/drain-timeouts.js';
import type {Position} from '../file/position.js';
import type {Tail} from '../file/recent.js';
import {LogSink} from '../log-sink.js';
import type {SourceProgress, SourceSink} from '../source.js';

/** What all logs of a set share. */
export type SetContext = {
	readonly sink: SourceSink;
	/** Returns the saved position of a log that begins to be read. */
	readonly resume: (log: Log) => Position | undefined;
	/** Returns the saved position of a log, for a look at how much is unread. */
	readonly positionOf: (log: Log) => Position | undefined;
	/** Returns the state of a log's file when it had been read completely, if that is known without its position. */
	readonly stampOf: (log: Log) => ChangeStamp | undefined;
	readonly drainTimeouts: DrainTimeouts;
};

/** A reading of a log in progress, with its files open. */
export type LogReader = {
	readonly position: Position | undefined;
	/** Undefined before the first look. */
	readonly progress: SourceProgress | undefined;
	/** True if everything that existed at the last look has been delivered, except for what is not waited for. */
	readonly isExhausted: boolean;
	/** Delivers what exists now. */
	look(): Promise<void>;
	/** Delivers the incomplete last line as well, and closes the files: no look follows. */
	end(): void;
	/** Makes the current look end soon. */
	stop(): void;
	/** Closes the files. */
	close(): void;
};

/** How a reading of a log starts. */
export type Opening = {
	/** The position to continue from: the one in memory, else the saved one. */
	readonly resume: Position | undefined;
	/** True if this process has read it before. */
	readonly wasRead: boolean;
	/** True if it will not be read again. */
	readonly isLast: boolean;
};

/** The state of a log without opening it; a text represents its rotated files if there is no file at its path. */
export type Seen = {readonly stamp: ChangeStamp | string; readonly modified: number};

/**
 * One of thousands of logs. Its files are open only while it is read or written to. In between only its position is
 * kept, and not even that if it is unchanged since an earlier reading.
 */
export abstract class SetLog {
	#logSink: LogSink | undefined;
	#reader: LogReader | undefined;
	#isBeingRead = false;
	#position: Position | undefined;
	#stamp: ChangeStamp | string | undefined;
	#modified = 0;
	/** True while `#position` is not in memory: the saved one is requested when the log is read. */
	#isResting = true;
	/** The result of the last look if there may be something to read. */
	#due: Seen | undefined;
	#wasRead = false;
	#isTold = false;

	constructor(
		readonly log: Log,
		protected readonly context: SetContext,
	) {}

	/** Its position, with a stamp if it was read completely; undefined if there is none yet. */
	get position(): Position | undefined {
		const now = this.#isBeingRead ? this.#reader?.position : undefined;
		return now !== undefined && now.offset > 0 ? now : this.#earlier;
	}

	/** Time of the last write as of the last look, in epoch milliseconds; 0 before the first. */
	get modified(): number {
		return this.#modified;
	}

	/** True if its files are open. */
	get isAwake(): boolean {
		return this.#reader !== undefined;
	}

	/** True if the last look found that there may be something to read. */
	get isDue(): boolean {
		return this.#due !== undefined;
	}

	/** Progress of the current reading. */
	get progress(): SourceProgress | undefined {
		return this.#reader?.progress;
	}

	/**
	 * Unread bytes.
	 * @param stamp its current state
	 * @param before its state when it had been read completely
	 */
	protected abstract unreadOf(stamp: ChangeStamp | string, before: ChangeStamp | string | undefined): number;

	/** The whole lines at its end, up to a number of bytes; undefined if they are useless on their own. */
	abstract tail(most: number): Promise<Tail | undefined>;

	/** Looks at the log without opening it; undefined if there is nothing to read. */
	protected abstract see(): Seen | undefined;

	protected abstract open(logSink: LogSink, opening: Opening): LogReader;

	/** True if it may grow without a change at its path, so that its files stay open for a while after reading. */
	protected abstract readonly staysAwake: boolean;

	/** How far it was read before: the position in memory, else the saved one. */
	get #earlier(): Position | undefined {
		return this.#isResting ? this.context.positionOf(this.log) : this.#position;
	}

	/**
	 * Looks at the log without opening it. Returns true if there may be something to read; if not, its existence is
	 * reported once.
	 */
	notice(): boolean {
		const seen = this.see();
		this.#due = seen !== undefined && (this.#isChanged(seen.stamp) || this.isAwake) ? seen : undefined;
		if (seen !== undefined) {
			this.#modified = seen.modified;
			if (!this.isDue && !this.#isTold) {
				this.#introduce(seen);
			}
		}

		return this.isDue;
	}

	/** Unread bytes as of the last look. */
	get unread(): number {
		return this.#due === undefined ? 0 : this.unreadOf(this.#due.stamp, this.#stamp);
	}

	/**
	 * Delivers what is new, after a look that found something.
	 * @param isLast true if it will not be read again, so that an incomplete last line counts
	 */
	async read(isLast: boolean): Promise<void> {
		const stamp = this.#due?.stamp;
		this.#due = undefined;
		if (this.#isResting) {
			// Not before: another process may have read more of it since.
			this.#position = this.context.resume(this.log);
			this.#isResting = false;
		}
		this.#logSink ??= new LogSink(this.log, this.context.sink);
		this.#reader ??= this.open(this.#logSink, {resume: this.#position, wasRead: this.#wasRead, isLast});
		this.#wasRead = true;
		this.#isTold = true;
		this.#isBeingRead = true;
		const reader = this.#reader;
		await reader.look();
		const isAll = reader.isExhausted && typeof stamp === 'object';
		if (isLast) {
			reader.end();
		}

		const {position = this.#position} = reader;
		this.#isBeingRead = false;
		this.#stamp = stamp;
		this.#position = position && isAll ? {...position, stamp, isAlone: !this.staysAwake} : position;
		if (isLast || !this.staysAwake) {
			this.sleep();
		}
	}

	/** Closes its files until it changes. */
	sleep(): void {
		this.#reader?.close();
		this.#reader = undefined;
	}

	/**
	 * Drops the position from memory, since it is saved and can be requested when needed. The facts reported from then
	 * on are counted from there. Returns false, with no effect, if its files are open.
	 */
	rest(): boolean {
		if (this.isAwake) {
			return false;
		}

		this.#position = undefined;
		this.#logSink = undefined;
		this.#isResting = true;
		return true;
	}

	/** Makes the current reading end soon. */
	stop(): void {
		this.#reader?.stop();
	}

	#isChanged(now: ChangeStamp | string): boolean {
		if (this.#isResting && this.#stamp === undefined) {
			this.#stamp = this.context.stampOf(this.log) ?? this.#earlier?.stamp;
		}

		const before = this.#stamp;
		return typeof now === 'string' || typeof before === 'string' ? now !== before : !isUnchanged(before, now);
	}

	#introduce({stamp, modified}: Seen): void {
		this.#isTold = true;
		const size = typeof stamp === 'string' ? 0 : stamp.size;
		const {sink} = this.context;
		const facts = {log: this.log, size, read: 0, lines: 0, modified};
		if (sink.unchanged) {
			sink.unchanged(facts);
		} else {
			sink.caughtUp(facts);
		}
	}
}
