import {existsSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import type {Log} from '../../log.js';
import {whyUnreadable} from '../../system/why-unreadable.js';
import {monotonic} from '../../time/monotonic.js';
import {LogSink} from '../log-sink.js';
import type {RemoteCursor} from '../remote-cursor.js';
import {type FolderWatcher, folderWatcher} from '../set/folder-watcher.js';
import {SerialPoll} from '../set/serial-poll.js';
import type {Source, SourceProgress, SourceSink} from '../source.js';
import {type AgentDatabase, agentDatabases, type Tables} from './agent-databases.js';
import {openDatabase} from './open-database.js';
import {rowLine, type Value} from './row-line.js';

/** How a database is followed; all of it has defaults. */
type DatabaseOptions = {
	/** Where an earlier reading ended. */
	readonly resume?: RemoteCursor | undefined;
	/** Milliseconds between two looks that nothing woke: 1000. */
	readonly sweep?: number;
	/** Milliseconds for which a change is looked at again: 5000. */
	readonly settling?: number;
	readonly watcher?: FolderWatcher;
};

/** Rows that are handed over together. */
const rowsAtOnce = 200;
/** A look may take this part of the time at most: an agent that writes without pause is not read without pause. */
const share = 0.2;
const longestPause = 10_000;
/**
 * The log grows before what was written to it can be read: its writer waits for the disk in between, and only then
 * changes the index. So long after a change, milliseconds, it is read again though nothing looks changed.
 */
const defaultSettling = 5000;
/** Milliseconds after which to look again at a change that brought no row. */
const retries = [30, 150, 500] as const;

/** Where the reading of each table goes on, and of which file. */
type Progress = {readonly file: string; readonly marks: Readonly<Record<string, string | number>>};

/** What a file and its write-ahead log look like from outside: the same as long as nothing was written. */
const stampOf = (path: string): {readonly file: string; readonly stamp: string; readonly size: number} | undefined => {
	const stats = statSync(path, {throwIfNoEntry: false});
	const log = statSync(`${path}-wal`, {throwIfNoEntry: false});
	return (
		stats && {
			file: `${stats.dev}:${stats.ino}`,
			stamp: [stats.ino, stats.size, stats.mtimeMs, log?.size, log?.mtimeMs].join(' '),
			size: stats.size + (log?.size ?? 0),
		}
	);
};

const isJournalled = (path: string): boolean => {
	try {
		// The first bytes of a journal are zeroed when its transaction has ended.
		return readFileSync(`${path}-journal`)
			.subarray(0, 8)
			.some(byte => byte !== 0);
	} catch {
		return false;
	}
};

/**
 * The SQLite database of a coding agent: each row that tells of a request a line of JSON, as it is written. The file
 * belongs to another program and is only read; what cannot be read now is tried again.
 */
export class DatabaseSource implements Source {
	readonly name: string;
	readonly #options: DatabaseOptions;
	#progress: Progress;
	/** What its file and log looked like last: since when, and when they were read, by `monotonic`. */
	#seen: {readonly stamp: string; readonly since: number; read: number} | undefined;
	#size = 0;
	#done = 0;
	#bytes = 0;
	/** Before it nothing is looked at, epoch milliseconds. */
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
		const {watcher = folderWatcher, sweep = 1000} = this.options;
		const logSink = new LogSink(this.log, sink);
		let retry: NodeJS.Timeout | undefined;
		let tries = 0;
		const poll = new SerialPoll(async () => {
			if (Date.now() < this.#pausedUntil) {
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
				// It is looked at every second anyway.
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

	private get options(): DatabaseOptions {
		return this.#options;
	}

	/** It was read so long after its last change that nothing can have been missed. */
	get #isSettled(): boolean {
		const {settling = defaultSettling} = this.#options;
		// Without an index there is no writer that could be about to change it.
		const wait = existsSync(`${this.path}-shm`) ? settling : 0;
		return this.#seen !== undefined && this.#seen.read - this.#seen.since >= wait;
	}

	/** Reads what is new, if anything was written; says whether the files have changed. */
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
		// A rollback journal means that its writer is at it, or has crashed: what stands in the file is half of something.
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
			// Where it is being written, half of a change may have been read: the next look reads all of it.
			const isCalm = stampOf(this.path)?.stamp === before.stamp;
			if (isCalm) {
				seen.read = began;
				this.#problem(logSink, 'unreadable', reasonOf(error as NodeJS.ErrnoException));
			}
		}
		const took = monotonic() - began;
		this.#pausedUntil = Date.now() + Math.min(longestPause, took / share - took);
		return isChanged;
	}

	#rows(logSink: LogSink): void {
		const {database, close} = openDatabase(this.path);
		try {
			const select = (sql: string, ...values: readonly (string | number)[]) =>
				database.prepare(sql).raw(true).iterate(values) as Iterable<readonly Value[]>;
			const tables = new Map<string, Set<string>>();
			for (const [table, column] of select(
				"SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
			)) {
				tables.set(String(table), (tables.get(String(table)) ?? new Set()).add(String(column)));
			}
			const kind = kindOf(tables);
			if (tables.size === 0) {
				return;
			}
			if (kind === undefined) {
				const some = [...tables.keys()].filter(name => !name.startsWith('sqlite_')).slice(0, 3);
				logSink.problem('unreadable', `is not a database of a known agent (its tables: ${some.join(', ')}, …)`);
				return;
			}
			for (const {table, sql} of kind.agent.queries(tables) ?? []) {
				const columns = database
					.prepare(sql)
					.columns()
					.map(({name}) => name);
				let lines: string[] = [];
				let mark = this.#progress.marks[table] ?? 0;
				const handOver = () => {
					if (lines.length > 0) {
						const bytes = Buffer.from(lines.join(''));
						const isHead = this.#bytes === 0 && this.#options.resume === undefined;
						this.#bytes += bytes.length;
						lines = [];
						this.#progress = {...this.#progress, marks: {...this.#progress.marks, [table]: mark}};
						logSink.lines(bytes, isHead);
					}
				};
				for (const row of select(sql, mark)) {
					lines.push(rowLine(kind.agent.name, table, columns, row));
					mark = markOf(row[0], mark);
					if (lines.length >= rowsAtOnce) {
						handOver();
					}
				}
				handOver();
			}
		} finally {
			close();
		}
	}

	#problem(logSink: LogSink, kind: 'missing' | 'unreadable', message: string): void {
		logSink.problem(kind, message);
		logSink.caughtUp(this.#size, undefined);
	}
}

const kindOf = (tables: Tables): {readonly agent: AgentDatabase} | undefined => {
	const agent = agentDatabases.find(candidate => candidate.queries(tables) !== undefined);
	return agent && {agent};
};

const markOf = (value: Value | undefined, before: string | number): string | number =>
	typeof value === 'string' || typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : before;

const reasonOf = (error: NodeJS.ErrnoException): string => {
	const {code, message} = error;
	if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT')) {
		return `is damaged or no SQLite database (${message})`;
	}
	if (code?.startsWith('SQLITE_BUSY') || code?.startsWith('SQLITE_LOCKED')) {
		return 'is locked by the program that writes it, and tried again when it changes';
	}
	return /ConnectionFailed/.test(message) ? 'cannot be read: permission denied' : whyUnreadable(error);
};

/** The progress that was saved; anything else begins anew. */
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
