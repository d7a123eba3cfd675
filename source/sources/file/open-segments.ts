import {monotonic} from '../../time/monotonic.js';
import type {LogSink} from '../log-sink.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {discover} from './history/discover.js';
import {listSiblings} from './history/siblings.js';
import type {Interrupted} from './interrupted.js';
import {KnownFiles} from './known-files.js';
import {isDeleted, sizeOf} from './open-file.js';
import type {Position} from './position.js';
import type {Segment} from './segment.js';

/** The circumstances of a search of rotated files. */
type Sought = {
	/** The file at the end of the log, now or soon: left for later. */
	readonly current?: Segment | undefined;
	/** A file whose content has disappeared: closed. */
	readonly gone?: Segment | undefined;
	/** What was being read when it disappeared. */
	readonly interrupted?: Interrupted | undefined;
};

/** The open files of a log in order, and what is known of closed ones. */
export class OpenSegments {
	readonly known = new KnownFiles();
	/** Oldest first. */
	#all: readonly Segment[] = [];
	#stopped = false;

	/** @param last how far the log was read before any of them */
	constructor(
		readonly logSink: LogSink,
		private last: Position | undefined,
	) {}

	get all(): readonly Segment[] {
		return this.#all;
	}

	/** The file at the end of the log. */
	get current(): Segment | undefined {
		return this.#all.at(-1);
	}

	/**
	 * How far the log has been read; undefined before there is one. Includes positions in earlier files while they are
	 * open, because they may still grow.
	 * @param awaited positions in files that are still to be continued
	 */
	position(awaited: Iterable<Position>): Position | undefined {
		const read = this.#all.map(({position}) => position).filter(({offset}) => offset > 0);
		const position = read.pop();
		if (position === undefined) {
			return this.last;
		}

		const older = [...read, ...awaited];
		return older.length > 0 ? {...position, older} : position;
	}

	readonly stopped = (): boolean => this.#stopped;

	/** Makes reading end soon. */
	stop(): void {
		this.#stopped = true;
	}

	/** Inserts a file before another, or at the end. */
	add(segment: Segment, before?: Segment): void {
		const index = before === undefined ? -1 : this.#all.indexOf(before);
		const at = index < 0 ? this.#all.length : index;
		this.#all = [...this.#all.slice(0, at), segment, ...this.#all.slice(at)];
	}

	/** Removes a file without closing it. */
	remove(segment: Segment): void {
		this.#all = this.#all.filter(other => other !== segment);
	}

	/** Closes a file that is not waited for any more. */
	end(segment: Segment): void {
		if (segment.finish(true)) {
			const reason = 'was rotated in the middle of a line, which was read as it is';
			this.logSink.fileProblem('unfinished-line', segment.file.path, reason);
		}

		if (segment.position.offset === 0) {
			this.known.addFile(segment.file);
		}

		this.drop(segment);
	}

	/** Closes the files that have been silent for too long. */
	endQuiet(drainTimeouts: DrainTimeouts): void {
		const {current} = this;
		const succeeded = current !== undefined && sizeOf(current.file) > 0;
		const count = this.#all.length;
		for (const [index, segment] of this.#all.entries()) {
			const quiet = monotonic() - segment.lastActive;
			const tooMany = count - 1 - index > drainTimeouts.files;
			const replaced = segment !== current && succeeded && quiet >= drainTimeouts.drain;
			const gone = quiet >= drainTimeouts.deleted && isDeleted(segment.file);
			if (tooMany || replaced || gone) {
				this.end(segment);
			}
		}
	}

	/** Closes a file and marks as known what was read of it. */
	drop(segment: Segment): void {
		const {position, file} = segment;
		if (position.offset > 0) {
			this.last = position;
			this.known.addRead(position, sizeOf(file));
		}

		this.remove(segment);
		segment.close();
	}

	/** Reads all files; false if the last one was truncated, so that its content must be searched for. */
	async drain(): Promise<boolean> {
		const {current} = this;
		const replaced = await this.#drain(this.#all, current);
		for (const segment of replaced.filter(segment => segment !== current)) {
			this.drop(segment);
		}

		return current === undefined || !replaced.includes(current);
	}

	/**
	 * Returns files with other content than before.
	 * @param current may be truncated after copying, so its new content must not be read before its copies
	 */
	async #drain(segments: readonly Segment[], current?: Segment): Promise<readonly Segment[]> {
		// Sizes are taken newest first and read oldest first: what is read of a file was written before everything left
		// unread in older ones, so that the order is right for a writer that changes files late.
		const sizes = [...segments].reverse().map(segment => sizeOf(segment.file));
		const replaced: Segment[] = [];
		for (const segment of segments) {
			const size = sizes.pop() ?? 0;
			const end = segment === current ? segment.sure(size) : size;
			if ((await segment.drain(end, this.stopped)) === 'replaced') {
				replaced.push(segment);
			}
		}

		return replaced;
	}

	/**
	 * Opens rotated files that were never read, each in its place. Returns true if the rest of the interrupted content
	 * was found, even if it is empty.
	 */
	async discover(places: readonly string[], {current, gone, interrupted}: Sought = {}): Promise<boolean> {
		const isRotated = (segment: Segment) => segment !== current && segment !== gone;
		// Their content shows which of the rotated files are copies.
		for (const segment of await this.#drain(this.#all.filter(isRotated))) {
			this.drop(segment);
		}

		const last = current === undefined ? [] : [current];
		const {logSink, known} = this;
		const rotated = this.#all.filter(isRotated);
		const open = [...rotated, ...last];
		const found = await discover(() => listSiblings(places), {logSink, known, open, current, interrupted});
		this.#all = [...rotated, ...found.older, ...last, ...found.newer];
		gone?.close();
		return found.continued;
	}

	/** Delivers incomplete last lines. */
	finish(): void {
		for (const segment of this.#all) {
			segment.finish(false);
		}
	}

	/** @param awaited as in `position` */
	close(awaited: Iterable<Position>): void {
		this.last = this.position(awaited);
		for (const segment of this.#all) {
			segment.close();
		}

		this.#all = [];
	}
}
