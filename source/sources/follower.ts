import type {Delivery} from './delivery.js';
import {discover} from './discover.js';
import {continues, findContinuation} from './find-continuation.js';
import {copyEvidence, KnownFiles} from './known-files.js';
import {closeFile, fileKey, isDeleted, keyAt, type OpenFile, openFile, sizeOf, withFile} from './open-file.js';
import {matches, type Position} from './position.js';
import {Segment} from './segment.js';
import {listSiblings, placesOf} from './siblings.js';

/** How long files that were rotated away are kept open. */
export type Patience = {
	/** Milliseconds of quiet after which one is closed whose successor is written to. */
	readonly drain: number;
	/** Milliseconds of quiet after which a deleted one is closed that has no successor; it takes up space till then. */
	readonly deleted: number;
	/** How many are kept open at most. */
	readonly files: number;
};

/** How often a rotation may come between listing and opening before it is left to the next look. */
const attempts = 5;

/**
 * Reads one log through renames, truncations and copies. Each look reads what there is, oldest first; what wakes it,
 * and how often, does not matter for what is read.
 */
export class Follower {
	#segments: Segment[] = [];
	#known = new KnownFiles();
	#places: readonly string[];
	#last: Position | undefined;
	#started = false;
	#stopped = false;

	constructor(
		private readonly path: string,
		private readonly delivery: Delivery,
		private readonly patience: Patience,
		private readonly resume?: Position,
	) {
		this.#places = placesOf(path);
	}

	/** How far the log has been read; undefined before there is one. */
	get position(): Position | undefined {
		if (this.#segments.length === 0) {
			return this.#last;
		}

		return (this.#segments.findLast(({position}) => position.offset > 0) ?? this.#segments.at(-1))?.position;
	}

	/** The file now at the end of the log. */
	get current(): OpenFile | undefined {
		return this.#segments.at(-1)?.file;
	}

	/** Paths the log is at: its own, and the one a symbolic link leads to. */
	get places(): readonly string[] {
		return this.#places;
	}

	/** Reads what is there now. Throws the system's error where the log or a file of it cannot be read. */
	async look(): Promise<void> {
		if (!this.#started) {
			await this.#start();
		}

		await this.#notice();
		while (!(await this.#drain()) && !this.#stopped) {
			await this.#notice();
		}

		this.#closeQuiet();
	}

	/** Hands over the unfinished last line: the log will not be looked at again. */
	finish(): void {
		for (const segment of this.#segments) {
			segment.finish();
		}
	}

	/** Makes a running look end soon. */
	stop(): void {
		this.#stopped = true;
	}

	close(): void {
		this.#last = this.position;
		for (const segment of this.#segments) {
			segment.close();
		}

		this.#segments = [];
	}

	/** Takes what lies beside the log as history, except what came after the position to resume from. */
	async #start(): Promise<void> {
		const siblings = listSiblings(this.#places);
		const {resume} = this;
		const file = this.#openPath();
		if (file !== undefined && resume !== undefined && (await continues(file, resume))) {
			this.#segments = [new Segment(file, this.delivery, resume)];
		} else if (file !== undefined) {
			closeFile(file);
		}

		const missing = this.#segments.length === 0 ? resume : undefined;
		const first = missing === undefined ? -1 : await findContinuation(siblings, missing);
		for (const {path} of first < 0 ? siblings : siblings.slice(0, first)) {
			await withFile(path, file => this.#known.addFile(file));
		}

		if (first >= 0) {
			await this.#discover(keyAt(this.path), missing);
		}

		this.#started = true;
	}

	/** Compares what is at the path with what is open, and opens what is new. */
	async #notice(): Promise<void> {
		const current = this.#segments.at(-1);
		const key = keyAt(this.path);
		const replaced = current !== undefined && !current.intact();
		if (!replaced && (key === undefined || key === current?.key)) {
			return;
		}

		this.#places = [...new Set([...this.#places, ...placesOf(this.path)])];
		if (replaced) {
			this.#segments.pop();
			const {unread, position, head} = current;
			const continued = await this.#discover(key, position, head);
			if (!continued && unread > 0) {
				this.delivery.problem('lost-in-truncation', `was truncated before its last ${unread} bytes could be read`);
			}

			current.close();
		} else if (current !== undefined && this.#takeOver(current)) {
			return;
		} else {
			current?.touch();
			await this.#discover(key);
		}

		let at = key;
		for (let attempt = 1; !this.#openCurrent(at) && attempt < attempts; attempt++) {
			at = keyAt(this.path);
			await this.#discover(at);
		}

		this.#places = placesOf(this.path);
	}

	async #discover(key: string | undefined, interrupted?: Position, head: Buffer = Buffer.alloc(0)): Promise<boolean> {
		const open = this.#segments.map(({position}) => position);
		const except = new Set(this.#segments.map(segment => segment.key));
		if (key !== undefined) {
			except.add(key);
		}

		const {segments, continued} = await discover(() => listSiblings(this.#places), {
			delivery: this.delivery,
			known: this.#known,
			except,
			open,
			interrupted,
			head,
		});
		this.#segments.push(...segments);
		return continued;
	}

	/** The log was replaced by a longer copy of itself, as rsync and editors do: the reading goes on in that. */
	#takeOver(current: Segment): boolean {
		const {position} = current;
		if (position.offset < copyEvidence || !isDeleted(current.file)) {
			return false;
		}

		const file = this.#openPath();
		if (file === undefined || !matches(file, position)) {
			if (file !== undefined) {
				closeFile(file);
			}

			return false;
		}

		current.close();
		this.#segments.pop();
		this.#segments.push(new Segment(file, this.delivery, position));
		return true;
	}

	/** Opens the log; false where it was rotated once more since its rotated files were listed. */
	#openCurrent(key: string | undefined): boolean {
		const file = this.#openPath();
		if (file === undefined) {
			return true;
		}

		if (fileKey(file) !== key) {
			closeFile(file);
			return false;
		}

		// It may be one that was rotated away and came back.
		const index = this.#segments.findIndex(segment => segment.key === key);
		if (index < 0) {
			this.#segments.push(new Segment(file, this.delivery, this.#known.readBefore(file)));
		} else {
			closeFile(file);
			this.#segments.push(...this.#segments.splice(index, 1));
		}

		return true;
	}

	#openPath(): OpenFile | undefined {
		try {
			return openFile(this.path);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
				return undefined;
			}

			throw error;
		}
	}

	/** Returns false where a file turned out to be truncated, so that it must be looked for anew. */
	async #drain(): Promise<boolean> {
		// Sizes are taken newest first and read oldest first: what is read of a file was written before all that is
		// left unread of the older ones, so a writer that changes files late stays in order.
		const sizes = new Map([...this.#segments].reverse().map(segment => [segment, sizeOf(segment.file)]));
		for (const segment of [...this.#segments]) {
			const drained = await segment.drain(sizes.get(segment) ?? 0, () => this.#stopped);
			if (drained === 'drained') {
				continue;
			}

			if (segment === this.#segments.at(-1)) {
				return false;
			}

			this.#drop(segment);
		}

		return true;
	}

	#closeQuiet(): void {
		const current = this.#segments.at(-1);
		const succeeded = current !== undefined && sizeOf(current.file) > 0;
		for (const [index, segment] of this.#segments.entries()) {
			const isCurrent = segment === current;
			const quiet = Date.now() - segment.lastActive;
			const tooMany = this.#segments.length - 1 - index > this.patience.files;
			const replaced = !isCurrent && succeeded && quiet >= this.patience.drain;
			const gone = quiet >= this.patience.deleted && isDeleted(segment.file);
			if (tooMany || replaced || gone) {
				if (segment.finish()) {
					this.delivery.problem('unfinished-line', 'was rotated in the middle of a line, which was read as it is');
				}

				this.#drop(segment);
			}
		}
	}

	#drop(segment: Segment): void {
		this.#last = segment.position;
		this.#known.addRead(segment.position);
		this.#segments = this.#segments.filter(other => other !== segment);
		segment.close();
	}
}
