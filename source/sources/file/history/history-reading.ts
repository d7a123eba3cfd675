import {whyUnreadable} from '../../../system/why-unreadable.js';
import type {BackfillProgress} from '../backfill-progress.js';
import type {DrainTimeouts} from '../drain-timeouts.js';
import {closeFile, fileKey, modifiedAt, type OpenFile, openIfThere, sizeOf} from '../open-file.js';
import type {OpenSegments} from '../open-segments.js';
import type {Position} from '../position.js';
import {Segment} from '../segment.js';
import {type HistoryFile, historyOf, repeatedIn} from './history.js';
import {listSiblings, Renamed} from './siblings.js';

/** Number of rotations between listing and opening after which it is an error. */
const attempts = 5;

/** How a reading starts. */
export type Beginning = {
	/** The position to continue from, if the log or a rotated file still contains it. */
	readonly resume: Position | undefined;
	/** True reads existing rotated files if nothing was read before. */
	readonly history: boolean;
};

/** Reads the rotated files that exist when the reading of a log starts, oldest first. */
export class HistoryReading {
	#files: readonly HistoryFile[] = [];
	/** Positions to continue from in files, by their keys. */
	readonly #awaited = new Map<string, Position>();

	/**
	 * @param places paths of the log
	 * @param backfill receives the bytes to read, by file
	 */
	constructor(
		private readonly places: readonly string[],
		private readonly open: OpenSegments,
		private readonly backfill: BackfillProgress<string>,
		private readonly drainTimeouts: DrainTimeouts,
	) {}

	/** Positions in files that are still to be continued. */
	get awaited(): Iterable<Position> {
		return this.#awaited.values();
	}

	/** Determines the rotated files to read, which may be renamed in the meantime. */
	async plan({resume, history}: Beginning, log: Segment | undefined, resumesInLog: boolean): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			const siblings = listSiblings(this.places).filter(sibling => fileKey(sibling) !== log?.key);
			try {
				this.#files = await historyOf({siblings, resume, resumesInLog, wanted: history}, this.open.known);
				break;
			} catch (error) {
				if (!(error instanceof Renamed) || attempt === attempts) {
					throw error;
				}
			}
		}

		for (const {key, size, from} of this.#files) {
			this.backfill.expect(key, size);
			if (from !== undefined) {
				this.#awaited.set(key, from);
			}
		}
	}

	/** Reads them, before the log. */
	async read(log: Segment | undefined): Promise<void> {
		const moved: HistoryFile[] = [];
		for (const file of this.#files) {
			if (!(await this.#readFile(file, log))) {
				moved.push(file);
			}

			if (this.open.stopped()) {
				return;
			}

			this.#awaited.delete(file.key);
			this.backfill.pass(file.key);
			this.#close(log, file === this.#files.at(-1));
		}

		if (moved.length > 0) {
			// Unknown rotated files that exist by now are read before the log.
			const from = moved.find(({from}) => from !== undefined)?.from;
			const interrupted = from && {position: from, evidence: from, head: Buffer.alloc(0)};
			await this.open.discover(this.places, {current: log, interrupted});
		}
	}

	/** Reads a rotated file. Returns false if it has disappeared, for example because it was compressed. */
	async #readFile({key, path, from}: HistoryFile, log: Segment | undefined): Promise<boolean> {
		try {
			const file = this.#open(key, path);
			if (file === undefined) {
				return false;
			}

			const read = this.open.all.filter(segment => segment !== log).map(({position}) => position);
			const repeated = from ?? (await repeatedIn(file, log?.file, this.open.known, read));
			if (repeated === 'all') {
				// Not marked as known, because what it is a copy of may be truncated before it is read.
				closeFile(file);
				return true;
			}

			const segment = new Segment(file, this.open.logSink, repeated);
			this.open.add(segment, log);
			this.#awaited.delete(key);
			if ((await segment.drain(sizeOf(file), this.open.stopped)) === 'replaced') {
				this.open.drop(segment);
			}
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === undefined) {
				throw error;
			}

			this.open.logSink.fileProblem('unreadable', path, whyUnreadable(error));
		}

		return true;
	}

	/** Closes what was read, except for what may still be written to. */
	#close(log: Segment | undefined, isLast: boolean): void {
		const hasSuccessor = !isLast || (log !== undefined && sizeOf(log.file) > 0);
		const read = this.open.all.filter(segment => segment !== log);
		for (const [index, segment] of read.entries()) {
			const tooMany = read.length - index > this.drainTimeouts.files;
			const quiet = Date.now() - modifiedAt(segment.file);
			if (tooMany || (quiet >= this.drainTimeouts.drain && (index < read.length - 1 || hasSuccessor))) {
				this.open.end(segment);
			}
		}
	}

	/** Opens a file by its key, at its current place. */
	#open(key: string, path: string): OpenFile | undefined {
		const file = openIfThere(path);
		if (file !== undefined && fileKey(file) === key) {
			return file;
		}

		if (file !== undefined) {
			closeFile(file);
		}

		const moved = listSiblings(this.places).find(sibling => fileKey(sibling) === key)?.path;
		return moved === undefined || moved === path ? undefined : this.#open(key, moved);
	}
}
