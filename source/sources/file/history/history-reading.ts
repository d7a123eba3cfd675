import {whyUnreadable} from '../../../system/why-unreadable.js';
import type {BackfillProgress} from '../backfill-progress.js';
import type {DrainTimeouts} from '../drain-timeouts.js';
import {closeFile, fileKey, modifiedAt, type OpenFile, openIfThere, sizeOf} from '../open-file.js';
import type {OpenSegments} from '../open-segments.js';
import type {Position} from '../position.js';
import {Segment} from '../segment.js';
import {type HistoryFile, historyOf, repeatedIn} from './history.js';
import {listSiblings, Renamed} from './siblings.js';

/** How often a rotation may come between listing and opening before it is an error. */
const attempts = 5;

/** What a reading begins with. */
export type Beginning = {
	/** Goes on from here, if the log or a rotated file of it can still be found to contain it. */
	readonly resume: Position | undefined;
	/** Reads the rotated files that lie there, of which nothing was read before. */
	readonly history: boolean;
};

/** Reads, oldest first, the rotated files that lie beside a log when its reading begins. */
export class HistoryReading {
	#files: readonly HistoryFile[] = [];
	/** Positions in files that are to be read on from there, by their keys. */
	readonly #awaited = new Map<string, Position>();

	/**
	 * @param places paths the log is at
	 * @param backfill is told what there is to pass, by the keys of the files
	 */
	constructor(
		private readonly places: readonly string[],
		private readonly open: OpenSegments,
		private readonly backfill: BackfillProgress<string>,
		private readonly drainTimeouts: DrainTimeouts,
	) {}

	/** Positions in files that are still to be read on from there. */
	get awaited(): Iterable<Position> {
		return this.#awaited.values();
	}

	/** Finds the rotated files that are to be read; they may be renamed while they are looked at. */
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
			// What is unknown among the rotated files as they are by now is read before the log.
			const from = moved.find(({from}) => from !== undefined)?.from;
			const interrupted = from && {position: from, evidence: from, head: Buffer.alloc(0)};
			await this.open.discover(this.places, {current: log, interrupted});
		}
	}

	/** Reads a rotated file. Returns false where it is not among the rotated files any more: it was compressed, say. */
	async #readFile({key, path, from}: HistoryFile, log: Segment | undefined): Promise<boolean> {
		try {
			const file = this.#open(key, path);
			if (file === undefined) {
				return false;
			}

			const read = this.open.all.filter(segment => segment !== log).map(({position}) => position);
			const repeated = from ?? (await repeatedIn(file, log?.file, this.open.known, read));
			if (repeated === 'all') {
				// Not known for good: what it is a copy of may be emptied before it is read.
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

	/** Closes what was read, except what may still be written to. */
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

	/** Opens a file by its key, wherever it is by now. */
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
