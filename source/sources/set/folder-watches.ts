import type {FolderWatcher, Listener} from './folder-watcher.js';
import type {LogFolder} from './log-folder.js';

/** Maximum number of watched folders: those that changed last. */
const limit = 1000;

/** Number of watches started together: a few milliseconds of work. */
const atOnce = 50;

const mostActive = (folders: Iterable<LogFolder>): LogFolder[] =>
	[...folders]
		.map(folder => ({folder, active: folder.active}))
		.sort((one, other) => other.active - one.active)
		.map(({folder}) => folder);

/** The watched folders of many logs: all if there are few, else the recently active ones. */
export class FolderWatches {
	readonly #ends = new Map<LogFolder, () => void>();

	constructor(
		private readonly watcher: FolderWatcher,
		private readonly listenerOf: (folder: LogFolder) => Listener,
	) {}

	/** Watches new folders, as far as the limit allows. Resolves when events arrive. */
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

	/** Watches a folder that has appeared or replaced another. */
	renew(folder: LogFolder): void {
		if (this.#ends.has(folder)) {
			this.watcher.renewFolder(folder.path);
		}
	}

	/** Watches the folders that are active now. */
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
