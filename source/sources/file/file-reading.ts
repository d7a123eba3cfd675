import {whyUnreadable} from '../../system/why-unreadable.js';
import type {LogSink} from '../log-sink.js';
import type {SourceProgress} from '../source.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {Follower} from './follower.js';
import type {Position} from './position.js';

type ReadingOptions = {
	readonly drainTimeouts: DrainTimeouts;
	readonly resume: Position | undefined;
	/** Rotated files that lie there are read, as far as they were not before. */
	readonly history: boolean;
	/** That the file does not exist is a problem, of one that is awaited also when it is gone later; undefined: it is none. */
	readonly expected: 'there' | 'awaited' | undefined;
};

/** One reading of a log with its rotated files, whose problems are told, each once for as long as it lasts. */
export class FileReading {
	readonly #follower: Follower;
	#told = -1;
	#complaint: string | undefined;
	/** Since when nothing came of a log that is not there any more, epoch milliseconds. */
	#goneSince: number | undefined;
	/** That it is not there has been told. */
	#isMissing = false;

	constructor(
		path: string,
		private readonly logSink: LogSink,
		private readonly options: ReadingOptions,
	) {
		this.#follower = new Follower(path, logSink, options.drainTimeouts, options);
	}

	get position(): Position | undefined {
		return this.#follower.position;
	}

	/** Undefined before the first look. */
	get progress(): SourceProgress | undefined {
		return this.#follower.progress;
	}

	get isExhausted(): boolean {
		return this.#follower.isExhausted;
	}

	/** Paths the log is at: its own, and the one a symbolic link leads to. */
	get places(): readonly string[] {
		return this.#follower.places;
	}

	/** Reads what is there now. */
	async look(): Promise<void> {
		try {
			await this.#follower.look();
			this.#noteAbsence();
			this.#complaint = undefined;
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			if (code !== this.#complaint) {
				this.#complaint = code;
				this.logSink.problem('unreadable', whyUnreadable(error));
			}
		}

		this.#report();
	}

	/** Hands over the unfinished last line as well: there is no look after this. */
	end(): void {
		this.#follower.finish();
		this.#report();
		this.#follower.close();
	}

	/** Makes a running look end soon. */
	stop(): void {
		this.#follower.stop();
	}

	/** Closes the files. */
	close(): void {
		this.#follower.close();
	}

	/** Tells that there is no log: at once where there was none, else when nothing has come of it for a while. */
	#noteAbsence(): void {
		const {expected, drainTimeouts} = this.options;
		const {isThere, current} = this.#follower;
		if (isThere) {
			this.#goneSince = undefined;
			// That it was missing is over once facts are told again.
			this.#told = this.#isMissing ? -1 : this.#told;
			this.#isMissing = false;
		} else if (this.#told < 0) {
			const hope = expected === 'awaited' ? ' (hitrate reads it as soon as it appears)' : '';
			this.#isMissing = expected !== undefined && current === undefined;
			if (this.#isMissing) {
				this.logSink.problem('missing', `no such file${hope}`);
			}
		} else if (this.logSink.revision !== this.#told) {
			// Whoever has it open writes to it still.
			this.#goneSince = Date.now();
			this.#isMissing = false;
		} else if (expected === 'awaited' && !this.#isMissing) {
			this.#goneSince ??= Date.now();
			if (Date.now() - this.#goneSince >= drainTimeouts.drain) {
				this.#isMissing = true;
				this.logSink.problem('missing', 'is gone (hitrate reads on as soon as it is back)');
			}
		}
	}

	#report(): void {
		if (this.logSink.revision !== this.#told) {
			this.#told = this.logSink.revision;
			this.logSink.caughtUpWith(this.#follower.current);
		}
	}
}
