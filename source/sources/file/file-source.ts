import {basename} from 'node:path';
import type {Log} from '../../log.js';
import {LogSink} from '../log-sink.js';
import {type FolderWatcher, folderWatcher} from '../set/folder-watcher.js';
import {SerialPoll} from '../set/serial-poll.js';
import type {RecentLines, Source, SourceProgress, SourceSink} from '../source.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {defaultDrainTimeouts} from './drain-timeouts.js';
import {FileReading} from './file-reading.js';
import {listSiblings, placesOf} from './history/siblings.js';
import type {Position} from './position.js';
import {tailOf, worthwhile} from './recent.js';
import {bytesToRead} from './to-read.js';

/** Options of a file; all are optional. */
export type FileOptions = {
	/** The position to continue from, if the log or a rotated file still contains it. */
	readonly resume?: Position | undefined;
	/** Reads the rotated files next to it first, as its history. Default: true. */
	readonly history?: boolean;
	/** True if the file does not grow: following it means reading it once. */
	readonly still?: boolean;
	/** Milliseconds between looks without an event. Default: 2000. */
	readonly sweep?: number;
	/** Milliseconds between looks if watching fails. Default: 500. */
	readonly sweepAlone?: number;
	readonly drainTimeouts?: Partial<DrainTimeouts>;
	readonly watcher?: FolderWatcher;
};

/** A log file with its rotations, including those that exist when reading begins. */
export class FileSource implements Source {
	readonly name: string;
	#reading: FileReading | undefined;
	#estimate: number | undefined;

	constructor(
		readonly log: Log,
		private readonly path: string,
		private readonly options: FileOptions = {},
	) {
		this.name = basename(path);
	}

	get progress(): SourceProgress {
		const {resume, history = true} = this.options;
		const progress = this.#reading?.progress;
		if (progress !== undefined) {
			return progress;
		}

		this.#estimate ??= bytesToRead(this.path, resume, history);
		return {done: 0, total: this.#estimate};
	}

	positionOf(log: string): Position | undefined {
		return log === this.log.id ? (this.#reading?.position ?? this.options.resume) : undefined;
	}

	async recent(most: number): Promise<readonly RecentLines[]> {
		const {done, total} = this.progress;
		if (total - done < worthwhile * most) {
			return [];
		}

		const {history = true} = this.options;
		const rotated = history ? listSiblings(placesOf(this.path)).map(({path}) => path) : [];
		const recent: RecentLines[] = [];
		let room = most;
		for (const path of [this.path, ...rotated.reverse()]) {
			const tail = await tailOf(path, room);
			if (tail !== undefined && tail.bytes.length > 0) {
				recent.unshift({log: this.log, bytes: tail.bytes});
				room -= tail.bytes.length;
			}

			if (room <= 0 || (tail === undefined ? path !== this.path : !tail.isWhole)) {
				break;
			}
		}

		return recent;
	}

	async read(sink: SourceSink): Promise<void> {
		const {reading} = this.#begin(sink, false);
		await reading.look();
		reading.end();
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		if (this.options.still) {
			await this.read(sink);
			return async () => undefined;
		}

		const {watcher = folderWatcher, sweep = 2000, sweepAlone = 500} = this.options;
		const {reading, logSink} = this.#begin(sink, true);
		const poll = new SerialPoll(() => reading.look());
		await poll.now();

		let timer: NodeJS.Timeout | undefined;
		const every = (milliseconds: number) => {
			clearInterval(timer);
			timer = setInterval(() => {
				watcher.renew(this.path);
				poll.wake();
			}, milliseconds);
		};
		every(sweep);
		let told = false;
		const failed = (error: Error) => {
			every(Math.min(sweep, sweepAlone));
			if (!told) {
				told = true;
				logSink.problem('watch-failed', `cannot be watched and is looked at every ${sweepAlone} ms (${error.message})`);
			}
		};
		const ends = await Promise.all(
			reading.places.map(place => watcher.listen(place, {wake: () => poll.wake(), failed})),
		);
		// Reads what was written before events arrive.
		await poll.now();

		return async () => {
			clearInterval(timer);
			for (const end of ends) {
				end();
			}

			reading.stop();
			await poll.stop();
			reading.close();
		};
	}

	#begin(sink: SourceSink, isFollowed: boolean) {
		const {resume, history = true, drainTimeouts} = this.options;
		const options = {
			resume,
			history,
			drainTimeouts: {...defaultDrainTimeouts, ...drainTimeouts},
			expected: isFollowed ? ('awaited' as const) : ('there' as const),
		};
		const logSink = new LogSink(this.log, sink);
		const reading = new FileReading(this.path, logSink, options);
		this.#reading = reading;
		return {reading, logSink};
	}
}
