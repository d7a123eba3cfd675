import type {Log} from '../../log.js';
import {type ChangeStamp, isUnchanged, stampOf} from '../file/change-stamp.js';
import type {DrainTimeouts} from '../file/drain-timeouts.js';
import {FileReading} from '../file/file-reading.js';
import type {NamedLog} from '../file/history/group-rotations.js';
import {listSiblings, placesOf} from '../file/history/siblings.js';
import type {Position} from '../file/position.js';
import {bytesToRead} from '../file/to-read.js';
import {LogSink} from '../log-sink.js';
import type {SourceSink} from '../source.js';
import {statsAt} from './transcripts/tree-listing.js';

/** One of thousands of logs with their rotations. Its files are open only while it is written to. */
export class SetLog {
	readonly #logSink: LogSink;
	#reading: FileReading | undefined;
	#position: Position | undefined;
	#stamp: ChangeStamp | string | undefined;
	#modified = 0;
	#wasRead = false;

	/** @param resume where an earlier reading ended */
	constructor(
		readonly named: NamedLog,
		readonly log: Log,
		sink: SourceSink,
		resume: Position | undefined,
		private readonly drainTimeouts: DrainTimeouts,
	) {
		this.#logSink = new LogSink(log, sink);
		this.#position = resume;
		this.#stamp = resume?.stamp;
	}

	/** How far it has been read, with a stamp where that is to its end; undefined before there is anything. */
	get position(): Position | undefined {
		const position = this.#reading?.position ?? this.#position;
		const stamp = this.#stamp;
		const isAll =
			typeof stamp === 'object' &&
			position?.offset === stamp.size &&
			position.inode === String(stamp.inode) &&
			position.older === undefined;
		return isAll ? {...position, stamp} : position;
	}

	/** Epoch milliseconds of the last write, as of the last look; 0 before the first. */
	get modified(): number {
		return this.#modified;
	}

	/** Its files are open. */
	get isAwake(): boolean {
		return this.#reading !== undefined;
	}

	/** Bytes passed by the reading that is under way. */
	get passed(): number {
		return this.#reading?.progress?.done ?? 0;
	}

	/** Bytes that the reading under way has seen and still has to read. */
	get behind(): number {
		return this.#reading?.progress?.behind ?? 0;
	}

	/** Bytes that reading it will pass, by a look at it. */
	unread(): number {
		return bytesToRead(this.named.path, this.position, this.named.history);
	}

	/** Looks at it from outside. Returns whether there may be something to read; where not, it is told once that it is there. */
	notice(): boolean {
		const now = this.#look();
		if (!this.#isAsBefore(now) || this.isAwake) {
			return true;
		}

		this.#logSink.introduce(typeof now === 'string' ? 0 : now.size, this.#modified);
		return false;
	}

	/**
	 * Hands over what is new in it.
	 * @param isLast it will not be read again, so an unfinished last line counts
	 */
	async read(isLast: boolean): Promise<void> {
		this.#stamp = this.#look();
		const reading = this.#open(isLast);
		await reading.look();
		this.#wasRead = true;
		if (isLast) {
			reading.end();
			this.#close();
		}
	}

	/** Closes its files until it changes. */
	sleep(): void {
		this.#reading?.close();
		this.#close();
	}

	/** Makes a running reading end soon. */
	stop(): void {
		this.#reading?.stop();
	}

	#open(isLast: boolean): FileReading {
		const {path, history, isExplicit} = this.named;
		this.#reading ??= new FileReading(path, this.#logSink, {
			drainTimeouts: this.drainTimeouts,
			resume: this.#position,
			// What was read of it stands in the position; where nothing was, all of it may be new.
			history: history && !(this.#wasRead && this.#position !== undefined),
			expected: isExplicit && !this.#wasRead ? (isLast ? 'there' : 'awaited') : undefined,
		});
		return this.#reading;
	}

	#close(): void {
		this.#position = this.#reading?.position ?? this.#position;
		this.#reading = undefined;
	}

	/** What tells whether it is other than it was: of the log itself, or of its rotated files where there is none. */
	#look(): ChangeStamp | string {
		const stats = statsAt(this.named.path);
		if (stats !== undefined) {
			this.#modified = stats.mtimeMs;
			return stampOf(stats);
		}

		const siblings = this.named.history ? listSiblings(placesOf(this.named.path)) : [];
		this.#modified = Number((siblings.at(-1)?.modified ?? 0n) / 1_000_000n);
		return siblings.map(({inode, size, modified}) => `${inode} ${size} ${modified}`).join();
	}

	#isAsBefore(now: ChangeStamp | string): boolean {
		const before = this.#stamp;
		return typeof now === 'string' || typeof before === 'string' ? now === before : isUnchanged(before, now);
	}
}
