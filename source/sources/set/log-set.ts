import {basename, dirname} from 'node:path';
import type {Log} from '../../log.js';
import {EventLoopYield} from '../event-loop-yield.js';
import type {DrainTimeouts} from '../file/drain-timeouts.js';
import {groupRotations, type NamedFile, type NamedLog} from '../file/history/group-rotations.js';
import {keyAt} from '../file/open-file.js';
import type {Position} from '../file/position.js';
import {realPathOf} from '../real-path.js';
import type {SourceSink} from '../source.js';
import type {LogFinder} from './log-finder.js';
import {LogFolder} from './log-folder.js';
import {SetLog} from './set-log.js';

export type LogSetOptions = {
	readonly finders: readonly LogFinder[];
	readonly sink: SourceSink;
	/** Where an earlier reading of a log ended; asked once for each. */
	readonly resume: (log: Log) => Position | undefined;
	/** Files that are read by others. */
	readonly isElsewhere: (path: string) => boolean;
	readonly drainTimeouts: DrainTimeouts;
};

/** What a listing found that was not known. */
export type NewInSet = {readonly logs: readonly SetLog[]; readonly folders: readonly LogFolder[]};

/** The logs of a set, and the folders they are in or may come to, as of the last listing. */
export class LogSet {
	/** By their ids. */
	readonly logs = new Map<string, SetLog>();
	readonly #folders = new Map<string, LogFolder>();
	/** By path; several paths of one file lead to one log. */
	#byPath = new Map<string, SetLog>();

	/** @param replaced told of folders that have taken the place of others, or have only come to be */
	constructor(
		private readonly options: LogSetOptions,
		private readonly replaced: (folder: LogFolder) => void,
	) {}

	get folders(): Iterable<LogFolder> {
		return this.#folders.values();
	}

	/** Names may have come or gone since the listing. */
	isChanged(): boolean {
		return [...this.#folders.values()].some(folder => folder.isChanged());
	}

	/** Takes note of the logs there are. */
	async list(): Promise<NewInSet> {
		for (const folder of this.#folders.values()) {
			if (folder.listing()) {
				this.replaced(folder);
			}
		}

		const files = new Map<string, NamedFile>();
		for (const file of (await Promise.all(this.options.finders.map(({find}) => find()))).flat()) {
			if (!files.get(file.path)?.isExplicit && !this.options.isElsewhere(file.path)) {
				files.set(file.path, file);
			}
		}

		return this.#take(groupRotations([...files.values()]));
	}

	async #take(named: readonly NamedLog[]): Promise<NewInSet> {
		const known = this.#folders.size;
		for (const path of this.options.finders.flatMap(({folders}) => folders)) {
			this.#folderAt(path);
		}

		const eventLoop = new EventLoopYield();
		const logs: SetLog[] = [];
		const byPath = new Map<string, SetLog>();
		const byKey = new Map<string, SetLog>();
		for (const log of named) {
			await eventLoop.yieldIfDue();
			const key = keyOf(log.path);
			const taken = this.#byPath.get(log.path) ?? byKey.get(key) ?? this.#add(log, logs);
			byKey.set(key, taken);
			byPath.set(log.path, taken);
			this.#folderAt(dirname(log.path)).logs.set(basename(log.path), taken);
		}

		for (const [path, log] of this.#byPath) {
			// One whose file is gone may be between two names: it is let go once it is at rest.
			if (!byPath.has(path) && !log.isAwake) {
				this.logs.delete(log.log.id);
				this.#folderAt(dirname(path)).logs.delete(basename(path));
			} else if (!byPath.has(path)) {
				byPath.set(path, log);
			}
		}

		this.#byPath = byPath;
		return {logs, folders: [...this.#folders.values()].slice(known)};
	}

	#add(named: NamedLog, added: SetLog[]): SetLog {
		const id = realPathOf(named.path);
		const known = this.logs.get(id);
		if (known !== undefined) {
			return known;
		}

		const {sink, resume, drainTimeouts} = this.options;
		const log = {id, name: named.name};
		const taken = new SetLog(named, log, sink, resume(log), drainTimeouts);
		this.logs.set(id, taken);
		added.push(taken);
		return taken;
	}

	#folderAt(path: string): LogFolder {
		const folder = this.#folders.get(path) ?? new LogFolder(path);
		this.#folders.set(path, folder);
		return folder;
	}
}

/** What tells whether two paths lead to one file. */
const keyOf = (path: string): string => {
	try {
		return keyAt(path) ?? path;
	} catch {
		return path;
	}
};
