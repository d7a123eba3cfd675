import {continues} from './continues.js';
import type {Delivery} from './delivery.js';
import {discover} from './discover.js';
import {type HistoryFile, historyOf, repeatedIn} from './history.js';
import {copyEvidence, KnownFiles} from './known-files.js';
import {closeFile, fileKey, isDeleted, keyAt, modifiedAt, type OpenFile, openFile, sizeOf} from './open-file.js';
import {Passage} from './passage.js';
import {matches, type Position} from './position.js';
import {Segment} from './segment.js';
import {listSiblings, placesOf, Renamed} from './siblings.js';
import type {SourceProgress} from './source.js';

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

/** What a reading begins with. */
export type Beginning = {
	/** Goes on from here, if the log or a rotated file of it can still be found to contain it. */
	readonly resume: Position | undefined;
	/** Reads the rotated files that lie there, of which nothing was read before. */
	readonly history: boolean;
};

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
	/** Of the files that were there at the start, by their keys. */
	readonly #passage = new Passage<string>();
	/** Positions in files that are to be read on from there, by their keys. */
	#awaited = new Map<string, Position>();
	/** What there was of rotated files when they were last looked through without a log at the path. */
	#rotated = '';

	constructor(
		private readonly path: string,
		private readonly delivery: Delivery,
		private readonly patience: Patience,
		private readonly beginning: Beginning = {resume: undefined, history: false},
	) {
		this.#places = placesOf(path);
		this.#last = beginning.resume;
	}

	/**
	 * How far the log has been read; undefined before there is one. Files before the one it is in come along, as long
	 * as they are open: they may still grow.
	 */
	get position(): Position | undefined {
		const read = this.#segments.map(({position}) => position).filter(({offset}) => offset > 0);
		const position = read.pop();
		if (position === undefined) {
			return this.#last;
		}

		const older = [...read, ...this.#awaited.values()];
		return older.length > 0 ? {...position, older} : position;
	}

	/** Bytes as stored of what was there at the start; undefined before that. */
	get progress(): SourceProgress | undefined {
		return this.#started ? this.#passage.progress(this.#segments.map(({key, passed}) => [key, passed])) : undefined;
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

		if (!this.#stopped) {
			this.#passage.passAll();
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

	/** Reads what lies beside the log and was not read before, oldest first. */
	async #start(): Promise<void> {
		const {resume} = this.beginning;
		// Opened first: it may be rotated while its history is read.
		const log = this.#openPath();
		const resumesInLog = log !== undefined && resume !== undefined && (await continues(log, resume));
		const from = resumesInLog ? resume : undefined;
		let files: readonly HistoryFile[];
		try {
			files = await this.#plan(log, resumesInLog);
		} catch (error) {
			if (log !== undefined) {
				closeFile(log);
			}

			throw error;
		}

		for (const {key, size} of files) {
			this.#passage.expect(key, size);
		}

		if (log !== undefined) {
			this.#passage.expect(fileKey(log), Math.max(0, sizeOf(log) - (from?.offset ?? 0)));
			this.#segments = [new Segment(log, this.delivery, from)];
		}

		this.#started = true;
		this.#awaited = new Map(files.flatMap(({key, from}) => (from === undefined ? [] : [[key, from]])));
		const moved: HistoryFile[] = [];
		for (const file of files) {
			if (!(await this.#readHistory(file, log))) {
				moved.push(file);
			}

			if (this.#stopped) {
				return;
			}

			this.#awaited.delete(file.key);
			this.#passage.pass(file.key);
			this.#closeHistory(log, file === files.at(-1));
		}

		if (moved.length > 0) {
			await this.#readMoved(moved.find(({from}) => from !== undefined)?.from, log);
		}
	}

	/** The rotated files that are to be read; they may be renamed while they are looked at. */
	async #plan(log: OpenFile | undefined, resumesInLog: boolean): Promise<readonly HistoryFile[]> {
		const {resume, history} = this.beginning;
		for (let attempt = 1; ; attempt++) {
			const siblings = listSiblings(this.#places).filter(
				sibling => log === undefined || fileKey(sibling) !== fileKey(log),
			);
			try {
				return await historyOf({siblings, resume, resumesInLog, wanted: history}, this.#known);
			} catch (error) {
				if (!(error instanceof Renamed) || attempt === attempts) {
					throw error;
				}
			}
		}
	}

	/** Reads a rotated file. Returns false where it is not among the rotated files any more: it was compressed, say. */
	async #readHistory({key, path, from}: HistoryFile, log: OpenFile | undefined): Promise<boolean> {
		try {
			const file = this.#openSibling(key, path);
			if (file === undefined) {
				return false;
			}

			const open = this.#segments.filter(segment => segment.file !== log).map(({position}) => position);
			const repeated = from ?? repeatedIn(file, log, this.#known, open);
			if (repeated === 'all') {
				// Not known for good: what it is a copy of may be emptied before it is read.
				closeFile(file);
				return true;
			}

			const segment = new Segment(file, this.delivery, repeated);
			this.#segments.splice(log === undefined ? this.#segments.length : -1, 0, segment);
			this.#awaited.delete(key);
			if ((await segment.drain(sizeOf(file), () => this.#stopped)) === 'replaced') {
				this.#drop(segment);
			}
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			const reason = code === 'EACCES' ? 'may not be read; check its permissions' : message;
			this.delivery.fileProblem('unreadable', path, reason);
		}

		return true;
	}

	/** Reads what is unknown among the rotated files as they are by now, before the log. */
	async #readMoved(from: Position | undefined, log: OpenFile | undefined): Promise<void> {
		const current = log && this.#segments.pop();
		try {
			await this.#discover(log && fileKey(log), from);
		} finally {
			this.#segments.push(...(current ? [current] : []));
		}

		for (const segment of this.#segments.filter(segment => segment !== current)) {
			await segment.drain(sizeOf(segment.file), () => this.#stopped);
		}
	}

	/** Closes history that was read, except what may still be written to. */
	#closeHistory(log: OpenFile | undefined, isLast: boolean): void {
		const hasSuccessor = !isLast || (log !== undefined && sizeOf(log) > 0);
		const read = this.#segments.filter(({file}) => file !== log);
		for (const [index, segment] of read.entries()) {
			const tooMany = read.length - index > this.patience.files;
			const quiet = Date.now() - modifiedAt(segment.file);
			if (tooMany || (quiet >= this.patience.drain && (index < read.length - 1 || hasSuccessor))) {
				this.#end(segment);
			}
		}
	}

	#openSibling(key: string, path: string): OpenFile | undefined {
		const file = this.#open(path);
		if (file !== undefined && fileKey(file) === key) {
			return file;
		}

		if (file !== undefined) {
			closeFile(file);
		}

		const moved = listSiblings(this.#places).find(sibling => fileKey(sibling) === key)?.path;
		return moved === undefined || moved === path ? undefined : this.#openSibling(key, moved);
	}

	/** Compares what is at the path with what is open, and opens what is new. */
	async #notice(): Promise<void> {
		const current = this.#segments.at(-1);
		const key = keyAt(this.path);
		const replaced = current !== undefined && !current.intact();
		if (!replaced && key === undefined && current?.file.path !== this.path) {
			return this.#noticeRotated();
		}

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

	/** Opens what is new where there are dated or numbered files alone, the newest of them the one that is written to. */
	async #noticeRotated(): Promise<void> {
		const open = new Set(this.#segments.map(({key}) => key));
		const rotated = listSiblings(this.#places)
			.filter(sibling => !open.has(fileKey(sibling)))
			.map(sibling => `${fileKey(sibling)} ${sibling.size}`)
			.join();
		if (rotated !== this.#rotated) {
			this.#rotated = rotated;
			await this.#discover(undefined);
		}
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
		return this.#open(this.path);
	}

	#open(path: string): OpenFile | undefined {
		try {
			return openFile(path);
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
				this.#end(segment);
			}
		}
	}

	/** Closes a file that is not waited for any more. */
	#end(segment: Segment): void {
		if (segment.finish()) {
			const reason = 'was rotated in the middle of a line, which was read as it is';
			this.delivery.fileProblem('unfinished-line', segment.file.path, reason);
		}

		if (segment.position.offset === 0) {
			this.#known.addFile(segment.file);
		}

		this.#drop(segment);
	}

	#drop(segment: Segment): void {
		const {position, file} = segment;
		if (position.offset > 0) {
			this.#last = position;
			this.#known.addRead(position, sizeOf(file));
		}

		this.#segments = this.#segments.filter(other => other !== segment);
		segment.close();
	}
}
