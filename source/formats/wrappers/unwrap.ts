import {type LogRecord, parseConsole, parseJsonRecord} from '../log-record.js';
import {type JsonEnvelope, openEnvelope} from './unwrap-json.js';
import {stripPrefix} from './unwrap-text.js';

/** What a line turned out to be once everything around it was taken off. */
export type Unwrapped =
	| {readonly kind: 'record'; readonly record: LogRecord; readonly stream: string}
	/** The first part of a long line: the next lines hold the rest. */
	| {readonly kind: 'partial'}
	| {readonly kind: 'nothing'; readonly why: 'other-text' | 'broken-json' | 'without-message'};

/** More wrappers inside each other than this do not occur: compose around docker's stamp around the line is two. */
const deepest = 5;
/** A joined line may grow to this many characters before it is given up. */
const longestJoined = 256 * 1024;

/** Split lines are waited for as long as this many lines, in at most so many processes at once. */
const longestWait = 1000;
const mostSplit = 100;

const ansi = /\u001B\[[\d;:]*[A-Za-z]/g;
const nothing = (why: 'other-text' | 'broken-json' | 'without-message'): Unwrapped => ({kind: 'nothing', why});

/** Split lines of at most so many characters in all are saved: a few of the longest that container runtimes split. */
const mostSaved = 128 * 1024;

/** The lines that wait for their rest, as plain data; `age` in lines. */
export type SavedParts = readonly {readonly stream: string; readonly text: string; readonly age: number}[];

/**
 * Takes off whatever stands around a log line (docker, compose, CRI, kubectl, journald, PM2, colours), recognised line
 * by line, so one file may mix them. Joins lines that a container runtime split.
 */
export class Unwrapper {
	readonly #parts = new Map<string, {readonly text: string; readonly line: number}>();
	#line = 0;

	constructor(saved: SavedParts = []) {
		for (const {stream, text, age} of saved) {
			this.#parts.set(stream, {text, line: -age});
		}
	}

	save(): SavedParts {
		const saved: {stream: string; text: string; age: number}[] = [];
		let length = 0;
		for (const [stream, {text, line}] of [...this.#parts].reverse()) {
			length += text.length;
			if (length <= mostSaved) {
				saved.unshift({stream, text, age: this.#line - line});
			}
		}
		return saved;
	}

	/** Whether a split line waits for its rest. */
	get waiting(): boolean {
		return this.#parts.size > 0;
	}

	unwrap(line: string): Unwrapped {
		this.#line++;
		for (const [stream, part] of this.#parts) {
			// The oldest come first. A writer that died in the middle of a line never ends it.
			if (this.#line - part.line <= longestWait && this.#parts.size <= mostSplit) {
				break;
			}
			this.#parts.delete(stream);
		}
		let text = line.replace(/^\0+/, '').replace(/\r$/, '');
		let stream = '';
		let outerTime: number | undefined;
		let outerStamp = '';
		for (let depth = 0; depth < deepest; depth++) {
			if (text.startsWith('{')) {
				const value = parseObject(text);
				if (!value) {
					return nothing('broken-json');
				}
				const record = parseJsonRecord(value);
				if (record) {
					return {kind: 'record', record: withTime(record, outerTime, outerStamp), stream};
				}
				const envelope: JsonEnvelope | undefined = openEnvelope(value);
				if (!envelope) {
					return nothing('other-text');
				}
				if (envelope.text === undefined) {
					return nothing('without-message');
				}
				stream += envelope.stream;
				outerTime ??= envelope.time;
				outerStamp ||= envelope.stamp;
				const joined = this.#join(stream, envelope.text, envelope.splits && !envelope.text.endsWith('\n'));
				if (joined === undefined) {
					return {kind: 'partial'};
				}
				text = joined.trimEnd();
				continue;
			}
			if (text.includes('\u001B')) {
				text = text.replace(ansi, '');
			}
			const record = parseConsole(text);
			if (record) {
				return {kind: 'record', record: withTime(record, outerTime, outerStamp), stream};
			}
			const prefix = stripPrefix(text);
			if (!prefix) {
				return nothing('other-text');
			}
			stream += prefix.stream;
			outerStamp ||= prefix.stamp;
			const joined = this.#join(stream, prefix.text, prefix.partial);
			if (joined === undefined) {
				return {kind: 'partial'};
			}
			text = joined;
		}
		return nothing('other-text');
	}

	/** Puts the parts of a split line together; undefined until its last part has come. */
	#join(stream: string, text: string, partial: boolean): string | undefined {
		const before = this.#parts.get(stream);
		const whole = before === undefined ? text : before.text + text;
		if (partial && whole.length <= longestJoined) {
			this.#parts.set(stream, {text: whole, line: before?.line ?? this.#line});
			return undefined;
		}
		if (before !== undefined) {
			this.#parts.delete(stream);
		}
		return whole;
	}
}

/** A line without a time of its own has that of what is around it. */
const withTime = (record: LogRecord, time: number | undefined, stamp: string): LogRecord =>
	record.stamp === '' ? {...record, time, stamp} : record;

const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
	try {
		return JSON.parse(text) as Readonly<Record<string, unknown>>;
	} catch {
		return undefined;
	}
};
