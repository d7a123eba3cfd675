import type {Stats} from 'node:fs';
import {EventLoopYield} from '../../event-loop-yield.js';
import {BackfillProgress} from '../../file/backfill-progress.js';
import {withoutCompression} from '../../file/compressed/compression.js';
import type {SourceProgress} from '../../source.js';
import type {FolderWatches} from '../folder-watches.js';
import type {ManyReading, Thoroughness} from '../follow-many.js';
import type {TreeFile} from './tree-file.js';
import type {TreeFolder} from './tree-folder.js';
import {statsAt} from './tree-listing.js';

/** Milliseconds after its last write for which a file is looked at in each sweep. */
const alive = 3_600_000;

/** What a look at a file told, as far as it is held: all of it, for thousands of files, takes 1 KB each. */
type Seen = Pick<Stats, 'ino' | 'size' | 'mtimeMs'>;

/** Reads a tree of files: each look finds what is new, and reads the newest file first. */
export class TreeReading implements ManyReading<TreeFolder> {
	/** What events told of: names by folder. */
	#woken = new Map<TreeFolder, Set<string | undefined>>();
	#stopped = false;
	/** Of the files that were there at the first look. */
	#backfill: BackfillProgress<TreeFile> | undefined;
	#reading: TreeFile | undefined;

	constructor(
		private readonly root: TreeFolder,
		/** Files are read once and to their end, where there are none. */
		private readonly watches: FolderWatches<TreeFolder> | undefined,
	) {}

	/** Bytes as stored of what was there at the first look; 0 before that. */
	get progress(): SourceProgress {
		const open = this.#reading === undefined ? [] : [[this.#reading, this.#reading.passed] as const];
		return this.#backfill?.progress(open) ?? {done: 0, total: 0};
	}

	/** Something happened to a name in a folder, or to anything there; the next look goes after it. */
	note(folder: TreeFolder, name: string | undefined): void {
		this.#woken.set(folder, (this.#woken.get(folder) ?? new Set()).add(name));
	}

	get folders(): Iterable<TreeFolder> {
		return this.root.all();
	}

	/** Makes a running look end soon. */
	stop(): void {
		this.#stopped = true;
	}

	/** A file is open only while it is read. */
	close(): void {}

	async look(thoroughness: Thoroughness): Promise<void> {
		const files = thoroughness === 'not at all' ? [] : await this.#sweep(thoroughness === 'everything');
		await this.#readWoken();
		const changed = await this.#changedOf(files);
		if (this.#backfill === undefined) {
			this.#backfill = new BackfillProgress();
			for (const [file, stats] of changed) {
				this.#backfill.expect(file, file.unread(stats));
			}
		}

		for (const [file] of changed) {
			// What is written right now does not wait until years of history are read.
			await this.#readWoken();
			await this.#read(file);
		}
	}

	/** The files that have something to read, those written to last first, with what a look at them told. */
	async list(): Promise<readonly [TreeFile, Seen][]> {
		return this.#changedOf(await this.#sweep(true));
	}

	async #sweep(everything: boolean): Promise<TreeFile[]> {
		const eventLoop = new EventLoopYield();
		const folders: TreeFolder[] = [];
		const files: TreeFile[] = [];
		for (const folder of this.root.all()) {
			await eventLoop.yieldIfDue();
			if (everything || folder.isChanged()) {
				folders.push(folder);
			}

			const since = everything ? 0 : Date.now() - alive;
			files.push(...[...folder.files.values()].filter(({modified}) => modified >= since));
		}

		return [...files, ...(await this.#list(folders))];
	}

	async #readWoken(): Promise<void> {
		if (this.#woken.size === 0) {
			return;
		}

		const woken = this.#woken;
		this.#woken = new Map();
		const files: TreeFile[] = [];
		const folders: TreeFolder[] = [];
		for (const [folder, names] of woken) {
			const known = [...names].flatMap(name => {
				const file = folder.files.get(withoutCompression(name ?? ''));
				return file !== undefined && file.fileName === name ? file : [];
			});
			files.push(...known);
			if (known.length < names.size && folder.isChanged()) {
				folders.push(folder);
			}
		}

		for (const file of [...files, ...(await this.#list(folders))]) {
			await this.#read(file);
		}
	}

	/** Lists folders and those found in them; returns the files that were not known. */
	async #list(folders: readonly TreeFolder[]): Promise<TreeFile[]> {
		const eventLoop = new EventLoopYield();
		const files: TreeFile[] = [];
		for (let level = folders; level.length > 0 && !this.#stopped; ) {
			const next: TreeFolder[] = [];
			for (const folder of level) {
				await eventLoop.yieldIfDue();
				const found = folder.list();
				files.push(...found.files);
				next.push(...found.folders);
				for (const gone of found.gone.flatMap(folder => [...folder.all()])) {
					this.watches?.drop(gone);
				}

				if (found.replaced) {
					this.watches?.renew(folder);
				}
			}

			// First watched, then listed: nothing is put into them between the two without being seen.
			await this.watches?.add(next);
			level = next;
		}

		return files;
	}

	/** The files that are other than when they were read, those written to last first. */
	async #changedOf(files: readonly TreeFile[]): Promise<[TreeFile, Seen][]> {
		const eventLoop = new EventLoopYield();
		const changed: [TreeFile, Seen][] = [];
		for (const file of files) {
			await eventLoop.yieldIfDue();
			const stats = statsAt(file.path);
			if (stats && file.notice(stats)) {
				const {ino, size, mtimeMs} = stats;
				changed.push([file, {ino, size, mtimeMs}]);
			}
		}

		return changed.sort(([, one], [, other]) => other.mtimeMs - one.mtimeMs);
	}

	async #read(file: TreeFile): Promise<void> {
		const stats = this.#stopped ? undefined : statsAt(file.path);
		if (stats && file.notice(stats)) {
			this.#reading = file;
			await file.read(stats, this.watches === undefined, () => this.#stopped);
			this.#reading = undefined;
		}

		if (!this.#stopped) {
			this.#backfill?.pass(file);
		}
	}
}
