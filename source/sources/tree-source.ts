import {type FolderWatcher, folderWatcher} from './folder-watcher.js';
import {Looking} from './looking.js';
import {ProblemDigest} from './problem-digest.js';
import type {Source, SourceSink} from './source.js';
import {TreeFolder} from './tree-folder.js';
import {type Thoroughness, TreeReading} from './tree-reading.js';
import {TreeWatches} from './tree-watches.js';

/** How a tree is followed; all of it has defaults. */
export type TreeOptions = {
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
	/**
	 * @param name of the folder, as a person knows it
	 * @param path of the folder, which need not exist yet
	 */
	constructor(
		readonly name: string,
		readonly path: string,
		private readonly options: TreeOptions = {},
	) {}

	async read(sink: SourceSink): Promise<void> {
		const {root} = this.#begin(sink);
		await new TreeReading(root, undefined).look('everything');
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {watcher = folderWatcher, sweep = 5000, sweepAlone = 1000, sweepAll = 60_000} = this.options;
		const {digest, root} = this.#begin(sink);
		let told = false;
		const failed = (error: Error) => {
			if (!told) {
				told = true;
				every(Math.min(sweep, sweepAlone));
				const message = `${this.name}: cannot be watched and is looked at every ${sweepAlone} ms (${error.message})`;
				digest.problem({kind: 'watch-failed', name: this.name, message, count: 1});
			}
		};
		const watches = new TreeWatches(watcher, folder => ({
			wake: name => {
				reading.note(folder, name);
				looking.wake();
			},
			failed,
		}));
		const reading = new TreeReading(root, watches);
		let next: Thoroughness = 'everything';
		let lookedAtAll = 0;
		const looking = new Looking(async () => {
			const now = next;
			next = 'not at all';
			await reading.look(now);
			if (now === 'everything') {
				lookedAtAll = Date.now();
				await watches.choose(root);
			}
		});
		let timer: NodeJS.Timeout | undefined;
		const every = (milliseconds: number) => {
			clearInterval(timer);
			timer = setInterval(() => {
				next = Date.now() - lookedAtAll >= sweepAll ? 'everything' : 'what is alive';
				looking.wake();
			}, milliseconds);
		};

		await watches.add([root]);
		await looking.now();
		if (!told) {
			every(sweep);
		}

		return async () => {
			clearInterval(timer);
			reading.stop();
			await looking.stop();
			watches.close();
		};
	}

	#begin(sink: SourceSink) {
		const digest = new ProblemDigest(this.name, sink);
		return {digest, root: new TreeFolder(this.name, this.path, digest)};
	}
}
