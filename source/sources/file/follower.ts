import type {LogSink} from '../log-sink.js';
import type {SourceProgress} from '../source.js';
import {BackfillProgress} from './backfill-progress.js';
import type {DrainTimeouts} from './drain-timeouts.js';
import {continues} from './history/continues.js';
import {type Beginning, HistoryReading} from './history/history-reading.js';
import {openLongerCopy} from './history/longer-copy.js';
import {listSiblings, placesOf} from './history/siblings.js';
import {closeFile, fileKey, keyAt, type OpenFile, openIfThere, sizeOf} from './open-file.js';
import {OpenSegments} from './open-segments.js';
import type {Position} from './position.js';
import {Segment} from './segment.js';

/**
 * Reads a log through renames, truncations and copies. Each look reads what exists, oldest first; what triggers looks,
 * and how often, does not affect the result.
 */
export class Follower {
	readonly #open: OpenSegments;
	readonly #history: HistoryReading;
	#places: readonly string[];
	#started = false;
	#isThere = false;
	/** Bytes of the files that existed at the start, by key. */
	readonly #backfill = new BackfillProgress<string>();
	/** The rotated files when they were last searched without a log at the path. */
	#rotated = '';

	constructor(
		private readonly path: string,
		private readonly logSink: LogSink,
		private readonly drainTimeouts: DrainTimeouts,
		private readonly beginning: Beginning,
	) {
		this.#places = placesOf(path);
		this.#open = new OpenSegments(logSink, beginning.resume);
		this.#history = new HistoryReading(this.#places, this.#open, this.#backfill, drainTimeouts);
	}

	/** How far the log has been read; undefined before there is one. */
	get position(): Position | undefined {
		return this.#open.position(this.#history.awaited);
	}

	/** Stored bytes that existed at the start; undefined before. */
	get progress(): SourceProgress | undefined {
		if (!this.#started) {
			return undefined;
		}
		const {all} = this.#open;
		return {
			...this.#backfill.progress(all.map(({key, passed}) => [key, passed])),
			behind: all.reduce((sum, {unread}) => sum + unread, 0),
		};
	}

	/** The file at the end of the log. */
	get current(): OpenFile | undefined {
		return this.#open.current?.file;
	}

	/** True if there was a file at its path at the last look. */
	get isThere(): boolean {
		return this.#isThere;
	}

	/** True if everything that existed at the last look has been read, and only one file remains to be watched. */
	get isExhausted(): boolean {
		const [only, ...more] = this.#open.all;
		return more.length === 0 && this.position?.older === undefined && only?.isExhausted === true;
	}

	/** Paths of the log: its own, and the target of a symbolic link. */
	get places(): readonly string[] {
		return this.#places;
	}

	/** Reads what exists now. Throws the system's error if a file of the log cannot be read. */
	async look(): Promise<void> {
		if (!this.#started) {
			await this.#start();
		}

		await this.#notice();
		while (!(await this.#open.drain()) && !this.#open.stopped()) {
			await this.#notice();
		}

		if (!this.#open.stopped()) {
			this.#backfill.passAll();
		}

		this.#open.endQuiet(this.drainTimeouts);
	}

	/** Delivers the incomplete last line, because no look follows. */
	finish(): void {
		this.#open.finish();
	}

	/** Makes the current look end soon. */
	stop(): void {
		this.#open.stop();
	}

	close(): void {
		this.#open.close(this.#history.awaited);
	}

	/** Reads unread rotated files, oldest first. */
	async #start(): Promise<void> {
		const {resume} = this.beginning;
		// Opened first, because it may be rotated while its history is read.
		const file = openIfThere(this.path);
		let log: Segment | undefined;
		try {
			const resumesInLog = file !== undefined && resume !== undefined && (await continues(file, resume));
			log = file && new Segment(file, this.logSink, resumesInLog ? resume : undefined);
			log?.takeFingerprint();
			await this.#history.plan(this.beginning, log, resumesInLog);
		} catch (error) {
			if (file !== undefined) {
				closeFile(file);
			}

			throw error;
		}

		if (log !== undefined) {
			this.#backfill.expect(log.key, Math.max(0, sizeOf(log.file) - log.position.offset));
			this.#open.add(log);
		}

		this.#started = true;
		await this.#history.read(log);
	}

	/** Compares the file at the path with the open ones, and opens it if it is new. */
	async #notice(): Promise<void> {
		const {current} = this.#open;
		const key = keyAt(this.path);
		this.#isThere = key !== undefined;
		const isReplaced = current !== undefined && !current.intact();
		if (!isReplaced && key === undefined && current?.file.path !== this.path) {
			return this.#noticeRotated();
		}

		const isSame = key === undefined || key === current?.key;
		if (!isReplaced && isSame && !current?.isDoubtful) {
			return;
		}

		this.#places = [...new Set([...this.#places, ...placesOf(this.path)])];
		if (isReplaced) {
			const {unread} = current;
			if (!(await this.#arrive(current)) && unread > 0) {
				this.logSink.problem('lost-in-truncation', `was truncated before its last ${unread} bytes could be read`);
			}
		} else if (current !== undefined && isSame) {
			current.takeFingerprint();
			// Without a file at the path, rotated ones may be newer, and are searched with the next log.
			if (key !== undefined) {
				await this.#open.discover(this.#places, {current});
			}
		} else if (current === undefined || !this.#takeOver(current)) {
			current?.touch();
			await this.#arrive();
		}

		this.#places = placesOf(this.path);
	}

	/** Opens new files if there are only dated or numbered ones, the newest of which is written to. */
	async #noticeRotated(): Promise<void> {
		const open = new Set(this.#open.all.map(({key}) => key));
		const rotated = listSiblings(this.#places)
			.filter(sibling => !open.has(fileKey(sibling)))
			.map(sibling => `${fileKey(sibling)} ${sibling.size}`)
			.join();
		if (rotated !== this.#rotated) {
			this.#rotated = rotated;
			await this.#open.discover(this.#places);
		}
	}

	/**
	 * Opens the file at the path, after files that were rotated before it appeared.
	 * @param gone the file at the end of the log whose content has disappeared
	 * @returns true if the rest of that was found, even if it is empty
	 */
	async #arrive(gone?: Segment): Promise<boolean> {
		// Opened before the search for earlier files: if it is rotated meanwhile, nothing is missed.
		const current = this.#openCurrent(gone);
		try {
			return await this.#open.discover(this.#places, {current, gone, interrupted: gone?.interrupted});
		} catch (error) {
			if (current !== undefined && !this.#open.all.includes(current)) {
				current.close();
			}

			throw error;
		}
	}

	#openCurrent(gone: Segment | undefined): Segment | undefined {
		const file = openIfThere(this.path);
		if (file === undefined) {
			return undefined;
		}

		const back = this.#open.all.find(segment => segment !== gone && segment.key === fileKey(file));
		if (back !== undefined) {
			// It was rotated and has returned.
			closeFile(file);
			return back;
		}

		const current = new Segment(file, this.logSink, this.#open.known.readBefore(file));
		current.takeFingerprint();
		return current;
	}

	/** Continues in a longer copy that replaced the log, as rsync and editors do. */
	#takeOver(current: Segment): boolean {
		const longer = openLongerCopy(this.path, current);
		if (longer === undefined) {
			return false;
		}

		const {position} = current;
		this.#open.remove(current);
		current.close();
		this.#open.add(new Segment(longer, this.logSink, position));
		return true;
	}
}
