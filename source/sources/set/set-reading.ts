import {EventLoopYield} from '../event-loop-yield.js';
import {BackfillProgress} from '../file/backfill-progress.js';
import type {SourceProgress} from '../source.js';
import type {FolderWatches} from './folder-watches.js';
import type {ManyReading, Thoroughness} from './follow-many.js';
import type {LogFolder} from './log-folder.js';
import {LogSet, type LogSetOptions} from './log-set.js';
import type {SetLog} from './set-log.js';

/** Milliseconds after its last write for which a log is looked at in each sweep. */
const alive = 3_600_000;

/** How many logs are kept open at most: those that were written to last. */
const mostAwake = 64;

export type SetOptions = LogSetOptions & {
	/** Milliseconds after its last write after which a log is closed. */
	readonly drowsy: number;
	/** Logs are read once and to their end, where there are none. */
	readonly watches: FolderWatches<LogFolder> | undefined;
};

/** Reads a set of logs: each look finds what is new, and reads what was written last first. */
export class SetReading implements ManyReading<LogFolder> {
	readonly #set: LogSet;
	#woken = new Set<SetLog>();
	readonly #awake = new Set<SetLog>();
	#listAgain = true;
	#stopped = false;
	/** Of the logs that were there at the first look. */
	#backfill: BackfillProgress<SetLog> | undefined;
	#reading: SetLog | undefined;

	constructor(private readonly options: SetOptions) {
		this.#set = new LogSet(options, folder => options.watches?.renew(folder));
	}

	/** By their ids. */
	get logs(): ReadonlyMap<string, SetLog> {
		return this.#set.logs;
	}

	get progress(): SourceProgress {
		const open = this.#reading === undefined ? [] : [[this.#reading, this.#reading.passed] as const];
		return {...(this.#backfill?.progress(open) ?? {done: 0, total: 0}), behind: this.#reading?.behind ?? 0};
	}

	get folders(): Iterable<LogFolder> {
		return this.#set.folders;
	}

	/** Something happened to a name in a folder, or to anything there; the next look goes after it. */
	note(folder: LogFolder, name: string | undefined): void {
		const concerned = name === undefined ? [...folder.logs.values()] : folder.concerned(name);
		for (const log of concerned) {
			this.#woken.add(log);
		}

		if (concerned.length === 0 || name === undefined) {
			this.#listAgain ||= folder.isChanged();
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
				backfill.expect(log, log.unread());
			}

			this.#backfill = backfill;
		}

		for (const log of changed) {
			// What is written right now does not wait until years of history are read.
			await this.#readWoken();
			await this.#read(log);
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
		let again = this.#listAgain || thoroughness === 'everything';
		again ||= thoroughness !== 'not at all' && this.#set.isChanged();
		// Folders are first watched, then listed: nothing is put into them between the two without being seen.
		while (again && !this.#stopped) {
			this.#listAgain = false;
			const found = await this.#set.list();
			for (const log of found.logs) {
				this.#woken.add(log);
			}

			await watches?.add(found.folders);
			again = found.folders.length > 0 && watches !== undefined;
		}
	}

	async #readWoken(): Promise<void> {
		if (this.#listAgain) {
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

		this.#awake.add(log);
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
