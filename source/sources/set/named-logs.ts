import {basename, dirname} from 'node:path';
import {EventLoopYield} from '../event-loop-yield.js';
import {groupRotations, type NamedFile, type NamedLog} from '../file/history/group-rotations.js';
import {keyAt} from '../file/open-file.js';
import {realPathOf} from '../real-path.js';
import type {Catalogue, Found} from './catalogue.js';
import type {LogFinder} from './log-finder.js';
import {LogFolder} from './log-folder.js';
import {RotatedLog} from './rotated-log.js';
import type {SetContext, SetLog} from './set-log.js';

/** Logs that were named, or are found by globs and in folders, each with its rotated files. */
export class NamedLogs implements Catalogue {
	readonly logs = new Map<string, SetLog>();
	readonly #folders = new Map<string, LogFolder>();
	/** By path; several paths of a file lead to one log. */
	#byPath = new Map<string, SetLog>();

	/** @param isElsewhere recognises files that other sources read */
	constructor(
		private readonly finders: readonly LogFinder[],
		private readonly isElsewhere: (path: string) => boolean,
		private readonly context: SetContext,
	) {
		for (const path of finders.flatMap(({folders}) => folders)) {
			this.#folderAt(path);
		}
	}

	get folders(): Iterable<LogFolder> {
		return this.#folders.values();
	}

	/** A glob may match files in any folder. */
	async list(): Promise<Found> {
		const replaced = [...this.#folders.values()].filter(folder => folder.listing());
		const files = new Map<string, NamedFile>();
		for (const file of (await Promise.all(this.finders.map(({find}) => find()))).flat()) {
			if (!files.get(file.path)?.isExplicit && !this.isElsewhere(file.path)) {
				files.set(file.path, file);
			}
		}

		const known = this.#folders.size;
		const logs = await this.#take(groupRotations([...files.values()]));
		return {logs, folders: [...this.#folders.values()].slice(known), unlisted: [], gone: [], replaced};
	}

	forget(id: string): void {
		this.logs.delete(id);
	}

	/** Returns the new ones. */
	async #take(named: readonly NamedLog[]): Promise<readonly SetLog[]> {
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
			// A log whose file disappeared may be about to get another name, so it is dropped only once it is idle.
			if (!byPath.has(path) && !log.isAwake) {
				this.logs.delete(log.log.id);
				this.#folderAt(dirname(path)).logs.delete(basename(path));
			} else if (!byPath.has(path)) {
				byPath.set(path, log);
			}
		}

		this.#byPath = byPath;
		return logs;
	}

	#add(named: NamedLog, added: SetLog[]): SetLog {
		const id = realPathOf(named.path);
		const known = this.logs.get(id);
		if (known !== undefined) {
			return known;
		}

		const taken = new RotatedLog(named, {id, name: named.name}, this.context);
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

/** Identifies the file of a path. */
const keyOf = (path: string): string => {
	try {
		return keyAt(path) ?? path;
	} catch {
		return path;
	}
};
