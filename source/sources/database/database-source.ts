import {existsSync, statSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import type {Log} from '../../log.js';
import {monotonic} from '../../time/monotonic.js';
import {LogSink} from '../log-sink.js';
import type {RemoteCursor} from '../remote-cursor.js';
import {type FolderWatcher, folderWatcher} from '../set/folder-watcher.js';
import {SerialPoll} from '../set/serial-poll.js';
import type {Source, SourceProgress, SourceSink} from '../source.js';
import {isJournalled, stampOf, whyUnreadableDatabase} from './database-file.js';
import {type RowMark, readNewRows} from './new-rows.js';

/** Options for following a database; all are optional. */
type DatabaseOptions = {
	/** The saved cursor to continue from. */
	readonly resume?: RemoteCursor | undefined;
	/** Milliseconds between polls without an event. Default: 1000. */
	readonly sweep?: number;
	/** Milliseconds after a change during which the database is read repeatedly. Default: 5000. */
	readonly settling?: number;
	readonly watcher?: FolderWatcher;
};

/** Maximum share of the time spent on reading, so that an agent which writes constantly is not read constantly. */
const share = 0.2;
const longestPause = 10_000;
/**
 * The write-ahead log grows before the new rows become visible, because the writer waits for the disk before it updates
 * the index. For this many milliseconds after a change, the database is read again even if it looks unchanged.
 */
const defaultSettling = 5000;
/** Milliseconds after which to look again if a change brought no row. */
const retries = [30, 150, 500] as const;

/** The file that was read, and the mark of each table. */
type Progress = {readonly file: string; readonly marks: Readonly<Record<string, RowMark>>};

/**
 * The SQLite database of a coding agent: each row of a request is delivered as a line of JSON. The file belongs to
 * another program and is only read; failed reads are retried.
 */
export class DatabaseSource implements Source {
	readonly name: string;
	readonly #options: DatabaseOptions;
	#progress: Progress;
	/** The last state of the file and its log, since when, and when they were read, by `monotonic`. */
	#seen: {readonly stamp: string; readonly since: number; read: number} | undefined;
	#size = 0;
	#done = 0;
	#bytes = 0;
	/** Time before which it is not read again, by `monotonic`. */
	#pausedUntil = 0;

	constructor(
		readonly log: Log,
		readonly path: string,
		options: DatabaseOptions = {},
	) {
		this.name = basename(path);
		this.#options = options;
		this.#progress = progressFrom(options.resume);
	}

	get progress(): SourceProgress {
		return {done: this.#done, total: this.#size};
	}

	/** Undefined until something was read. */
	positionOf(log: string): RemoteCursor | undefined {
		return log === this.log.id && this.#progress.file !== '' ? {mark: JSON.stringify(this.#progress)} : undefined;
	}

	async read(sink: SourceSink): Promise<void> {
		this.#look(new LogSink(this.log, sink));
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {watcher = folderWatcher, sweep = 1000} = this.#options;
		const logSink = new LogSink(this.log, sink);
		let retry: NodeJS.Timeout | undefined;
		let tries = 0;
		const poll = new SerialPoll(async () => {
			if (monotonic() < this.#pausedUntil) {
				return;
			}
			const bytes = this.#bytes;
			const isChanged = this.#look(logSink);
			tries = isChanged || this.#bytes > bytes ? 0 : tries;
			const wait = this.#isSettled || this.#bytes > bytes ? undefined : retries[tries++];
			clearTimeout(retry);
			retry = wait === undefined ? undefined : setTimeout(() => poll.wake(), wait);
		});
		await poll.now();
		const name = basename(this.path);
		const ends = [
			await watcher.listenToFolder(dirname(this.path), {
				wake: changed => {
					if (changed === undefined || changed.startsWith(name)) {
						poll.wake();
					}
				},
				// It is polled every second in any case.
				failed: () => {},
			}),
		];
		const timer = setInterval(() => {
			watcher.renew(this.path);
			poll.wake();
		}, sweep);
		await poll.now();
		return async () => {
			clearInterval(timer);
			clearTimeout(retry);
			for (const end of ends) {
				end();
			}
			await poll.stop();
		};
	}

	/** True if it was read long enough after its last change that nothing can have been missed. */
	get #isSettled(): boolean {
		const {settling = defaultSettling} = this.#options;
		// Without an index, no writer can be about to change it.
		const wait = existsSync(`${this.path}-shm`) ? settling : 0;
		return this.#seen !== undefined && this.#seen.read - this.#seen.since >= wait;
	}

	/** Reads new rows if anything was written. Returns true if the files have changed. */
	#look(logSink: LogSink): boolean {
		const began = monotonic();
		const before = stampOf(this.path);
		if (before === undefined) {
			this.#problem(logSink, 'missing', 'is not there');
			return false;
		}
		const isChanged = before.stamp !== this.#seen?.stamp;
		if (!isChanged && this.#isSettled) {
			return false;
		}
		const seen =
			isChanged || !this.#seen ? {stamp: before.stamp, since: began, read: Number.NEGATIVE_INFINITY} : this.#seen;
		this.#seen = seen;
		this.#size = before.size;
		// With a rollback journal, its writer is in the middle of a transaction or has crashed, and the file is
		// inconsistent.
		if (isJournalled(this.path)) {
			return isChanged;
		}
		if (this.#progress.file !== before.file) {
			this.#progress = {file: before.file, marks: {}};
		}
		try {
			this.#rows(logSink);
			seen.read = began;
			this.#done = this.#size;
			logSink.caughtUp(before.size, statSync(this.path).mtimeMs);
		} catch (error) {
			// During a write, half of a change may have been read; the next poll reads all of it.
			const isCalm = stampOf(this.path)?.stamp === before.stamp;
			if (isCalm) {
				seen.read = began;
				this.#problem(logSink, 'unreadable', whyUnreadableDatabase(error));
			}
		}
		const took = monotonic() - began;
		this.#pausedUntil = monotonic() + Math.min(longestPause, took / share - took);
		return isChanged;
	}

	#rows(logSink: LogSink): void {
		const nothing = readNewRows(this.path, this.#progress.marks, ({table, lines, mark}) => {
			const bytes = Buffer.from(lines.join(''));
			const isHead = this.#bytes === 0 && this.#options.resume === undefined;
			this.#bytes += bytes.length;
			this.#progress = {...this.#progress, marks: {...this.#progress.marks, [table]: mark}};
			logSink.lines(bytes, isHead);
		});
		if (nothing !== undefined) {
			logSink.problem('unreadable', nothing);
		}
	}

	#problem(logSink: LogSink, kind: 'missing' | 'unreadable', message: string): void {
		logSink.problem(kind, message);
		logSink.caughtUp(this.#size, undefined);
	}
}

/** Reads a saved progress; anything else starts over. */
const progressFrom = (mark: RemoteCursor | undefined): Progress => {
	try {
		const {file, marks} = JSON.parse(mark?.mark ?? '{}') as Partial<Progress>;
		return typeof file === 'string' && typeof marks === 'object' && marks !== null
			? {file, marks}
			: {file: '', marks: {}};
	} catch {
		return {file: '', marks: {}};
	}
};
