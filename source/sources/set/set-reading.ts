import {EventLoopYield} from '../event-loop-yield.js';
import {BackfillProgress} from '../file/backfill-progress.js';
import type {SourceProgress} from '../source.js';
import type {Catalogue} from './catalogue.js';
import type {FolderWatches} from './folder-watches.js';
import type {LogFolder} from './log-folder.js';
import type {SetLog} from './set-log.js';

/** Milliseconds after its last write for which a log is looked at in each sweep. */
const alive = 3_600_000;

/** How many logs are kept open at most: those that were written to last. */
const mostAwake = 64;

/** How thoroughly to look for what no event told of. */
export type Thoroughness = 'not at all' | 'what is alive' | 'everything';

type SetReadingOptions = {
	/** Milliseconds after its last write after which a log is closed. */
	readonly drowsy: number;
	/** Logs are read once and to their end, where there are none. */
	readonly watches?: FolderWatches | undefined;
};

/** Reads a set of logs: each look finds what is new, and reads what was written last first. */
export class SetReading {
	#woken = new Set<SetLog>();
	/** Folders in which something happened to names that are not known. */
	#noted = new Set<LogFolder>();
	readonly #awake = new Set<SetLog>();
	#stopped = false;
	/** Of the logs that were there at the first look. */
	#backfill: BackfillProgress<SetLog> | undefined;
	#reading: SetLog | undefined;

	constructor(
		private readonly catalogue: Catalogue,
		private readonly options: SetReadingOptions,
	) {}

	/** By their ids. */
	get logs(): ReadonlyMap<string, SetLog> {
		return this.catalogue.logs;
	}

	/** Bytes as stored of what was there at the first look; 0 before that. */
	get progress(): SourceProgress {
		const {done = 0, behind = 0} = this.#reading?.progress ?? {};
		const open = this.#reading === undefined ? [] : [[this.#reading, done] as const];
		return {...(this.#backfill?.progress(open) ?? {done: 0, total: 0}), behind};
	}

	/** Folders that logs are in, or may come to. */
	get folders(): Iterable<LogFolder> {
		return this.catalogue.folders;
	}

	/** Something happened to a name in a folder, or to anything there; the next look goes after it. */
	note(folder: LogFolder, name: string | undefined): void {
		for (const log of name === undefined ? folder.logs.values() : folder.concerned(name)) {
			this.#woken.add(log);
		}

		if (name === undefined || !folder.logs.has(name)) {
			this.#noted.add(folder);
		}
	}

	/** Makes a running look end soon. */
	stop(): void {
		this.#stopped = true;
		this.#reading?.stop();
	}

	close(): void {
		for (const log of this.logs.values()) {
			log.sleep();
		}
	}

	async look(thoroughness: Thoroughness): Promise<void> {
		await this.#find(thoroughness);
		await this.#readWoken();
		const changed = await this.#changed(thoroughness);
		if (this.#backfill === undefined) {
			const eventLoop = new EventLoopYield();
			const backfill = new BackfillProgress<SetLog>();
			for (const log of changed) {
				await eventLoop.yieldIfDue();
				backfill.expect(log, log.unread);
			}

			this.#backfill = backfill;
		}

		for (const log of changed) {
			// What is written right now does not wait until years of history are read.
			await this.#readWoken();
			if (log.isDue) {
				await this.#read(log);
			}
		}

		this.#rest();
	}

	/** The logs that have something to read, those written to last first. */
	async list(): Promise<readonly SetLog[]> {
		await this.#find('everything');
		return this.#changed('everything');
	}

	async #find(thoroughness: Thoroughness): Promise<void> {
		const {watches} = this.options;
		const all = [...(thoroughness === 'not at all' ? this.#noted : this.folders)];
		this.#noted.clear();
		let folders = thoroughness === 'everything' ? all : all.filter(folder => folder.isChanged());
		// Folders are first watched, then listed: nothing is put into them between the two without being seen.
		while (folders.length > 0 && !this.#stopped) {
			const found = await this.catalogue.list(folders);
			for (const log of found.logs) {
				this.#woken.add(log);
			}
			for (const folder of found.gone) {
				watches?.drop(folder);
			}
			for (const folder of found.replaced) {
				watches?.renew(folder);
			}

			await watches?.add(found.folders);
			folders = [...(watches === undefined ? found.unlisted : found.folders)];
		}
	}

	async #readWoken(): Promise<void> {
		if (this.#noted.size > 0) {
			await this.#find('not at all');
		}

		// All of them are new at first, and then to be read in their order.
		const woken = this.#backfill === undefined ? [] : [...this.#woken];
		this.#woken.clear();
		for (const log of woken) {
			if (log.notice()) {
				await this.#read(log);
			}
		}
	}

	async #changed(thoroughness: Thoroughness): Promise<readonly SetLog[]> {
		const eventLoop = new EventLoopYield();
		const since = thoroughness === 'everything' ? 0 : Date.now() - alive;
		const changed: SetLog[] = [];
		for (const log of thoroughness === 'not at all' ? [] : this.logs.values()) {
			await eventLoop.yieldIfDue();
			if ((log.modified >= since || log.isAwake) && log.notice()) {
				changed.push(log);
			}
		}

		return changed.sort((one, other) => other.modified - one.modified);
	}

	async #read(log: SetLog): Promise<void> {
		if (this.#stopped) {
			return;
		}

		this.#reading = log;
		await log.read(this.options.watches === undefined);
		this.#reading = undefined;
		if (!this.#stopped) {
			this.#backfill?.pass(log);
		}

		if (log.isAwake) {
			this.#awake.add(log);
		}

		if (this.#awake.size > 2 * mostAwake) {
			this.#rest();
		}
	}

	/** Closes what has not been written to for long, and what was written to first where too much is open. */
	#rest(): void {
		const awake = [...this.#awake].sort((one, other) => other.modified - one.modified);
		for (const [index, log] of awake.entries()) {
			if (index >= mostAwake || Date.now() - log.modified > this.options.drowsy) {
				log.sleep();
				this.#awake.delete(log);
			}
		}
	}
}
