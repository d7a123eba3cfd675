import type {Log} from '../../../log.js';
import {discardSink} from '../../discard-sink.js';
import type {Position} from '../../file/position.js';
import {tailOf, worthwhile} from '../../file/recent.js';
import type {RecentLines, Source, SourceProgress, SourceSink} from '../../source.js';
import {type FolderWatcher, folderWatcher} from '../folder-watcher.js';
import {followMany} from '../follow-many.js';
import {ProblemDigest} from '../problem-digest.js';
import {isRewritten} from './transcripts.js';
import {TreeFolder} from './tree-folder.js';
import type {TreeIndex} from './tree-index.js';
import {TreeReading} from './tree-reading.js';

/** How a tree is followed; all of it has defaults. */
export type TreeOptions = {
	/** Where an earlier reading of a log ended. A file that is as it was then is not opened. */
	readonly resume?: ((log: Log) => Position | undefined) | undefined;
	/** Milliseconds between two looks at all folders and the files written to of late: 5000. */
	readonly sweep?: number;
	/** The same where watching fails: 1000. */
	readonly sweepAlone?: number;
	/** Milliseconds between two looks at every file: 60,000. */
	readonly sweepAll?: number;
	readonly watcher?: FolderWatcher;
};

/**
 * A folder with thousands of transcripts in folders below. Each file is a log of its own, opened only while it is
 * read; files and folders that come later are found.
 */
export class TreeSource implements Source {
	#reading: TreeReading | undefined;
	#index: TreeIndex | undefined;

	/**
	 * @param name of the folder, as a person knows it
	 * @param path of the folder, which need not exist yet
	 */
	constructor(
		readonly name: string,
		readonly path: string,
		private readonly options: TreeOptions = {},
	) {}

	get progress(): SourceProgress {
		return this.#reading?.progress ?? {done: 0, total: 0};
	}

	positionOf(log: string): Position | undefined {
		return this.#index?.files.get(log)?.position;
	}

	async recent(most: number): Promise<readonly RecentLines[]> {
		const {root} = this.#open(discardSink);
		const files = await new TreeReading(root, undefined).list();
		const unread = files.reduce((sum, [file, stats]) => sum + file.unread(stats), 0);
		const recent: RecentLines[] = [];
		let room = unread < worthwhile * most ? 0 : most;
		for (const [file, stats] of files) {
			if (room <= 0) {
				break;
			}

			// A document without its beginning says nothing.
			const whole = isRewritten(file.path) && stats.size > room;
			const tail = whole ? undefined : await tailOf(file.path, room, stats.size - file.unread(stats));
			if (tail !== undefined && tail.bytes.length > 0) {
				recent.push({log: file.log, bytes: tail.bytes});
				room -= tail.bytes.length;
			}
		}

		return recent;
	}

	async read(sink: SourceSink): Promise<void> {
		const {root} = this.#begin(sink);
		this.#reading = new TreeReading(root, undefined);
		await this.#reading.look('everything');
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {watcher = folderWatcher, sweep = 5000, sweepAlone = 1000, sweepAll = 60_000} = this.options;
		const {digest, root} = this.#begin(sink);
		return followMany<TreeFolder>({
			name: this.name,
			sink: digest,
			watcher,
			sweep,
			sweepAlone,
			sweepAll,
			first: [root],
			open: watches => {
				this.#reading = new TreeReading(root, watches);
				return this.#reading;
			},
		});
	}

	#begin(sink: SourceSink) {
		const digest = new ProblemDigest(this.name, sink);
		const {root, index} = this.#open(digest);
		this.#index = index;
		return {digest, root};
	}

	#open(sink: SourceSink) {
		const index: TreeIndex = {sink, resume: this.options.resume ?? (() => undefined), files: new Map()};
		return {index, root: new TreeFolder(this.name, this.path, index)};
	}
}
