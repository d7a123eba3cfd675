import {realpathSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {whyUnreadable} from '../../../system/why-unreadable.js';
import {isWithin} from '../../agents/find-places.js';
import {withoutCompression} from '../../file/compressed/compression.js';
import {LogFolder} from '../log-folder.js';
import type {SetContext, SetLog} from '../set-log.js';
import {TranscriptLog} from './transcript-log.js';
import {deepest, listTranscripts} from './tree-listing.js';

/** State shared by all folders of a tree. */
type TreeIndex = {
	readonly context: SetContext;
	/** All logs of the tree by id. */
	readonly logs: Map<string, SetLog>;
};

/** The changes found by listing a single folder. */
type FoundHere = {
	readonly logs: readonly SetLog[];
	readonly folders: readonly TreeFolder[];
	readonly gone: readonly TreeFolder[];
	readonly isReplaced: boolean;
};

/**
 * The prefix of all paths in a folder. Computed once per folder, because each result of `join` keeps the strings that
 * it was made of alive.
 */
const startWithin = (folder: string): string => join(folder, 'x').slice(0, -1);

/** A folder of a tree, as of its last listing. */
export class TreeFolder extends LogFolder {
	readonly #folders = new Map<string, TreeFolder>();
	#real = '';

	/** @param above real paths of the folders that contain it, to detect links in circles */
	constructor(
		/** The name for people. */
		private readonly name: string,
		path: string,
		private readonly index: TreeIndex,
		private readonly above: readonly string[] = [],
	) {
		super(path);
	}

	/** Time of the latest change in it or below. */
	override get active(): number {
		return Math.max(super.active, ...[...this.#folders.values()].map(({active}) => active));
	}

	/** It and all folders below, parents first. */
	*all(): Generator<TreeFolder> {
		yield this;
		for (const folder of this.#folders.values()) {
			yield* folder.all();
		}
	}

	/** Compares it with the current listing. */
	list(): FoundHere {
		const isReplaced = this.listing();
		try {
			this.#real = this.isThere ? realpathSync(this.path) : this.#real;
			const {files, folders} =
				this.isThere && !this.#isElsewhere()
					? listTranscripts(this.path, relative(this.above[0] ?? this.#real, this.#real))
					: {folders: [], files: []};
			return {logs: this.#takeFiles(files), ...this.#takeFolders(folders), isReplaced};
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === undefined) {
				throw error;
			}

			const {name} = this;
			const message = `${name}: ${whyUnreadable(error, 'listed')}`;
			this.index.context.sink.problem({kind: 'unreadable', name, message, count: 1});
			return {logs: [], folders: [], gone: [], isReplaced: false};
		}
	}

	/** True if a link led here from another place of the tree, where it is listed anyway, or in a circle. */
	#isElsewhere(): boolean {
		const [root] = this.above;
		const isLink = this.#real !== join(this.above.at(-1) ?? '', basename(this.path));
		return root !== undefined && isLink && (isWithin(this.#real, root) || this.above.includes(this.#real));
	}

	#takeFiles(names: readonly string[]): SetLog[] {
		const known = new Map<string, SetLog>();
		for (const [fileName, log] of this.logs) {
			known.set(withoutCompression(fileName), log);
		}

		this.logs.clear();
		const [inPath, inReal, inNamed] = [this.path, this.#real, this.name].map(startWithin) as [string, string, string];
		const found: SetLog[] = [];
		// A transcript compressed in place remains the same log; if both files exist for a moment, the plain one is
		// read.
		const inOrder = [...names].sort().reverse();
		for (const [name, fileName] of new Map(inOrder.map(name => [withoutCompression(name), name]))) {
			const before = known.get(name) as TranscriptLog | undefined;
			known.delete(name);
			const id = `${inReal}${name}`;
			// If names are equal to paths, thousands of them are stored once.
			const named = inNamed === inReal ? id : `${inNamed}${name}`;
			const log = before ?? new TranscriptLog(inPath, fileName, {id, name: named}, this.index.context);
			if (before === undefined) {
				this.index.logs.set(id, log);
			}

			if (before?.fileName !== fileName) {
				log.fileName = fileName;
				found.push(log);
			}

			this.logs.set(fileName, log);
		}

		this.#forget(known.values());
		return found;
	}

	/** Drops everything that was in it. */
	#forgetAll(): void {
		this.#forget(this.logs.values());
		this.logs.clear();
	}

	#forget(logs: Iterable<SetLog>): void {
		for (const known of logs) {
			const {id} = known.log;
			if (this.index.logs.get(id) === known) {
				this.index.logs.delete(id);
			}
		}
	}

	#takeFolders(names: readonly string[]): Pick<FoundHere, 'folders' | 'gone'> {
		const there = new Set(names);
		const gone = [...this.#folders].filter(([name]) => !there.has(name));
		for (const [name, folder] of gone) {
			this.#folders.delete(name);
			for (const below of folder.all()) {
				below.#forgetAll();
			}
		}

		const above = [...this.above, this.#real];
		const folders = names
			.filter(name => above.length <= deepest && !this.#folders.has(name))
			.map(name => {
				const folder = new TreeFolder(join(this.name, name), join(this.path, name), this.index, above);
				this.#folders.set(name, folder);
				return folder;
			});
		return {folders, gone: gone.map(([, folder]) => folder)};
	}
}
