import type {Format, FormatSession} from '../formats/format.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import {fingerprint} from '../sources/file/position.js';
import type {LogFacts} from '../sources/source.js';
import {type Cursor, readCursor} from '../store/cursor.js';
import type {Batch, Change, Store} from '../store/store.js';
import type {CrossReference} from './cross-reference.js';
import {Document, type DocumentPart, largestDocument} from './document.js';
import {glanceOf, type Reread, rereadIn} from './glance.js';
import {HeldSession, type Opener, type SessionReport} from './held-session.js';
import type {LogReading} from './log-reading.js';
import {OpenBeginning} from './open-beginning.js';
import {openSession, requestsAside} from './open-session.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import {recognise} from './recognise.js';

/** What the readings of all logs have in common. */
export type Surroundings = {
	readonly options: IngestOptions;
	readonly store: Pick<Store, 'cursor' | 'glance' | 'thread'>;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** Takes a change to what is kept. */
	readonly onKeep: (change: Change) => void;
	/** Told of a reading whose provisional requests may have changed though nothing is to be kept of it. */
	readonly onProvisional: (reading: Reading) => void;
};

/** Bytes of a log that only a catch-all format takes that are read before it stays with that. */
const undecided = 1 << 20;

/** Bytes of a log that are read again where there are more, instead of keeping what its session saves, which takes as much. */
const mostReread = 32 << 10;

const none = [] as const;
const nothingBefore = {read: 0, lines: 0} as const;

/** One log being read: what it is, the session that reads it, and where that goes on. */
export class Reading implements Opener {
	readonly log: Log;
	readonly #around: Surroundings;
	#facts: LogFacts;
	readonly #session: HeldSession;
	/** What its session left is kept, and asked for again when lines come. */
	#isResting: boolean;
	#lastRead: number | undefined;
	/** Bytes and lines read by this process, without a last line that may still be completed: the next one reads it again. */
	#bytes = 0;
	#lines = 0;
	/** Bytes and lines of the log that earlier processes read, by its saved cursor. */
	#before: Pick<Cursor, 'read' | 'lines'> = nothingBefore;
	/** An earlier process knew what it is. */
	#isDecided = false;
	/** Fingerprint of all that was read, where that came in one piece and is little. */
	#print: string | undefined;
	/** What an earlier process read of it, and the next one reads again. */
	#toReread: Reread | undefined;
	/** What is read was read before, and all that it tells is kept. */
	#isRereading = false;
	/** Lines of its file before those that are being handed over; undefined where that is not known. */
	#linesBefore: number | undefined;
	/** Gathers its lines, where it is one JSON document. */
	#document: Document | undefined;
	/** Of a log that no format recognised so far. */
	readonly #beginning = new OpenBeginning();
	/** What counts for now together with its unfinished last line. */
	#unfinished: readonly Request[] | undefined;
	/** Undefined once anything changed. */
	#view: LogReading | undefined;
	/** The references' version that it was made with. */
	#viewVersion = 0;

	/** @param before what was read of it when it was put to rest, or whether it has not changed since an earlier reading */
	constructor(log: Log, around: Surroundings, before: LogReading | boolean) {
		this.log = log;
		this.#around = around;
		this.#isResting = before !== false;
		this.#session = new HeldSession(this);
		this.#facts = {log, size: 0, read: 0, lines: 0, modified: undefined};
		if (typeof before === 'object') {
			const {size, modified} = before.facts;
			this.#facts = {...this.#facts, size, modified};
			this.#lastRead = before.lastRead;
		}
		this.#resume();
	}

	/** What was read of it so far: the same object as long as nothing changed. */
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
				tally: {...tally},
				// One empty list for all of the thousands of logs that tell none.
				sums:
					sums.length === 0
						? none
						: sums.filter(({thread}) => thread === undefined || !references.isKnown(thread, store)),
				lastRead: this.#lastRead,
			};
		}
		return this.#view;
	}

	/** Everything that is there by now was handed over. */
	set facts(facts: LogFacts) {
		this.#facts = facts;
		this.#view = undefined;
	}

	/** Requests of it that count for now. */
	get provisional(): readonly Request[] {
		return this.#unfinished ?? this.#session.provisional;
	}

	/** Where its reading goes on; none for what begins anew each time, as a command does. */
	get cursors(): Batch['cursors'] {
		const position = this.#around.options.positionOf?.(this.log.id);
		// A document is read from its beginning, as long as its end was not there.
		if (!position || this.#document?.isEmpty === false) {
			return [];
		}
		const kept = {
			position,
			...this.#session.kept,
			read: this.#before.read + this.#bytes,
			lines: this.#before.lines + this.#lines,
		};
		const print = 'isAlone' in position && position.isAlone ? this.#print : undefined;
		const glance = glanceOf(kept, print);
		const cursor: Cursor | undefined = glance && print ? undefined : {...kept, session: this.#session.save()};
		return [{log: this.log, cursor, glance}];
	}

	/**
	 * Reads whole lines.
	 * @param before lines of their file that stand before them, where that is known
	 * @param count how many they are
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
			// Written anew, or read on by another process meanwhile: it stays what it was, unless it is something else now.
			this.#readAs(known?.format);
			this.#take(bytes, head, before);
		}
		this.#print = this.#before.read > 0 || this.#document ? undefined : print;
		this.#lastRead = this.#around.options.now();
		this.#bytes += bytes.length;
		this.#lines += count;
	}

	/** A line that may still be completed counts for now, and is not kept. */
	unfinished(bytes: Buffer, head: boolean): void {
		this.#wake();
		const beginning = this.#beginning.bytes;
		if (!this.#session.format) {
			this.#recognise(beginning ? Buffer.concat([beginning, bytes]) : bytes, head || beginning !== undefined);
		}
		if (this.#session.format && beginning) {
			this.#beginning.clear();
			this.#handOver(beginning, true, 0);
		}
		const {format, current} = this.#session;
		if (format) {
			const isDocument = head ? format.isDocument?.(bytes) : this.#document !== undefined;
			const document = isDocument ? (this.#document ?? new Document()) : undefined;
			const whole = document ? this.#checked(document.peek(bytes, head)) : bytes;
			const saved = current?.save();
			this.#unfinished = whole && requestsAside(format, this.log, {bytes: whole, head, saved}, this.#around.options);
			this.#around.onProvisional(this);
		}
	}

	/**
	 * Holds what its session told instead of the session, unless some of its requests count for now only. Called when it is
	 * kept how far it was read, and what the session saves with it.
	 * @returns whether its view tells all that is still held
	 */
	rest(): boolean {
		const {positionOf, onRest} = this.#around.options;
		const {id} = this.log;
		if (this.#document || this.#session.current?.provisional().length !== 0) {
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

	/** Reads a log from its beginning that an earlier process read up to somewhere, to where the session is as that left it. */
	#reread(bytes: Buffer, {read, lines}: Reread, before: number | undefined): void {
		// What stands behind lines that are being read may be overwritten.
		const more = Buffer.from(bytes.subarray(read));
		// All of it is read by this process.
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
		if (this.#session.format) {
			this.#beginning.clear();
		} else {
			this.#beginning.add(bytes, head);
		}
		this.#handOver(bytes, head, before);
	}

	/** Lines are handed over as they come, those of a document when it is whole. */
	#handOver(bytes: Buffer, head: boolean, before: number | undefined): void {
		if (head) {
			this.#document = this.#session.format?.isDocument?.(bytes) ? new Document() : undefined;
		}
		const whole = this.#document ? this.#checked(this.#document.add(bytes, head)) : bytes;
		if (whole) {
			this.#linesBefore = this.#document ? undefined : before;
			this.#session.current?.lines(whole, head || this.#document !== undefined);
			this.#note(this.#session.told, this.#session.current === undefined);
		}
	}

	/** What its log tells of requests in other logs. */
	#note({sums = none, changes = none, models = none}: SessionReport, isOld: boolean): void {
		if (sums.length + changes.length + models.length > 0) {
			this.#around.references.note(this.log.id, {sums, changes, models}, isOld);
		}
	}

	/** What is held of a document that is whole. */
	#checked(part: DocumentPart): Buffer | undefined {
		if (part === 'too-large') {
			const {name} = this.log;
			const message = `${name}: skipped a document larger than ${largestDocument >> 20} MB`;
			this.#around.problems.note({kind: 'line-too-long', name, message, count: 1});
		}
		return typeof part === 'string' ? undefined : part;
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
	}

	/** Restores the format's session and the counts from the cursor that was saved last; without one the log is read anew. */
	#resume(): void {
		const {store, options, onProvisional} = this.#around;
		const saved = readCursor(store.cursor(this.log.id));
		const glance = saved ? undefined : store.glance?.(this.log.id);
		this.#toReread = glance === undefined ? undefined : rereadIn(glance);
		const format = options.formats.find(({name}) => name === saved?.format);
		const {read, lines} = saved ?? this.#toReread ?? nothingBefore;
		this.#before = {read, lines};
		this.#isDecided = read > 0;
		this.#session.restore(saved, format, !this.#isResting);
		if (saved && format) {
			this.#note(saved, true);
		}
		if (this.#session.current) {
			onProvisional(this);
		}
	}

	/** Lines come: goes on with what an earlier session saved. */
	#wake(): void {
		this.#view = undefined;
		if (this.#isResting) {
			// Another process may have read more of it since; the source goes on from there as well, and counts from there.
			this.#isResting = false;
			this.#bytes = 0;
			this.#lines = 0;
			this.#facts = {...this.#facts, read: 0, lines: 0};
			this.#resume();
		}
		this.#session.wake();
	}
}
