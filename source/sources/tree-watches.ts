import type {FolderWatcher, Listener} from './folder-watcher.js';
import type {TreeFolder} from './tree-folder.js';

/** How many folders of a tree are watched at most: those that changed last. */
const limit = 1000;

/** How many watches are started together: a few milliseconds of work. */
const atOnce = 50;

const mostActive = (folders: Iterable<TreeFolder>): TreeFolder[] =>
	[...folders]
		.map(folder => ({folder, active: folder.active}))
		.sort((one, other) => other.active - one.active)
		.map(({folder}) => folder);

/** The folders of a tree that are watched: all of a small one, those that are alive in a large one. */
export class TreeWatches {
	readonly #ends = new Map<TreeFolder, () => void>();

	constructor(
		private readonly watcher: FolderWatcher,
		private readonly listenerOf: (folder: TreeFolder) => Listener,
	) {}

	/** Watches folders that were found just now, as far as there is room. Resolves when their events come. */
	async add(folders: readonly TreeFolder[]): Promise<void> {
		const room = Math.max(0, limit - this.#ends.size);
		for (let at = 0; at < Math.min(room, folders.length); at += atOnce) {
			await Promise.all(folders.slice(at, Math.min(room, at + atOnce)).map(folder => this.#start(folder)));
		}
	}

	drop(folder: TreeFolder): void {
		this.#ends.get(folder)?.();
		this.#ends.delete(folder);
	}

	/** Watches a folder that has come to be, or has taken the place of another, since it was watched. */
	renew(folder: TreeFolder): void {
		if (this.#ends.has(folder)) {
			this.watcher.renewFolder(folder.path);
		}
	}

	/** Watches the folders of a tree that are alive by now instead of those that were. */
	async choose(root: TreeFolder): Promise<void> {
		const alive = new Set(mostActive(root.all()).slice(0, limit));
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

	async #start(folder: TreeFolder): Promise<void> {
		this.#ends.set(folder, await this.watcher.listenToFolder(folder.path, this.listenerOf(folder)));
	}
}
