import {realpathSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {isWithin} from '../../agents/find-places.js';
import {type ChangeStamp, isUnchanged, stampOf} from '../../file/change-stamp.js';
import {withoutCompression} from '../../file/compressed/compression.js';
import {LogSink} from '../../log-sink.js';
import {TreeFile} from './tree-file.js';
import type {TreeIndex} from './tree-index.js';
import {deepest, listTranscripts, statsAt} from './tree-listing.js';

/** What a listing of a folder found to be other than before. */
export type Found = {
	/** Those that were not known, and those that have another name by now. */
	readonly files: readonly TreeFile[];
	readonly folders: readonly TreeFolder[];
	/** Folders that are there no more; what was in them was forgotten with them. */
	readonly gone: readonly TreeFolder[];
	/** Another folder has taken its place, or it has only come to be. */
	readonly replaced: boolean;
};

/**
 * What comes before a name to make the path of what is in a folder. Found once for all its files: each path that `join`
 * makes holds on to the pieces that it was made of.
 */
const startWithin = (folder: string): string => join(folder, 'x').slice(0, -1);

/** A folder of a tree, as of its last listing. */
export class TreeFolder {
	/** By their names, without what compressing added. */
	readonly files = new Map<string, TreeFile>();
	readonly folders = new Map<string, TreeFolder>();
	#stamp: ChangeStamp | undefined;
	#real = '';

	/** @param above real paths of the folders it is in, against links that lead in circles */
	constructor(
		/** As a person knows it. */
		readonly name: string,
		readonly path: string,
		private readonly index: TreeIndex,
		private readonly above: readonly string[] = [],
	) {}

	/** Epoch milliseconds of the latest change in it or anywhere below it. */
	get active(): number {
		const within = [...this.files.values()].map(({modified}) => modified);
		const below = [...this.folders.values()].map(({active}) => active);
		return Math.max(this.#stamp?.changed ?? 0, ...within, ...below);
	}

	/** It and all folders below, those above others first. */
	*all(): Generator<TreeFolder> {
		yield this;
		for (const folder of this.folders.values()) {
			yield* folder.all();
		}
	}

	/** Names may have come or gone since it was listed. */
	isChanged(): boolean {
		const stats = statsAt(this.path);
		return stats === undefined ? this.#stamp !== undefined : !isUnchanged(this.#stamp, stampOf(stats));
	}

	/** Compares it with what is there now. */
	list(): Found {
		const stats = statsAt(this.path);
		const before = this.#stamp;
		this.#stamp = stats && stampOf(stats);
		try {
			this.#real = stats ? realpathSync(this.path) : this.#real;
			const listing =
				stats?.isDirectory() && !this.#isElsewhere()
					? listTranscripts(this.path, relative(this.above[0] ?? this.#real, this.#real))
					: {folders: [], files: []};
			return {
				files: this.#takeFiles(listing.files),
				...this.#takeFolders(listing.folders),
				replaced: stats !== undefined && before?.inode !== stats.ino,
			};
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			const reason = code === 'EACCES' ? 'cannot be listed: permission denied' : message;
			this.index.sink.problem({kind: 'unreadable', name: this.name, message: `${this.name}: ${reason}`, count: 1});
			return {files: [], folders: [], gone: [], replaced: false};
		}
	}

	/** A link led here from another place of the tree, where it is listed anyway, or in a circle. */
	#isElsewhere(): boolean {
		const [root] = this.above;
		const isLink = this.#real !== join(this.above.at(-1) ?? '', basename(this.path));
		return root !== undefined && isLink && (isWithin(this.#real, root) || this.above.includes(this.#real));
	}

	#takeFiles(names: readonly string[]): TreeFile[] {
		// Compressed in place, a transcript is the same one; for a moment it lies there twice, and the plain one is read.
		const inOrder = [...names].sort().reverse();
		const there = new Map(inOrder.map(name => [withoutCompression(name), name]));
		for (const [name, file] of this.files) {
			if (!there.has(name)) {
				this.#forget(name, file);
			}
		}

		const [inPath, inReal, inNamed] = [this.path, this.#real, this.name].map(startWithin) as [string, string, string];
		return [...there]
			.filter(([name, fileName]) => this.files.get(name)?.fileName !== fileName)
			.map(([name, fileName]) => {
				const known = this.files.get(name);
				if (known !== undefined) {
					known.fileName = fileName;
					return known;
				}

				const log = {id: `${inReal}${name}`, name: `${inNamed}${name}`};
				const logSink = new LogSink(log, this.index.sink);
				const file = new TreeFile(inPath, fileName, logSink, this.index.resume);
				this.files.set(name, file);
				this.index.files.set(log.id, file);
				return file;
			});
	}

	#forget(name: string, file: TreeFile): void {
		this.files.delete(name);
		if (this.index.files.get(file.log.id) === file) {
			this.index.files.delete(file.log.id);
		}
	}

	/** All that was in it is gone. */
	#forgetAll(): void {
		for (const [name, file] of this.files) {
			this.#forget(name, file);
		}
	}

	#takeFolders(names: readonly string[]): Pick<Found, 'folders' | 'gone'> {
		const there = new Set(names);
		const gone = [...this.folders].filter(([name]) => !there.has(name));
		for (const [name, folder] of gone) {
			this.folders.delete(name);
			for (const below of folder.all()) {
				below.#forgetAll();
			}
		}

		const above = [...this.above, this.#real];
		const folders = names
			.filter(name => above.length <= deepest && !this.folders.has(name))
			.map(name => {
				const folder = new TreeFolder(join(this.name, name), join(this.path, name), this.index, above);
				this.folders.set(name, folder);
				return folder;
			});
		return {folders, gone: gone.map(([, folder]) => folder)};
	}
}
