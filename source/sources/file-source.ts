import {basename} from 'node:path';
import {Delivery} from './delivery.js';
import {type FolderWatcher, folderWatcher} from './folder-watcher.js';
import {Follower, type Patience} from './follower.js';
import {Looking} from './looking.js';
import type {Position} from './position.js';
import type {Log, Source, SourceSink} from './source.js';

/** How a file is read and followed; all of it has defaults. */
export type FileOptions = {
	/** Goes on from here, if the log or a rotated file of it can still be found to contain it. */
	readonly resume?: Position | undefined;
	/** The file does not grow: following it is reading it once. */
	readonly still?: boolean;
	/** Milliseconds between two looks that nothing woke: 2000. */
	readonly sweep?: number;
	/** The same where watching fails: 500. */
	readonly sweepAlone?: number;
	readonly patience?: Partial<Patience>;
	readonly watcher?: FolderWatcher;
};

const patience: Patience = {drain: 5000, deleted: 60_000, files: 8};

/** One log file with its rotations. What lies beside it when reading begins is history, and is not read. */
export class FileSource implements Source {
	readonly name: string;
	#follower: Follower | undefined;

	constructor(
		readonly log: Log,
		private readonly path: string,
		private readonly options: FileOptions = {},
	) {
		this.name = basename(path);
	}

	/**
	 * How far the log has been read: right at any time, also within `lines`, whose bytes are counted as read then.
	 * Undefined before there is anything.
	 */
	get position(): Position | undefined {
		return this.#follower?.position ?? this.options.resume;
	}

	async read(sink: SourceSink): Promise<void> {
		const reading = this.#begin(sink);
		await reading.look();
		reading.end();
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		if (this.options.still) {
			await this.read(sink);
			return async () => undefined;
		}

		const {watcher = folderWatcher, sweep = 2000, sweepAlone = 500} = this.options;
		const reading = this.#begin(sink);
		const looking = new Looking(reading.look);
		await looking.now();

		let timer: NodeJS.Timeout | undefined;
		const every = (milliseconds: number) => {
			clearInterval(timer);
			timer = setInterval(() => {
				watcher.renew(this.path);
				looking.wake();
			}, milliseconds);
		};
		every(sweep);
		let told = false;
		const failed = (error: Error) => {
			every(Math.min(sweep, sweepAlone));
			if (!told) {
				told = true;
				reading.delivery.problem(
					'watch-failed',
					`cannot be watched and is looked at every ${sweepAlone} ms (${error.message})`,
				);
			}
		};
		const ends = await Promise.all(
			reading.follower.places.map(place => watcher.listen(place, {wake: () => looking.wake(), failed})),
		);
		// What was written before events began to come.
		await looking.now();

		return async () => {
			clearInterval(timer);
			for (const end of ends) {
				end();
			}

			reading.follower.stop();
			await looking.stop();
			reading.follower.close();
		};
	}

	#begin(sink: SourceSink) {
		const delivery = new Delivery(this.log, sink);
		const follower = new Follower(this.path, delivery, {...patience, ...this.options.patience}, this.options.resume);
		this.#follower = follower;
		let told = -1;
		let complaint: string | undefined;
		const report = () => {
			if (delivery.revision !== told) {
				told = delivery.revision;
				delivery.caughtUpWith(follower.current);
			}
		};
		const look = async () => {
			try {
				await follower.look();
				if (follower.current === undefined && told < 0) {
					delivery.problem('missing', 'does not exist; check the path, or wait for it to be written');
				}

				complaint = undefined;
			} catch (error) {
				const {code, message} = error as NodeJS.ErrnoException;
				if (code === undefined) {
					throw error;
				}

				if (code !== complaint) {
					complaint = code;
					delivery.problem('unreadable', code === 'EACCES' ? 'may not be read; check its permissions' : message);
				}
			}

			report();
		};
		const end = () => {
			follower.finish();
			report();
			follower.close();
		};
		return {delivery, follower, look, end};
	}
}
