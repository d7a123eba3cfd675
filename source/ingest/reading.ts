import type {Format, FormatSession} from '../formats/format.js';
import {type LineForm, lineFormOf} from '../formats/line-form.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import {fingerprint} from '../sources/file/position.js';
import type {LogFacts} from '../sources/source.js';
import {type Cursor, readCursor} from '../store/cursor.js';
import type {Batch, Change, Store} from '../store/store.js';
import type {CrossReference} from './cross-reference.js';
import {largestDocument} from './document.js';
import {glanceOf, type Reread, rereadIn} from './glance.js';
import {HeldLines} from './held-lines.js';
import {HeldSession, type Opener, type SessionReport} from './held-session.js';
import type {LogReading} from './log-reading.js';
import {openSession, requestsAside} from './open-session.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import {recognise} from './recognise.js';

/** What the readings of all logs share. */
export type Surroundings = {
	readonly options: IngestOptions;
	readonly store: Pick<Store, 'cursor' | 'glance' | 'thread'>;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** Receives changes to be stored. */
	readonly onKeep: (change: Change) => void;
	/** Receives a reading whose provisional requests may have changed although nothing has to be stored. */
	readonly onProvisional: (reading: Reading) => void;
};

/** A log recognised only by a catch-all format can change its format until this many bytes have been read. */
const undecided = 1 << 20;

/**
 * Logs up to this many bytes are read again when they grow, instead of storing their session's state, which is as
 * large.
 */
const mostReread = 32 << 10;

const none = [] as const;
const nothingBefore = {read: 0, lines: 0} as const;

/** A log that is being read: its format, its session, and its position. */
export class Reading implements Opener {
	readonly log: Log;
	readonly #around: Surroundings;
	#facts: LogFacts;
	readonly #session: HeldSession;
	/** True if the session's state is stored, and restored when lines arrive. */
	#isResting: boolean;
	#lastRead: number | undefined;
	/**
	 * Bytes and lines read by this process, without a last line that may still be completed: the next process reads it
	 * again.
	 */
	#bytes = 0;
	#lines = 0;
	/** Bytes and lines of the log read by earlier processes, according to its saved cursor. */
	#before: Pick<Cursor, 'read' | 'lines'> = nothingBefore;
	/** The form of its lines, while no format recognises it. */
	#form: LineForm | undefined;
	/** True if an earlier process determined the format. */
	#isDecided = false;
	/** Fingerprint of everything that was read, if that came in one piece and is short. */
	#print: string | undefined;
	/** What an earlier process read, if it has to be read again when the log grows. */
	#toReread: Reread | undefined;
	/** True while reading what was read before, whose requests are stored already. */
	#isRereading = false;
	/** Number of lines in the file before the current ones; undefined if unknown. */
	#linesBefore: number | undefined;
	readonly #held: HeldLines;
	/** Provisional requests including those of the unfinished last line. */
	#unfinished: readonly Request[] | undefined;
	/** Undefined after any change. */
	#view: LogReading | undefined;
	/** The version of the cross-references with which it was computed. */
	#viewVersion = 0;

	/**
	 * @param before the view of the log when it was suspended, or whether it has not changed since an earlier reading
	 */
	constructor(log: Log, around: Surroundings, before: LogReading | boolean) {
		this.log = log;
		this.#around = around;
		this.#isResting = before !== false;
		this.#session = new HeldSession(this);
		this.#held = new HeldLines(() => this.#skippedDocument());
		this.#facts = {log, size: 0, read: 0, lines: 0, modified: undefined};
		if (typeof before === 'object') {
			const {size, modified} = before.facts;
			this.#facts = {...this.#facts, size, modified};
			this.#lastRead = before.lastRead;
		}
		this.#resume();
	}

	/** The state of the log: the same object until something changes. */
	get view(): LogReading {
		const {references, store} = this.#around;
		const {tally, sums = none} = this.#session.told;
		if (!this.#view || (sums.length > 0 && this.#viewVersion !== references.version)) {
			this.#viewVersion = references.version;
			this.#view = {
				facts: {
					...this.#facts,
					read: this.#facts.read + this.#before.read,
					lines: this.#facts.lines + this.#before.lines,
				},
				format: this.#session.format?.name,
				...(this.#form && {form: this.#form}),
				tally: {...tally},
				// A shared empty list for the thousands of logs that have none.
				sums:
					sums.length === 0
						? none
						: sums.filter(({thread}) => thread === undefined || !references.isKnown(thread, store)),
				lastRead: this.#lastRead,
			};
		}
		return this.#view;
	}

	/** To be set when everything that exists has been passed on. */
	set facts(facts: LogFacts) {
		this.#facts = facts;
		this.#view = undefined;
	}

	/** The log's provisional requests. */
	get provisional(): readonly Request[] {
		return this.#unfinished ?? this.#session.provisional;
	}

	/** The position; none for sources that start from the beginning each time, such as commands. */
	get cursors(): Batch['cursors'] {
		const position = this.#around.options.positionOf?.(this.log.id);
		// A document is read from its beginning until its end has been seen.
		if (!position || this.#held.isIncomplete) {
			return [];
		}
		const kept = {
			position,
			...this.#session.kept,
			...(this.#form && {form: this.#form}),
			read: this.#before.read + this.#bytes,
			lines: this.#before.lines + this.#lines,
		};
		const print = 'isAlone' in position && position.isAlone ? this.#print : undefined;
		const glance = glanceOf(kept, print);
		const cursor: Cursor | undefined = glance && print ? undefined : {...kept, session: this.#session.save()};
		return [{log: this.log, cursor, glance}];
	}

	/**
	 * Reads complete lines.
	 * @param before number of lines before them in their file, if known
	 * @param count number of the lines
	 */
	lines(bytes: Buffer, head: boolean, before: number | undefined, count: number): void {
		this.#wake();
		this.#unfinished = undefined;
		const isBeginning = head && this.#bytes === 0;
		const print = isBeginning && bytes.length <= mostReread ? fingerprint(bytes) : undefined;
		const known = this.#toReread;
		this.#toReread = undefined;
		if (isBeginning && known && fingerprint(bytes.subarray(0, known.read)) === known.print) {
			this.#reread(bytes, known, before);
		} else {
			// The log was rewritten, or another process has read more of it: it keeps its format unless the new lines
			// have another.
			this.#readAs(known?.format);
			this.#take(bytes, head, before);
		}
		this.#print = this.#before.read > 0 || this.#held.isDocument ? undefined : print;
		this.#lastRead = this.#around.options.now();
		this.#bytes += bytes.length;
		this.#lines += count;
	}

	/** A line that may still be completed counts for now, but is not stored. */
	unfinished(bytes: Buffer, head: boolean): void {
		this.#wake();
		const {beginning} = this.#held;
		if (!this.#session.format) {
			this.#recognise(beginning ? Buffer.concat([beginning, bytes]) : bytes, head || beginning !== undefined);
		}
		if (this.#session.format && beginning) {
			this.#handOver(beginning, true, 0);
		}
		const {format, current} = this.#session;
		if (format) {
			const whole = this.#held.peek(bytes, head, format);
			const saved = current?.save();
			this.#unfinished = whole && requestsAside(format, this.log, {bytes: whole, head, saved}, this.#around.options);
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
		if (this.#held.isDocument || this.#session.current?.provisional().length !== 0) {
			return false;
		}
		this.#isResting = positionOf?.(id) !== undefined && onRest?.(id) === true;
		this.#session.rest(this.#isResting);
		const {sums = none, changes = none, models = none} = this.#session.told;
		return this.#isResting && sums.length + changes.length + models.length === 0;
	}

	open(format: Format, saved: unknown): FormatSession {
		const {log} = this;
		const {options} = this.#around;
		const opening = {
			log,
			onRequest: (request: Request) => this.#keep({kind: 'put', log, request}),
			onRetract: () => this.#keep({kind: 'retract', log}),
			lineAt: (index: number) => (this.#linesBefore === undefined ? undefined : this.#linesBefore + index + 1),
		};
		return openSession(format, opening, options, saved);
	}

	#readAs(name: string | undefined): void {
		const format = this.#around.options.formats.find(known => known.name === name);
		if (format) {
			this.#session.readAs(format);
		}
	}

	/** Reads a log from its beginning up to where an earlier process stopped, which restores the session's state. */
	#reread(bytes: Buffer, {read, lines}: Reread, before: number | undefined): void {
		// The buffer may be overwritten after the lines that are being read.
		const more = Buffer.from(bytes.subarray(read));
		// All of it has now been read by this process.
		this.#before = nothingBefore;
		this.#isDecided = false;
		this.#isRereading = true;
		this.#take(bytes.subarray(0, read), true, before);
		this.#isRereading = false;
		this.#isDecided = true;
		if (more.length > 0) {
			this.#take(more, false, before === undefined ? undefined : before + lines);
		}
	}

	#take(bytes: Buffer, head: boolean, before: number | undefined): void {
		this.#recognise(bytes, head);
		this.#handOver(bytes, head, before);
	}

	/** Passes on lines to the session, or the document that they complete. */
	#handOver(bytes: Buffer, head: boolean, before: number | undefined): void {
		const whole = this.#held.add(bytes, head, this.#session.format);
		if (whole) {
			const {isDocument} = this.#held;
			this.#linesBefore = isDocument ? undefined : before;
			this.#session.current?.lines(whole, head || isDocument);
			this.#note(this.#session.told, this.#session.current === undefined);
		}
	}

	/** Passes on what the log says about requests in other logs. */
	#note({sums = none, changes = none, models = none}: SessionReport, isOld: boolean): void {
		if (sums.length + changes.length + models.length > 0) {
			this.#around.references.note(this.log.id, {sums, changes, models}, isOld);
		}
	}

	#skippedDocument(): void {
		const {name} = this.log;
		const message = `${name}: skipped a document larger than ${largestDocument >> 20} MB`;
		this.#around.problems.note({kind: 'line-too-long', name, message, count: 1});
	}

	#keep(change: Change): void {
		if (!this.#isRereading) {
			this.#around.onKeep(change);
		}
	}

	#recognise(bytes: Buffer, head: boolean): void {
		const before = this.#session.format;
		const isDecided = this.#bytes > undecided || this.#isDecided;
		const format = recognise(this.#around.options.formats, {format: before, isDecided}, bytes, head);
		if (format) {
			if (before?.catchAll && before.open !== format.open) {
				this.#around.onKeep({kind: 'clear', log: this.log});
			}
			this.#session.readAs(format);
		}
		this.#form = this.#session.format ? undefined : (this.#form ?? lineFormOf(bytes));
	}

	/**
	 * Restores the format's session and the counts from the last saved cursor; without one, the log is read from the
	 * beginning.
	 */
	#resume(): void {
		const {store, options, onProvisional} = this.#around;
		const saved = readCursor(store.cursor(this.log.id));
		const glance = saved ? undefined : store.glance(this.log.id);
		this.#toReread = glance === undefined ? undefined : rereadIn(glance);
		const format = options.formats.find(({name}) => name === saved?.format);
		const {read, lines} = saved ?? this.#toReread ?? nothingBefore;
		this.#before = {read, lines};
		this.#form = saved?.form;
		this.#isDecided = read > 0;
		this.#session.restore(saved, format, !this.#isResting);
		if (saved && format) {
			this.#note(saved, true);
		}
		if (this.#session.current) {
			onProvisional(this);
		}
	}

	/** Lines have arrived: continues from the state of an earlier session. */
	#wake(): void {
		this.#view = undefined;
		if (this.#isResting) {
			// Another process may have read more of it; the source continues from there as well.
			this.#isResting = false;
			this.#bytes = 0;
			this.#lines = 0;
			this.#facts = {...this.#facts, read: 0, lines: 0};
			this.#resume();
		}
		this.#session.wake();
	}
}
