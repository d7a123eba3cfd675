import {statesVersion} from '../formats/state/saved-state.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import type {LogFacts} from '../sources/source.js';
import type {Cursor} from '../store/cursor.js';
import type {Batch, Change, Store} from '../store/store.js';
import type {CrossReference} from './cross-reference.js';
import {glanceOf, type Reread} from './glance.js';
import {LogLines} from './log-lines.js';
import type {LogReading} from './log-reading.js';
import {LogView} from './log-view.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import type {SavedReading, SavedReadings} from './saved-readings.js';
import {ShortLog} from './short-log.js';

/** What the readings of all logs share. */
export type Surroundings = {
	readonly options: IngestOptions;
	readonly store: Pick<Store, 'thread'>;
	readonly saved: SavedReadings;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** Receives changes to be stored. */
	readonly onKeep: (change: Change) => void;
	/** Receives a reading whose provisional requests may have changed although nothing has to be stored. */
	readonly onProvisional: (reading: Reading) => void;
};

/** A log recognised only by a catch-all format can change its format until this many bytes have been read. */
const undecided = 1 << 20;

const none = [] as const;
const nothingBefore = {read: 0, lines: 0} as const;

/** A log that is being read: how far, from where, and what is saved of that. */
export class Reading {
	readonly log: Log;
	readonly #around: Surroundings;
	readonly #lines: LogLines;
	/** True if the session's state is stored, and restored when lines arrive. */
	#isResting: boolean;
	/**
	 * Bytes and lines read by this process, without a last line that may still be completed: the next process reads it
	 * again.
	 */
	#read = {bytes: 0, lines: 0};
	/** Bytes and lines of the log read by earlier processes, according to its saved cursor. */
	#before: Pick<Cursor, 'read' | 'lines'> = nothingBefore;
	/** True if an earlier process determined the format. */
	#isDecided = false;
	readonly #short = new ShortLog();
	/** True if the store has had a state of this reading or of an earlier one. */
	#isSaved = false;
	/** Provisional requests including those of the unfinished last line. */
	#unfinished: readonly Request[] | undefined;
	readonly #view: LogView;

	/**
	 * @param before the view of the log when it was suspended, or whether it has not changed since an earlier reading
	 */
	constructor(log: Log, around: Surroundings, before: LogReading | boolean) {
		this.log = log;
		this.#around = around;
		const begun = around.saved.take(log.id);
		this.#isResting = begun === undefined && before !== false;
		this.#lines = new LogLines(log, around);
		this.#view = new LogView(log, typeof before === 'object' ? before : undefined);
		this.#resume(begun ?? around.saved.of(log.id));
	}

	/** The state of the log: the same object until something changes. */
	get view(): LogReading {
		const {references, store} = this.#around;
		return this.#view.of(this.#lines, this.#before, references, store);
	}

	/** To be set when everything that exists has been passed on. */
	set facts(facts: LogFacts) {
		this.#view.facts = facts;
	}

	/** The log's provisional requests. */
	get provisional(): readonly Request[] {
		return this.#unfinished ?? this.#lines.session.provisional;
	}

	/** Those without what an unfinished last line adds; undefined if there is none. */
	get provisionalOfWholeLines(): readonly Request[] | undefined {
		return this.#unfinished && this.#lines.session.provisional;
	}

	/** The position; none for sources that start from the beginning each time, such as commands. */
	get cursors(): Batch['cursors'] {
		const position = this.#around.options.positionOf?.(this.log.id);
		// A document is read from its beginning until its end has been seen.
		if (!position || this.#lines.isIncomplete) {
			return [];
		}
		const {session, form} = this.#lines;
		const kept = {
			position,
			...session.kept,
			...(form && {form}),
			read: this.#before.read + this.#read.bytes,
			lines: this.#before.lines + this.#read.lines,
		};
		const print = 'isAlone' in position && position.isAlone ? this.#short.print : undefined;
		const glance = glanceOf(kept, print);
		const cursor: Cursor | undefined =
			glance && print ? undefined : {...kept, session: session.save(), states: statesVersion};
		return [{log: this.log, cursor, glance, isContinued: this.#isSaved}];
	}

	/** To be called when `cursors` were saved. */
	setSaved(): void {
		this.#isSaved = true;
	}

	/**
	 * Reads complete lines.
	 * @param before number of lines before them in their file, if known
	 * @param count number of the lines
	 */
	lines(bytes: Buffer, head: boolean, before: number | undefined, count: number): void {
		this.#wake();
		this.#unfinished = undefined;
		const again = this.#short.take(bytes, head && this.#read.bytes === 0);
		if (again?.isThere) {
			this.#reread(bytes, again.known, before);
		} else {
			// A short log that was rewritten keeps its format unless the new lines have another.
			this.#lines.readAs(again?.known.format);
			this.#lines.take({bytes, head, isDecided: this.#keepsFormat}, before);
		}
		if (this.#before.read > 0 || this.#lines.isDocument) {
			this.#short.setLong();
		}
		this.#view.lastRead = this.#around.options.now();
		this.#read.bytes += bytes.length;
		this.#read.lines += count;
	}

	/** A line that may still be completed counts for now, but is not stored. */
	unfinished(bytes: Buffer, head: boolean): void {
		this.#wake();
		this.#unfinished = this.#lines.peek({bytes, head, isDecided: this.#keepsFormat});
		if (this.#lines.session.format) {
			this.#around.onProvisional(this);
		}
	}

	/**
	 * Suspends the session, unless it has provisional requests. Called when the position and the session's state have
	 * been stored.
	 * @returns true if the view contains everything that is still held
	 */
	rest(): boolean {
		const {positionOf, onRest} = this.#around.options;
		const {id} = this.log;
		const {session} = this.#lines;
		if (this.#lines.isDocument || session.current?.provisional().length !== 0) {
			return false;
		}
		this.#isResting = positionOf?.(id) !== undefined && onRest?.(id) === true;
		session.rest(this.#isResting);
		const {sums = none, changes = none, models = none} = session.told;
		return this.#isResting && sums.length + changes.length + models.length === 0;
	}

	get #keepsFormat(): boolean {
		return this.#read.bytes > undecided || this.#isDecided;
	}

	/** Reads a log from its beginning up to where an earlier process stopped, which restores the session's state. */
	#reread(bytes: Buffer, {read, lines}: Reread, before: number | undefined): void {
		// The buffer may be overwritten after the lines that are being read.
		const more = Buffer.from(bytes.subarray(read));
		// All of it has now been read by this process.
		this.#before = nothingBefore;
		this.#isDecided = false;
		this.#lines.retake({bytes: bytes.subarray(0, read), head: true, isDecided: this.#keepsFormat}, before);
		this.#isDecided = true;
		if (more.length > 0) {
			const after = before === undefined ? undefined : before + lines;
			this.#lines.take({bytes: more, head: false, isDecided: this.#keepsFormat}, after);
		}
	}

	/**
	 * Restores the format's session and the counts from a saved cursor; without one, the log is read from the
	 * beginning.
	 */
	#resume({cursor: saved, glance}: SavedReading): void {
		const {options, onProvisional} = this.#around;
		const {session} = this.#lines;
		const known = this.#short.resume(glance);
		const format = options.formats.find(({name}) => name === saved?.format);
		const {read, lines} = saved ?? known ?? nothingBefore;
		this.#before = {read, lines};
		this.#lines.form = saved?.form;
		this.#isSaved = saved !== undefined || glance !== undefined;
		this.#isDecided = read > 0;
		session.restore(saved, format, !this.#isResting);
		if (saved && format) {
			this.#lines.note(saved, true);
		}
		if (session.current) {
			onProvisional(this);
		}
	}

	/** Lines have arrived: continues from the state of an earlier session. */
	#wake(): void {
		this.#view.invalidate();
		const {saved} = this.#around;
		const begun = saved.take(this.log.id);
		if (begun || this.#isResting) {
			// Another process may have read more of it; the source continues from there as well.
			this.#isResting = false;
			this.#read = {bytes: 0, lines: 0};
			this.#view.restart();
			this.#resume(begun ?? saved.of(this.log.id));
		}
		this.#lines.session.wake();
	}
}
