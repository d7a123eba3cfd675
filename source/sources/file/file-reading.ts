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
	/** That the file does not exist is a problem, with one that is awaited as long as it does not appear; undefined: it is none. */
	readonly expected: 'there' | 'awaited' | undefined;
};

/** One reading of a log with its rotated files, whose problems are told, each once for as long as it lasts. */
export class FileReading {
	readonly #follower: Follower;
	#told = -1;
	#complaint: string | undefined;

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
			if (this.options.expected && this.#follower.current === undefined && this.#told < 0) {
				const hope = this.options.expected === 'awaited' ? ' (hitrate reads it as soon as it appears)' : '';
				this.logSink.problem('missing', `no such file${hope}`);
			}

			this.#complaint = undefined;
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			if (code !== this.#complaint) {
				this.#complaint = code;
				this.logSink.problem('unreadable', code === 'EACCES' ? 'cannot be read: permission denied' : message);
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

	#report(): void {
		if (this.logSink.revision !== this.#told) {
			this.#told = this.logSink.revision;
			this.logSink.caughtUpWith(this.#follower.current);
		}
	}
}
