import type {Log} from '../../log.js';
import {discardSink} from '../discard-sink.js';
import type {DrainTimeouts} from '../file/drain-timeouts.js';
import {defaultDrainTimeouts} from '../file/drain-timeouts.js';
import {listSiblings, placesOf} from '../file/history/siblings.js';
import type {Position} from '../file/position.js';
import {tailOf, worthwhile} from '../file/recent.js';
import type {RecentLines, Source, SourceProgress, SourceSink} from '../source.js';
import {type FolderWatcher, folderWatcher} from './folder-watcher.js';
import {followMany} from './follow-many.js';
import type {LogFinder} from './log-finder.js';
import type {LogFolder} from './log-folder.js';
import {ProblemDigest} from './problem-digest.js';
import {type SetOptions, SetReading} from './set-reading.js';

/** How a set of logs is read and followed; all of it has defaults. */
export type SetSourceOptions = {
	/** Where an earlier reading of a log ended. */
	readonly resume?: ((log: Log) => Position | undefined) | undefined;
	/** Files that are read by others. */
	readonly isElsewhere?: (path: string) => boolean;
	/** Milliseconds between two looks at the folders and the logs written to of late: 2000. */
	readonly sweep?: number | undefined;
	/** The same where watching fails: 500. */
	readonly sweepAlone?: number | undefined;
	/** Milliseconds between two looks at every log: 60,000. */
	readonly sweepAll?: number;
	/** Milliseconds after its last write after which a log is closed: 60,000. */
	readonly drowsy?: number;
	readonly drainTimeouts?: Partial<DrainTimeouts> | undefined;
	readonly watcher?: FolderWatcher | undefined;
};

/** The logs of folders, of patterns, or many named ones, with those that come later. Each is a log of its own. */
export class SetSource implements Source {
	#reading: SetReading | undefined;

	/** @param name of the whole, as a person knows it */
	constructor(
		readonly name: string,
		private readonly finders: readonly LogFinder[],
		private readonly options: SetSourceOptions = {},
	) {}

	get progress(): SourceProgress {
		return this.#reading?.progress ?? {done: 0, total: 0};
	}

	positionOf(log: string): Position | undefined {
		return this.#reading?.logs.get(log)?.position;
	}

	async recent(most: number): Promise<readonly RecentLines[]> {
		const logs = await this.#open(discardSink, undefined).list();
		const unread = logs.reduce((sum, log) => sum + log.unread(), 0);
		const recent: RecentLines[] = [];
		let room = unread < worthwhile * most ? 0 : most;
		for (const {named, log} of logs) {
			if (room <= 0) {
				break;
			}

			const newest = listSiblings(placesOf(named.path)).at(-1)?.path ?? named.path;
			const tail = (await tailOf(named.path, room)) ?? (named.history ? await tailOf(newest, room) : undefined);
			if (tail !== undefined && tail.bytes.length > 0) {
				recent.push({log, bytes: tail.bytes});
				room -= tail.bytes.length;
			}
		}

		return recent;
	}

	async read(sink: SourceSink): Promise<void> {
		this.#reading = this.#open(new ProblemDigest(this.name, sink), undefined);
		await this.#reading.look('everything');
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {watcher = folderWatcher, sweep = 2000, sweepAlone = 500, sweepAll = 60_000} = this.options;
		const digest = new ProblemDigest(this.name, sink);
		return followMany<LogFolder>({
			name: this.name,
			sink: digest,
			watcher,
			sweep,
			sweepAlone,
			sweepAll,
			first: [],
			open: watches => {
				this.#reading = this.#open(digest, watches);
				return this.#reading;
			},
		});
	}

	#open(sink: SourceSink, watches: SetOptions['watches']): SetReading {
		const {resume = () => undefined, isElsewhere = () => false, drainTimeouts, drowsy = 60_000} = this.options;
		return new SetReading({
			finders: this.finders,
			sink,
			resume,
			isElsewhere,
			drainTimeouts: {...defaultDrainTimeouts, ...drainTimeouts},
			drowsy,
			watches,
		});
	}
}
