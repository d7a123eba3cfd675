import type {FolderWatcher, Listener} from './folder-watcher.js';
import type {LogFolder} from './log-folder.js';

/** How many folders are watched at most: those that changed last. */
const limit = 1000;

/** How many watches are started together: a few milliseconds of work. */
const atOnce = 50;

const mostActive = (folders: Iterable<LogFolder>): LogFolder[] =>
	[...folders]
		.map(folder => ({folder, active: folder.active}))
		.sort((one, other) => other.active - one.active)
		.map(({folder}) => folder);

/** The folders of many logs that are watched: all where there are few, else those that are alive. */
export class FolderWatches {
	readonly #ends = new Map<LogFolder, () => void>();

	constructor(
		private readonly watcher: FolderWatcher,
		private readonly listenerOf: (folder: LogFolder) => Listener,
	) {}

	/** Watches folders that were found just now, as far as there is room. Resolves when their events come. */
	async add(folders: readonly LogFolder[]): Promise<void> {
		const room = Math.max(0, limit - this.#ends.size);
		for (let at = 0; at < Math.min(room, folders.length); at += atOnce) {
			await Promise.all(folders.slice(at, Math.min(room, at + atOnce)).map(folder => this.#start(folder)));
		}
	}

	drop(folder: LogFolder): void {
		this.#ends.get(folder)?.();
		this.#ends.delete(folder);
	}

	/** Watches a folder that has come to be, or has taken the place of another, since it was watched. */
	renew(folder: LogFolder): void {
		if (this.#ends.has(folder)) {
			this.watcher.renewFolder(folder.path);
		}
	}

	/** Watches those of all folders that are alive by now instead of those that were. */
	async choose(folders: Iterable<LogFolder>): Promise<void> {
		const alive = new Set(mostActive(folders).slice(0, limit));
		for (const folder of [...this.#ends.keys()].filter(folder => !alive.has(folder))) {
			this.drop(folder);
		}

		await this.add([...alive].filter(folder => !this.#ends.has(folder)));
	}

	close(): void {
		for (const folder of [...this.#ends.keys()]) {
			this.drop(folder);
		}
	}

	async #start(folder: LogFolder): Promise<void> {
		this.#ends.set(folder, await this.watcher.listenToFolder(folder.path, this.listenerOf(folder)));
	}
}
