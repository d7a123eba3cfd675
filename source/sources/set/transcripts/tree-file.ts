import type {Stats} from 'node:fs';
import type {Log} from '../../../log.js';
import {type ChangeStamp, isUnchanged, stampOf} from '../../file/change-stamp.js';
import {continues} from '../../file/history/continues.js';
import {closeFile, type OpenFile, openFile, sizeOf} from '../../file/open-file.js';
import type {Position} from '../../file/position.js';
import {Segment} from '../../file/segment.js';
import type {LogSink} from '../../log-sink.js';
import {isRewritten} from './transcripts.js';

/** How often a file may be rewritten while it is read before it is left to the next look. */
const attempts = 5;

/** One of thousands of files. It is open only while it is read; in between there is only how far it was. */
export class TreeFile {
	#position: Position | undefined;
	#size = 0;
	#stamp: ChangeStamp | undefined;
	#modified = 0;
	#told = -1;
	/** Where an earlier reading ended has still to be asked for. */
	#isResting = true;
	/** Of the reading that is under way. */
	#segment: Segment | undefined;

	/**
	 * @param start of its path: that of its folder, with what separates it from the name
	 * @param resume where an earlier reading ended; asked when it is needed, for most of thousands of files have no more to
	 * read, and their positions would take much room
	 */
	constructor(
		private readonly start: string,
		/** What it is called by now: compressing gives it another name. */
		public fileName: string,
		private readonly logSink: LogSink,
		private readonly resume: (log: Log) => Position | undefined,
	) {}

	/** Put together when it is asked for: of thousands of files, most are never opened. */
	get path(): string {
		return `${this.start}${this.fileName}`;
	}

	get log(): Log {
		return this.logSink.log;
	}

	/** How far it has been read, with a stamp where that is to its end; undefined before there is anything. */
	get position(): Position | undefined {
		const position = this.#segment?.position;
		return position !== undefined && position.offset > 0 ? position : (this.#position ?? this.#earlier());
	}

	/** Bytes passed by the reading that is under way. */
	get passed(): number {
		return this.#segment?.passed ?? 0;
	}

	/** Bytes that a reading would pass, by a look at it. */
	unread({ino, size}: Pick<Stats, 'ino' | 'size'>): number {
		this.#rouse();
		const position = isRewritten(this.path) ? undefined : this.#position;
		return position !== undefined && position.inode === String(ino) && position.offset <= size
			? size - position.offset
			: size;
	}

	/** Epoch milliseconds of the last write, as of the last look; 0 before the first. */
	get modified(): number {
		return this.#modified;
	}

	/** Takes note of a look at it. Returns whether there may be something to read; where not, it is told once that it is there. */
	notice(stats: Stats): boolean {
		this.#modified = stats.mtimeMs;
		if (this.#isResting && this.#stamp === undefined) {
			this.#stamp = this.resume(this.log)?.stamp;
		}

		if (!isUnchanged(this.#stamp, stampOf(stats))) {
			return true;
		}

		this.logSink.introduce(stats.size, stats.mtimeMs);
		return false;
	}

	/** Where an earlier reading ended, as long as this one has not begun. */
	#earlier(): Position | undefined {
		return this.#isResting ? this.resume(this.log) : undefined;
	}

	#rouse(): void {
		this.#position ??= this.#earlier();
		this.#size = this.#isResting ? (this.#position?.stamp?.size ?? 0) : this.#size;
		this.#isResting = false;
	}

	/**
	 * Hands over what is new in it: what was appended, or all of it where it was rewritten.
	 * @param stats of a look at it just before
	 * @param isLast it will not be read again, so an unfinished last line counts
	 */
	async read(stats: Stats, isLast: boolean, stopped: () => boolean): Promise<void> {
		this.#rouse();
		this.#stamp = stampOf(stats);
		try {
			for (let attempt = 1; !(await this.#attempt(isLast, stopped)); attempt++) {
				this.#position = undefined;
				if (attempt === attempts) {
					this.#stamp = undefined;
					return;
				}
			}
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			if (code !== 'ENOENT') {
				this.logSink.problem('unreadable', code === 'EACCES' ? 'cannot be read: permission denied' : message);
			}
		}
	}

	/** Returns false where the file turned out to be rewritten meanwhile. */
	async #attempt(isLast: boolean, stopped: () => boolean): Promise<boolean> {
		const file = openFile(this.path);
		try {
			const size = sizeOf(file);
			const from = await this.#positionIn(file);
			let segment: Segment | undefined;
			if (from === undefined || !isRewritten(this.path) || size !== this.#size) {
				segment = new Segment(file, this.logSink, isRewritten(this.path) ? undefined : from);
				this.#segment = segment;
				if ((await segment.drain(size, stopped)) === 'replaced') {
					return false;
				}

				if (stopped()) {
					this.#position = segment.position;
					return true;
				}

				// A document is read from its beginning each time, and often ends without a line end.
				if (isLast || isRewritten(this.path)) {
					segment.finish(isRewritten(this.path));
				}

				this.#position = segment.position;
				this.#size = size;
			}

			// An unfinished line that was held back is still to be read by one who reads to the end.
			const isAll = segment === undefined || isRewritten(this.path) || segment.isExhausted;
			if (isAll && this.#position !== undefined && this.#stamp !== undefined) {
				this.#position = {...this.#position, stamp: this.#stamp};
			}

			this.#report(file);
			return true;
		} finally {
			this.#segment = undefined;
			closeFile(file);
		}
	}

	async #positionIn(file: OpenFile): Promise<Position | undefined> {
		return this.#position !== undefined && (await continues(file, this.#position)) ? this.#position : undefined;
	}

	#report(file: OpenFile): void {
		if (this.logSink.revision !== this.#told) {
			this.#told = this.logSink.revision;
			this.logSink.caughtUpWith(file);
		}
	}
}
