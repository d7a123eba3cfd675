import type {Log} from '../../log.js';
import {discardSink} from '../discard-sink.js';
import type {ChangeStamp} from '../file/change-stamp.js';
import type {DrainTimeouts} from '../file/drain-timeouts.js';
import {defaultDrainTimeouts} from '../file/drain-timeouts.js';
import type {Position} from '../file/position.js';
import {worthwhile} from '../file/recent.js';
import type {RecentLines, Source, SourceProgress, SourceSink} from '../source.js';
import type {Catalogue} from './catalogue.js';
import {type FolderWatcher, folderWatcher} from './folder-watcher.js';
import type {FolderWatches} from './folder-watches.js';
import {followMany} from './follow-many.js';
import {ProblemDigest} from './problem-digest.js';
import type {SetContext} from './set-log.js';
import {SetReading} from './set-reading.js';

/** Options for a set of logs; all are optional. */
export type SetSourceOptions = {
	/** Returns the saved position of a log that begins to be read. */
	readonly resume?: ((log: Log) => Position | undefined) | undefined;
	/** Returns the saved position of a log, for a look at how much is unread; by default, that of `resume`. */
	readonly positionOf?: ((log: Log) => Position | undefined) | undefined;
	/** Returns the state of a log's file when it had been read completely, if that is known without its position. */
	readonly stampOf?: ((log: Log) => ChangeStamp | undefined) | undefined;
	/** Milliseconds between looks at folders and at recently written logs. Default: 2000. */
	readonly sweep?: number | undefined;
	/** Milliseconds between looks if watching fails. Default: 500. */
	readonly sweepAlone?: number | undefined;
	/** Milliseconds between looks at every log. Default: 60,000. */
	readonly sweepAll?: number;
	/** Milliseconds after its last write after which a log is closed. Default: 60,000. */
	readonly drowsy?: number;
	readonly drainTimeouts?: Partial<DrainTimeouts> | undefined;
	readonly watcher?: FolderWatcher | undefined;
};

/** Many logs, including those that appear later. Each is a log of its own. */
export class SetSource implements Source {
	#reading: SetReading | undefined;

	/**
	 * @param name of the set, for people
	 * @param open returns the catalogue of its logs
	 */
	constructor(
		readonly name: string,
		private readonly open: (context: SetContext) => Catalogue,
		private readonly options: SetSourceOptions = {},
	) {}

	get progress(): SourceProgress {
		return this.#reading?.progress ?? {done: 0, total: 0};
	}

	positionOf(log: string): Position | undefined {
		return this.#reading?.logs.get(log)?.position;
	}

	rest(log: string): boolean {
		return this.#reading?.rest(log) ?? false;
	}

	async recent(most: number): Promise<readonly RecentLines[]> {
		const logs = await this.#open(discardSink).list();
		const unread = logs.reduce((sum, log) => sum + log.unread, 0);
		const recent: RecentLines[] = [];
		let room = unread < worthwhile * most ? 0 : most;
		for (const log of logs) {
			if (room <= 0) {
				break;
			}

			const tail = await log.tail(room);
			if (tail !== undefined && tail.bytes.length > 0) {
				recent.push({log: log.log, bytes: tail.bytes});
				room -= tail.bytes.length;
			}
		}

		return recent;
	}

	async read(sink: SourceSink): Promise<void> {
		this.#reading = this.#open(new ProblemDigest(this.name, sink));
		await this.#reading.look('everything');
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {watcher = folderWatcher, sweep = 2000, sweepAlone = 500, sweepAll = 60_000} = this.options;
		const digest = new ProblemDigest(this.name, sink);
		const open = (watches: FolderWatches) => {
			this.#reading = this.#open(digest, watches);
			return this.#reading;
		};
		return followMany({name: this.name, sink: digest, watcher, sweep, sweepAlone, sweepAll, open});
	}

	#open(sink: SourceSink, watches?: FolderWatches): SetReading {
		const {resume = () => undefined, positionOf = resume, stampOf = () => undefined} = this.options;
		const {drainTimeouts, drowsy = 60_000} = this.options;
		const context = {sink, resume, positionOf, stampOf, drainTimeouts: {...defaultDrainTimeouts, ...drainTimeouts}};
		return new SetReading(this.open(context), {drowsy, watches});
	}
}
