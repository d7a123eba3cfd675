import {withSlowlyGrowingHeap} from '../../system/growing-heap.js';
import {EventLoopYield} from '../event-loop-yield.js';
import {BackfillProgress} from '../file/backfill-progress.js';
import type {SourceProgress} from '../source.js';
import type {Catalogue} from './catalogue.js';
import type {FolderWatches} from './folder-watches.js';
import type {LogFolder} from './log-folder.js';
import type {SetLog} from './set-log.js';

/** Milliseconds after its last write during which a log is checked in each sweep. */
const alive = 3_600_000;

/** Maximum number of open logs: those written last. */
const mostAwake = 64;

/** From this number of changed logs on, memory is a concern. */
const many = 5000;

/** How thoroughly to look for changes without events. */
export type Thoroughness = 'not at all' | 'what is alive' | 'everything';

type SetReadingOptions = {
	/** Milliseconds after its last write after which a log is closed. */
	readonly drowsy: number;
	/** Undefined if the logs are read once. */
	readonly watches?: FolderWatches | undefined;
};

/** Reads a set of logs: each look finds what is new and reads it, last written first. */
export class SetReading {
	#woken = new Set<SetLog>();
	/** Folders with events about unknown names. */
	#noted = new Set<LogFolder>();
	readonly #awake = new Set<SetLog>();
	#stopped = false;
	/** The logs that existed at the first look. */
	#backfill: BackfillProgress<SetLog> | undefined;
	#reading: SetLog | undefined;

	constructor(
		private readonly catalogue: Catalogue,
		private readonly options: SetReadingOptions,
	) {}

	/** By log id. */
	get logs(): ReadonlyMap<string, SetLog> {
		return this.catalogue.logs;
	}

	/** Its logs are read once, and not followed. */
	get #isOnce(): boolean {
		return this.options.watches === undefined;
	}

	/** Stored bytes that existed at the first look; 0 before. */
	get progress(): SourceProgress {
		const {done = 0, behind = 0} = this.#reading?.progress ?? {};
		const open = this.#reading === undefined ? [] : [[this.#reading, done] as const];
		return {...(this.#backfill?.progress(open) ?? {done: 0, total: 0}), behind};
	}

	/** Folders with logs, or in which logs may appear. */
	get folders(): Iterable<LogFolder> {
		return this.catalogue.folders;
	}

	/** Notes an event about a name in a folder, or about the folder as a whole, for the next look. */
	note(folder: LogFolder, name: string | undefined): void {
		for (const log of name === undefined ? folder.logs.values() : folder.concerned(name)) {
			this.#woken.add(log);
		}

		if (name === undefined || !folder.logs.has(name)) {
			this.#noted.add(folder);
		}
	}

	/** See `SetLog.rest`. A log that is read only once is needed no more. */
	rest(id: string): boolean {
		const isResting = this.logs.get(id)?.rest() ?? false;
		if (isResting && this.#isOnce) {
			this.catalogue.forget(id);
		}

		return isResting;
	}

	/** Makes the current look end soon. */
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
		if (this.#isOnce) {
			// Names of files matter only to what comes later.
			for (const folder of this.folders) {
				folder.logs.clear();
			}
		}
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

		const read = () => this.#readAll(changed);
		await (changed.length < many ? read() : withSlowlyGrowingHeap(read));
		this.#rest();
	}

	/** @param changed emptied from its end: nothing is held of a log once it was read, as there may be a hundred thousand */
	async #readAll(changed: SetLog[]): Promise<void> {
		for (let log = changed.pop(); log !== undefined; log = changed.pop()) {
			// What is being written now does not wait for years of history.
			await this.#readWoken();
			if (log.isDue) {
				await this.#read(log);
			}
		}
	}

	/** The logs with something to read, last written first. */
	async list(): Promise<readonly SetLog[]> {
		await this.#find('everything');
		return (await this.#changed('everything')).reverse();
	}

	async #find(thoroughness: Thoroughness): Promise<void> {
		const {watches} = this.options;
		const all = [...(thoroughness === 'not at all' ? this.#noted : this.folders)];
		this.#noted.clear();
		let folders = thoroughness === 'everything' ? all : all.filter(folder => folder.isChanged());
		// Folders are watched first, then listed, so that nothing that appears between the two is missed.
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
				// Its files were not watched until now.
				for (const log of folder.logs.values()) {
					this.#woken.add(log);
				}
			}

			await watches?.add(found.folders);
			folders = [...(watches === undefined ? found.unlisted : found.folders)];
		}
	}

	async #readWoken(): Promise<void> {
		if (this.#noted.size > 0) {
			await this.#find('not at all');
		}

		// At first all of them are new, and are read in order.
		const woken = this.#backfill === undefined ? [] : [...this.#woken];
		this.#woken.clear();
		for (const log of woken) {
			if (log.notice()) {
				await this.#read(log);
			}
		}
	}

	/** The logs with something to read, last written last. */
	async #changed(thoroughness: Thoroughness): Promise<SetLog[]> {
		const eventLoop = new EventLoopYield();
		const since = thoroughness === 'everything' ? 0 : Date.now() - alive;
		const changed: SetLog[] = [];
		for (const log of thoroughness === 'not at all' ? [] : this.logs.values()) {
			await eventLoop.yieldIfDue();
			if ((log.modified >= since || log.isAwake) && log.notice()) {
				changed.push(log);
			}
		}

		return changed.sort((one, other) => other.modified - one.modified).reverse();
	}

	async #read(log: SetLog): Promise<void> {
		if (this.#stopped) {
			return;
		}

		this.#reading = log;
		await log.read(this.#isOnce);
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

	/** Closes logs that have been idle for long, and the longest idle ones if too many are open. */
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
