import type {LogSink} from '../log-sink.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {discover} from './history/discover.js';
import {listSiblings} from './history/siblings.js';
import type {Interrupted} from './interrupted.js';
import {KnownFiles} from './known-files.js';
import {isDeleted, sizeOf} from './open-file.js';
import type {Position} from './position.js';
import type {Segment} from './segment.js';

/** What is known when rotated files are looked through. */
type Sought = {
	/** The file at the end of the log, or about to be: left for later. */
	readonly current?: Segment | undefined;
	/** A file whose content is not there any more: closed. */
	readonly gone?: Segment | undefined;
	/** What was being read when it was gone. */
	readonly interrupted?: Interrupted | undefined;
};

/** The files of a log that are open, in their order, and what is known of those that were. */
export class OpenSegments {
	readonly known = new KnownFiles();
	/** Oldest first. */
	#all: readonly Segment[] = [];
	#stopped = false;

	/** @param last how far the log was read before any of them is */
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
	 * How far the log has been read; undefined before there is one. Files before the one it is in come along, as long
	 * as they are open: they may still grow.
	 * @param awaited positions in files that are to be read on from there
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

	/** Puts a file in before another, or at the end. */
	add(segment: Segment, before?: Segment): void {
		const index = before === undefined ? -1 : this.#all.indexOf(before);
		const at = index < 0 ? this.#all.length : index;
		this.#all = [...this.#all.slice(0, at), segment, ...this.#all.slice(at)];
	}

	/** Lets go of a file without closing it. */
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

	/** Closes the files that are not waited for any more. */
	endQuiet(drainTimeouts: DrainTimeouts): void {
		const {current} = this;
		const succeeded = current !== undefined && sizeOf(current.file) > 0;
		const count = this.#all.length;
		for (const [index, segment] of this.#all.entries()) {
			const quiet = Date.now() - segment.lastActive;
			const tooMany = count - 1 - index > drainTimeouts.files;
			const replaced = segment !== current && succeeded && quiet >= drainTimeouts.drain;
			const gone = quiet >= drainTimeouts.deleted && isDeleted(segment.file);
			if (tooMany || replaced || gone) {
				this.end(segment);
			}
		}
	}

	/** Closes a file, to be known as far as it was read. */
	drop(segment: Segment): void {
		const {position, file} = segment;
		if (position.offset > 0) {
			this.last = position;
			this.known.addRead(position, sizeOf(file));
		}

		this.remove(segment);
		segment.close();
	}

	/** Reads what there is in all files; false where the last one turned out to be emptied, so that it must be looked for. */
	async drain(): Promise<boolean> {
		const {current} = this;
		const replaced = await this.#drain(this.#all, current);
		for (const segment of replaced.filter(segment => segment !== current)) {
			this.drop(segment);
		}

		return current === undefined || !replaced.includes(current);
	}

	/**
	 * Returns those that turned out to hold other content.
	 * @param current may be emptied after it is copied, so that what is new in it may not be read before its copies
	 */
	async #drain(segments: readonly Segment[], current?: Segment): Promise<readonly Segment[]> {
		// Sizes are taken newest first and read oldest first: what is read of a file was written before all that is
		// left unread of the older ones, so a writer that changes files late stays in order.
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
	 * Opens, each in its place, what was never read among the rotated files. Returns whether the rest of what was
	 * interrupted was found, even if nothing is left of it.
	 */
	async discover(places: readonly string[], {current, gone, interrupted}: Sought = {}): Promise<boolean> {
		const isRotated = (segment: Segment) => segment !== current && segment !== gone;
		// What these hold tells which of the rotated files are copies of them.
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

	/** Hands over unfinished last lines. */
	finish(): void {
		for (const segment of this.#all) {
			segment.finish(false);
		}
	}

	/** @param awaited as of `position` */
	close(awaited: Iterable<Position>): void {
		this.last = this.position(awaited);
		for (const segment of this.#all) {
			segment.close();
		}

		this.#all = [];
	}
}
