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
	/** Where an earlier reading of a log ended; asked when it is read. */
	readonly resume: (log: Log) => Position | undefined;
	/** The file of a log as it was when all of it had been read, where that can be told without the position. */
	readonly stampOf: (log: Log) => ChangeStamp | undefined;
	readonly drainTimeouts: DrainTimeouts;
};

/** A reading of a log that is under way, with its files open. */
export type LogReader = {
	readonly position: Position | undefined;
	/** Undefined before the first look. */
	readonly progress: SourceProgress | undefined;
	/** All that was there at the last look has been handed over, but for what nobody waits for. */
	readonly isExhausted: boolean;
	/** Hands over what is there now. */
	look(): Promise<void>;
	/** Hands over the unfinished last line as well, and closes the files: there is no look after this. */
	end(): void;
	/** Makes a running look end soon. */
	stop(): void;
	/** Closes the files. */
	close(): void;
};

/** How a reading of a log begins. */
export type Opening = {
	/** Where the reading goes on: the position in memory, else the saved one. */
	readonly resume: Position | undefined;
	/** By this process. */
	readonly wasRead: boolean;
	/** It will not be read again. */
	readonly isLast: boolean;
};

/** What a look at a log from outside told: a text stands for its other files, where it has none at its path. */
export type Seen = {readonly stamp: ChangeStamp | string; readonly modified: number};

/**
 * One of thousands of logs. Its files are open only while it is read, or written to; in between there is only how far it
 * was read, and not even that where it is as an earlier reading left it.
 */
export abstract class SetLog {
	#logSink: LogSink | undefined;
	#reader: LogReader | undefined;
	#isBeingRead = false;
	#position: Position | undefined;
	#stamp: ChangeStamp | string | undefined;
	#modified = 0;
	/** True while `#position` is not held in memory: the saved one is asked for when there is something to read. */
	#isResting = true;
	/** What the last look told, where there may be something to read. */
	#due: Seen | undefined;
	#wasRead = false;
	#isTold = false;

	constructor(
		readonly log: Log,
		protected readonly context: SetContext,
	) {}

	/** How far it has been read, with a stamp where that is to its end; undefined before there is anything. */
	get position(): Position | undefined {
		const now = this.#isBeingRead ? this.#reader?.position : undefined;
		return now !== undefined && now.offset > 0 ? now : this.earlier;
	}

	/** Epoch milliseconds of the last write, as of the last look; 0 before the first. */
	get modified(): number {
		return this.#modified;
	}

	/** Its files are open. */
	get isAwake(): boolean {
		return this.#reader !== undefined;
	}

	/** The last look found that there may be something to read, and it was not read since. */
	get isDue(): boolean {
		return this.#due !== undefined;
	}

	/** Of the reading that is under way. */
	get progress(): SourceProgress | undefined {
		return this.#reader?.progress;
	}

	/**
	 * Bytes that are new in it.
	 * @param stamp what a look at it told
	 * @param before what its file was when all of it had been read
	 */
	protected abstract unreadOf(stamp: ChangeStamp | string, before: ChangeStamp | string | undefined): number;

	/** The whole lines at its end, at most so many bytes; undefined where they tell nothing by themselves. */
	abstract tail(most: number): Promise<Tail | undefined>;

	/** Looks at it from outside; undefined where there is nothing that could be read. */
	protected abstract see(): Seen | undefined;

	protected abstract open(logSink: LogSink, opening: Opening): LogReader;

	/** It may grow without a change at its path: its files stay open for a while after they were read. */
	protected abstract readonly staysAwake: boolean;

	/** Where the reading goes on: the position in memory, else the saved one. */
	protected get earlier(): Position | undefined {
		return this.#isResting ? this.context.resume(this.log) : this.#position;
	}

	/** Looks at it from outside. Returns whether there may be something to read; where not, it is told once that it is there. */
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

	/** Bytes that are new in it, as the last look told. */
	get unread(): number {
		return this.#due === undefined ? 0 : this.unreadOf(this.#due.stamp, this.#stamp);
	}

	/**
	 * Hands over what is new in it, after a look that found that there may be something.
	 * @param isLast it will not be read again, so an unfinished last line counts
	 */
	async read(isLast: boolean): Promise<void> {
		const stamp = this.#due?.stamp;
		this.#due = undefined;
		this.#rouse();
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
	 * Drops the position from memory, where nothing is being read: it is saved, and asked for again when needed. What is
	 * handed over from then on is counted anew. Returns false where its files are open, and all stays as it is.
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

	/** Makes a running reading end soon. */
	stop(): void {
		this.#reader?.stop();
	}

	#isChanged(now: ChangeStamp | string): boolean {
		if (this.#isResting && this.#stamp === undefined) {
			this.#stamp = this.context.stampOf(this.log) ?? this.earlier?.stamp;
		}

		const before = this.#stamp;
		const isSame = typeof now === 'string' || typeof before === 'string' ? now === before : isUnchanged(before, now);
		if (!isSame) {
			this.#rouse();
		}

		return !isSame;
	}

	/** Takes the position into memory again. */
	#rouse(): void {
		this.#position = this.earlier;
		this.#isResting = false;
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
