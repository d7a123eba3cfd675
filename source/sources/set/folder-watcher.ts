import {statSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import type {FSWatcher} from 'chokidar';
import {rotatedFrom} from '../file/history/rotated-name.js';

/** Receives events about a file or a folder, and the failure of watching. */
export type Listener = {
	/** @param name of the file within the folder; undefined if the system does not report it */
	readonly wake: (name: string | undefined) => void;
	readonly failed: (error: Error) => void;
};

/** Represents everything in a folder, since no file has this name. */
const everything = '';

/** Listeners by file name. */
type Listeners = Map<string, Set<Listener>>;

type Watch = {
	readonly watcher: FSWatcher;
	readonly create: () => FSWatcher;
	/** Device and inode, to detect that another folder has replaced it. */
	readonly key: string | undefined;
	readonly listeners: Listeners;
	/** Resolves when events arrive, or never will. */
	readonly ready: Promise<void>;
	failure: Error | undefined;
};

const folderKey = (folder: string): string | undefined => {
	try {
		const {dev, ino} = statSync(folder, {bigint: true});
		return `${dev}:${ino}`;
	} catch {
		return undefined;
	}
};

/**
 * Reports changes of files, with one watch per folder however many of its files are followed. It may miss events or
 * fail, so listeners must also look periodically.
 */
export class FolderWatcher {
	#watches = new Map<string, Watch>();

	/** @param create makes a watcher; the system's by default */
	constructor(private create?: () => FSWatcher) {}

	/** Listens to a file, which need not exist. Resolves when events arrive, with a function that stops. */
	listen(path: string, listener: Listener): Promise<() => void> {
		return this.#listen(dirname(path), basename(path), listener);
	}

	/** Listens to everything in a folder, but not in folders inside it. */
	listenToFolder(folder: string, listener: Listener): Promise<() => void> {
		return this.#listen(folder, everything, listener);
	}

	async #listen(folder: string, name: string, listener: Listener): Promise<() => void> {
		// Loaded when something is followed; a report does not need it.
		this.create ??= (await import('../file/content/events-only.js')).createWatcher;
		const watch = this.#watches.get(folder) ?? this.#start(folder, new Map(), this.create);
		const {listeners} = watch;
		const ofName = listeners.get(name) ?? new Set<Listener>();
		listeners.set(name, ofName.add(listener));
		if (watch.failure !== undefined) {
			listener.failed(watch.failure);
		}

		await watch.ready;
		return () => {
			ofName.delete(listener);
			if (ofName.size === 0 && listeners.get(name) === ofName) {
				listeners.delete(name);
			}

			if (listeners.size === 0 && this.#watches.get(folder)?.listeners === listeners) {
				void this.#watches.get(folder)?.watcher.close();
				this.#watches.delete(folder);
			}
		};
	}

	/** Watches the folder of a file again if it has appeared or been replaced. */
	renew(path: string): void {
		this.renewFolder(dirname(path));
	}

	/** Watches a folder again if it has appeared or been replaced. */
	renewFolder(folder: string): void {
		const watch = this.#watches.get(folder);
		const key = folderKey(folder);
		if (watch !== undefined && key !== undefined && key !== watch.key) {
			void watch.watcher.close();
			this.#start(folder, watch.listeners, watch.create);
		}
	}

	#start(folder: string, listeners: Listeners, create: () => FSWatcher): Watch {
		const key = folderKey(folder);
		const watcher = create();
		const ready = new Promise<void>(resolve => {
			watcher.once('ready', resolve);
			watcher.once('error', () => resolve());
		});
		const watch: Watch = {
			watcher,
			create,
			key,
			listeners,
			ready: key === undefined ? Promise.resolve() : ready,
			failure: undefined,
		};
		this.#watches.set(folder, watch);
		watcher.on('raw', (_event, told) => {
			const name = typeof told === 'string' ? told : undefined;
			// A rotated file may still be written to, which concerns its log.
			const concerned =
				name === undefined
					? listeners.values()
					: [everything, name, ...rotatedFrom(name)].map(some => listeners.get(some) ?? []);
			for (const listener of [...concerned].flatMap(some => [...some])) {
				listener.wake(name);
			}
		});
		watcher.on('error', error => {
			watch.failure = error instanceof Error ? error : new Error(String(error));
			for (const listener of [...listeners.values()].flatMap(some => [...some])) {
				listener.failed(watch.failure);
			}
		});
		if (key !== undefined) {
			watcher.add(folder);
		}

		return watch;
	}
}

/** Shared by all sources of the process. */
export const folderWatcher = new FolderWatcher();
