import type {Format, FormatSession} from '../formats/format.js';
import {type LineForm, lineFormOf} from '../formats/line-form.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import type {Change} from '../store/store.js';
import type {CrossReference} from './cross-reference.js';
import {largestDocument} from './document.js';
import {HeldLines} from './held-lines.js';
import {HeldSession, type Opener, type SessionReport} from './held-session.js';
import {openSession, requestsAside} from './open-session.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import {recognise} from './recognise.js';

type LinesOptions = {
	readonly options: IngestOptions;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** Receives changes to be stored. */
	readonly onKeep: (change: Change) => void;
};

/** Some lines of a log. */
type Lines = {
	readonly bytes: Buffer;
	/** True if they begin a file of the log. */
	readonly head: boolean;
	/** True if the log keeps its format, whatever they look like. */
	readonly isDecided: boolean;
};

const none = [] as const;

/** Passes the lines of a log to the session of its format, which is recognised by them. */
export class LogLines implements Opener {
	readonly session: HeldSession;
	/** The form of the lines, while no format recognises them. */
	form: LineForm | undefined;
	readonly #log: Log;
	readonly #around: LinesOptions;
	/** True while reading what was read before, whose requests are stored already. */
	#isRereading = false;
	/** Number of lines in the file before the current ones; undefined if unknown. */
	#linesBefore: number | undefined;
	readonly #held: HeldLines;

	constructor(log: Log, around: LinesOptions) {
		this.#log = log;
		this.#around = around;
		this.session = new HeldSession(this);
		this.#held = new HeldLines(() => this.#skippedDocument());
	}

	/** True if the log is a single JSON document. */
	get isDocument(): boolean {
		return this.#held.isDocument;
	}

	/** True if a document is held that is not complete yet. */
	get isIncomplete(): boolean {
		return this.#held.isIncomplete;
	}

	/** @param before number of lines before them in their file, if known */
	take({bytes, head, isDecided}: Lines, before: number | undefined): void {
		this.#recognise(bytes, head, isDecided);
		this.#handOver(bytes, head, before);
	}

	/** Like `take`, for lines whose requests are stored: only the session's state is restored. */
	retake(lines: Lines, before: number | undefined): void {
		this.#isRereading = true;
		this.take(lines, before);
		this.#isRereading = false;
	}

	/** The provisional requests with those of a last line that may still be completed; undefined if it has none. */
	peek({bytes, head, isDecided}: Lines): readonly Request[] | undefined {
		const {beginning} = this.#held;
		if (!this.session.format) {
			const all = beginning ? Buffer.concat([beginning, bytes]) : bytes;
			this.#recognise(all, head || beginning !== undefined, isDecided);
		}
		if (this.session.format && beginning) {
			this.#handOver(beginning, true, 0);
		}
		const {format, current} = this.session;
		const whole = format && this.#held.peek(bytes, head, format);
		return format && whole
			? requestsAside(format, this.#log, {bytes: whole, head, saved: current?.save()}, this.#around.options)
			: undefined;
	}

	/** Passes on what the log says about requests in other logs. */
	note({sums = none, changes = none, models = none}: SessionReport, isOld: boolean): void {
		if (sums.length + changes.length + models.length > 0) {
			this.#around.references.note(this.#log.id, {sums, changes, models}, isOld);
		}
	}

	/** Reads the log in the format with this name from now on, if there is one. */
	readAs(name: string | undefined): void {
		const format = this.#around.options.formats.find(known => known.name === name);
		if (format) {
			this.session.readAs(format);
		}
	}

	open(format: Format, saved: unknown): FormatSession {
		const log = this.#log;
		const opening = {
			log,
			onRequest: (request: Request) => this.#keep({kind: 'put', log, request}),
			onRetract: () => this.#keep({kind: 'retract', log}),
			lineAt: (index: number) => (this.#linesBefore === undefined ? undefined : this.#linesBefore + index + 1),
		};
		return openSession(format, opening, this.#around.options, saved);
	}

	/** Passes on lines to the session, or the document that they complete. */
	#handOver(bytes: Buffer, head: boolean, before: number | undefined): void {
		const whole = this.#held.add(bytes, head, this.session.format);
		if (whole) {
			const {isDocument} = this.#held;
			this.#linesBefore = isDocument ? undefined : before;
			this.session.current?.lines(whole, head || isDocument);
			this.note(this.session.told, this.session.current === undefined);
		}
	}

	#recognise(bytes: Buffer, head: boolean, isDecided: boolean): void {
		const before = this.session.format;
		const format = recognise(this.#around.options.formats, {format: before, isDecided}, bytes, head);
		if (format) {
			if (before?.catchAll && before.open !== format.open) {
				this.#around.onKeep({kind: 'clear', log: this.#log});
			}
			this.session.readAs(format);
		}
		this.form = this.session.format ? undefined : (this.form ?? lineFormOf(bytes));
	}

	#keep(change: Change): void {
		if (!this.#isRereading) {
			this.#around.onKeep(change);
		}
	}

	#skippedDocument(): void {
		const {name} = this.#log;
		const message = `${name}: skipped a document larger than ${largestDocument >> 20} MB`;
		this.#around.problems.note({kind: 'line-too-long', name, message, count: 1});
	}
}
