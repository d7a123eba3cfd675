import type {LocalTime} from '../../time/stamp.js';
import {type JsonObject, listOf, objectOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import {jsonStart, parseJson, parseNext, parseQuoted} from '../renderings/json-in-text.js';
import {parsePrintedArray} from '../renderings/printed-array.js';
import {timesOf} from '../roles/call-times.js';
import {type Entry, entriesOf, listsIn, objectsInside, openEnvelope} from './envelope.js';
import {type LogRecord, parseConsole} from './log-record.js';
import {MultiLine, type MultiLineState} from './multi-line.js';
import {cutBefore, ownStart, stripPrefix, tellsPairs} from './prefix.js';
import {SplitLines, type SplitLinesState} from './split-lines.js';

/** The content of a line without wrappers. */
export type Content =
	| {readonly kind: 'object'; readonly value: JsonObject}
	/** A line of structlog's console renderer or of Python's `logging`. */
	| {readonly kind: 'record'; readonly record: LogRecord}
	/** Any other text. */
	| {readonly kind: 'text'; readonly text: string};

/** What the wrappers say. */
export type Around = {
	/** Distinguishes processes that share a file; empty if nothing does. */
	readonly stream: string;
	/** Epoch milliseconds. */
	readonly time: number | undefined;
	/** The time as written, or the empty text. */
	readonly stamp: string;
	/** True for an entry of a list inside another object. */
	readonly inList: boolean;
};

/** Receives content; returns true if it was used, so that nothing inside it has to be examined. */
type Take = (content: Content, around: Around) => boolean;

/** The result for a line: its content was used, it waits for its rest, or the reason why nothing was used. */
export type Unwrapped = 'taken' | 'waiting' | 'other-text' | 'broken-json' | 'without-message';

/** Maximum nesting of wrappers; compose around docker's stamp around the line is two. */
const deepest = 6;

const ansi = /\u001B\[[\d;:]*[A-Za-z]/g;

/** Lines that wait for their rest, as plain data. */
type UnwrapperState = {readonly split: SplitLinesState; readonly values: MultiLineState};

/** The initial state, which also defines the shape of a saved state. */
export const emptyUnwrapperState: UnwrapperState = {split: [{stream: '', text: '', age: 0}], values: [['', '']]};

/**
 * Removes whatever wraps a log line (docker, compose, CRI, kubectl, journald, syslog, collectors, responses of servers,
 * colours). Recognised line by line, so a file may mix them. Joins lines that a container runtime split, and values
 * printed over several lines.
 */
export class Unwrapper {
	readonly #localTime: LocalTime;
	readonly #split: SplitLines;
	readonly #values: MultiLine;

	constructor(localTime: LocalTime, state: UnwrapperState | undefined = undefined) {
		this.#localTime = localTime;
		this.#split = new SplitLines(state?.split);
		this.#values = new MultiLine(state?.values);
	}

	get state(): UnwrapperState {
		return {split: this.#split.state, values: this.#values.state};
	}

	/** True if a line waits for its rest, so that the next one is wanted in any case. */
	get waiting(): boolean {
		return this.#split.waiting || this.#values.waiting;
	}

	unwrap(line: string, take: Take): Unwrapped {
		this.#split.nextLine();
		const text = line.replace(/^[\0\uFEFF]+/, '').replace(/\r$/, '');
		return this.#text(text, {stream: '', time: undefined, stamp: '', inList: false}, take, 0);
	}

	#text(line: string, around: Around, take: Take, depth: number): Unwrapped {
		if (depth > deepest) {
			return 'other-text';
		}
		const text = line.includes('\u001B') ? line.replace(ansi, '') : line;
		const record = text.startsWith('{') ? undefined : parseConsole(text);
		if (record && take({kind: 'record', record}, around)) {
			return 'taken';
		}
		const prefix = record || text.startsWith('{') ? undefined : stripPrefix(text, this.#localTime);
		if (prefix) {
			const inner = within(around, prefix);
			const whole = this.#split.join(inner.stream, prefix.text, prefix.partial);
			return whole === undefined ? 'waiting' : this.#text(whole, inner, take, depth + 1);
		}
		const own = record ? -1 : ownStart(text);
		const cut = own > 0 ? cutBefore(text, own, this.#localTime) : undefined;
		if (cut) {
			return this.#text(cut.text, within(around, cut), take, depth + 1);
		}
		return this.#value(text, around, take, depth);
	}

	/** A text without a known prefix: an object inside it, part of a value, or its own members. */
	#value(text: string, around: Around, take: Take, depth: number): Unwrapped {
		const quoted = text.startsWith('"') ? parseQuoted(text) : undefined;
		if (quoted !== undefined) {
			return this.#text(quoted, around, take, depth + 1);
		}
		const value = this.#values.add(around.stream, text);
		if (value === 'waiting') {
			return 'waiting';
		}
		const whole = value?.text ?? text;
		const printed = value && parsePrintedArray(whole);
		if (printed) {
			const prefix = cutBefore(whole, printed.start, this.#localTime);
			return prefix ? this.#open(printed.value, within(around, prefix), take, depth) : 'other-text';
		}
		const found = this.#json(whole, around, take, depth);
		return found ?? (take({kind: 'text', text: whole}, around) ? 'taken' : 'other-text');
	}

	/** @returns undefined if there is no JSON */
	#json(text: string, around: Around, take: Take, depth: number): Unwrapped | undefined {
		const start = jsonStart(text);
		const prefix = start > 0 ? cutBefore(text, start, this.#localTime) : undefined;
		// Pairs before an object are members as well.
		if (start < 0 || (start > 0 && (!prefix || tellsPairs(text.slice(0, start))))) {
			return undefined;
		}
		const inner = prefix ? within(around, prefix) : around;
		let parsed = parseJson(text.slice(start));
		if (parsed === undefined) {
			return 'broken-json';
		}
		let result: Unwrapped = 'other-text';
		for (; parsed; parsed = parseNext(parsed.rest)) {
			const opened = this.#open(parsed.value as Entry, inner, take, depth);
			result = result === 'taken' ? result : opened;
		}
		return result;
	}

	/** Passes on an object, or else looks for lines and records inside it. */
	#open(value: Entry, around: Around, take: Take, depth: number): Unwrapped {
		if (depth > deepest) {
			return 'other-text';
		}
		if (typeof value === 'string') {
			return this.#text(value.trimEnd(), around, take, depth + 1);
		}
		const object = objectOf(value);
		if (!object) {
			return this.#all(listOf(value), around, take, depth);
		}
		if (take({kind: 'object', value: object}, around)) {
			return 'taken';
		}
		if (!holdsMore(object)) {
			return 'other-text';
		}
		const envelope = openEnvelope(object);
		if (!envelope && !holdsObjects(object)) {
			return 'other-text';
		}
		const inner = this.#around(object, around, envelope?.stream ?? '');
		const line = envelope && this.#line(envelope, inner, take, depth);
		if (line === 'taken' || line === 'waiting') {
			return line;
		}
		for (const parsed of objectsInside(object)) {
			const nested = openEnvelope(parsed);
			if (
				nested?.text !== undefined &&
				this.#line(nested, this.#around(parsed, inner, nested.stream), take, depth) === 'taken'
			) {
				return 'taken';
			}
		}
		const lists = listsIn(object);
		const results = lists.map(list => this.#all(list, {...inner, inList: true}, take, depth));
		return results.find(result => result === 'taken') ?? line ?? 'other-text';
	}

	#line(
		{text, splits}: {readonly text: string | undefined; readonly splits: boolean},
		around: Around,
		take: Take,
		depth: number,
	): Unwrapped {
		if (text === undefined) {
			return 'without-message';
		}
		const whole = this.#split.join(around.stream, text, splits && !text.endsWith('\n'));
		// A list entry with a line is treated like that line.
		return whole === undefined ? 'waiting' : this.#text(whole.trimEnd(), {...around, inList: false}, take, depth + 1);
	}

	#all(list: readonly unknown[], around: Around, take: Take, depth: number): Unwrapped {
		let result: Unwrapped = 'other-text';
		for (const entry of entriesOf(list)) {
			if (this.#open(entry, around, take, depth + 1) === 'taken') {
				result = 'taken';
			}
		}
		return result;
	}

	/** A wrapper's time applies to the line inside; of several, the outermost one's. */
	#around(object: JsonObject, around: Around, stream: string): Around {
		const told = around.time === undefined ? timesOf([new View(object)], this.#localTime) : undefined;
		return {
			...around,
			stream: around.stream + stream,
			time: around.time ?? told?.time,
			stamp: around.stamp || (told?.stamp ?? ''),
		};
	}
}

/** True if anything in an object may contain a line or a record. */
const holdsMore = (object: JsonObject): boolean => {
	for (const name in object) {
		const value = object[name];
		if (typeof value === 'string' || (typeof value === 'object' && value !== null)) {
			return true;
		}
	}
	return 'MESSAGE' in object;
};

/** True if any member is an object or a list. */
const holdsObjects = (object: JsonObject): boolean => {
	for (const name in object) {
		const value = object[name];
		if (typeof value === 'object' && value !== null) {
			return true;
		}
	}
	return false;
};

const within = (
	around: Around,
	{stream, time, stamp}: {readonly stream: string; readonly time: number | undefined; readonly stamp: string},
): Around => ({
	...around,
	stream: around.stream + stream,
	time: around.time ?? time,
	stamp: around.stamp || stamp,
});
