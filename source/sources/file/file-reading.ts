import {whyUnreadable} from '../../system/why-unreadable.js';
import {monotonic} from '../../time/monotonic.js';
import type {LogSink} from '../log-sink.js';
import type {SourceProgress} from '../source.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {Follower} from './follower.js';
import type {Position} from './position.js';

type ReadingOptions = {
	readonly drainTimeouts: DrainTimeouts;
	readonly resume: Position | undefined;
	/** True reads existing rotated files, as far as they were not read before. */
	readonly history: boolean;
	/** `there`: a missing file is a problem; `awaited`: also if it disappears later; undefined: it is none. */
	readonly expected: 'there' | 'awaited' | undefined;
};

/** A reading of a log with its rotated files. Reports each problem once for as long as it lasts. */
export class FileReading {
	readonly #follower: Follower;
	#told = -1;
	#complaint: string | undefined;
	/** Since when nothing has been read of a log that disappeared, by `monotonic`. */
	#goneSince: number | undefined;
	/** True if its absence has been reported. */
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

	/** Paths of the log: its own, and the target of a symbolic link. */
	get places(): readonly string[] {
		return this.#follower.places;
	}

	/** Reads what exists now. */
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

	/** Delivers the incomplete last line as well: no look follows. */
	end(): void {
		this.#follower.finish();
		this.#report();
		this.#follower.close();
	}

	/** Makes the current look end soon. */
	stop(): void {
		this.#follower.stop();
	}

	/** Closes the files. */
	close(): void {
		this.#follower.close();
	}

	/** Reports that there is no log: at once if there was none, else when nothing has been read of it for a while. */
	#noteAbsence(): void {
		const {expected, drainTimeouts} = this.options;
		const {isThere, current} = this.#follower;
		if (isThere) {
			this.#goneSince = undefined;
			// Its absence is over once facts are reported again.
			this.#told = this.#isMissing ? -1 : this.#told;
			this.#isMissing = false;
		} else if (this.#told < 0) {
			const hope = expected === 'awaited' ? ' (hitrate reads it as soon as it appears)' : '';
			this.#isMissing = expected !== undefined && current === undefined;
			if (this.#isMissing) {
				this.logSink.problem('missing', `no such file${hope}`);
			}
		} else if (this.logSink.revision !== this.#told) {
			// Programs that have it open still write to it.
			this.#goneSince = monotonic();
			this.#isMissing = false;
		} else if (expected === 'awaited' && !this.#isMissing) {
			this.#goneSince ??= monotonic();
			if (monotonic() - this.#goneSince >= drainTimeouts.drain) {
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
