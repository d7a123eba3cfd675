import type {LocalTime} from '../../time/stamp.js';
import {parseStamp} from '../../time/stamp.js';
import {eachCandidate} from '../candidates.js';
import type {Tally} from '../format.js';
import type {JsonObject} from '../json/json-values.js';
import {openEnvelope} from '../wrappers/unwrap-json.js';
import {stripPrefix} from '../wrappers/unwrap-text.js';

/** What the writers around an object said of it. */
export type Around = {
	/** Epoch milliseconds. */
	readonly time: number | undefined;
	/** The time as it was written, or the empty text. */
	readonly stamp: string;
};

/** Receives an object; returns whether it is of the reader's kind, so that nothing inside it need be looked at. */
export type OnObject = (value: JsonObject, around: Around) => boolean;

/** More wrappers inside each other than this do not occur. */
const deepest = 5;
/** Gateways log the whole conversation beside its usage, and OTLP's exporter many spans a line. Bytes. */
const longestLine = 16 * 1024 * 1024;
/** A joined line may grow to this many characters before it is given up. */
const longestJoined = longestLine;
/** No part of a split line is this many lines away from the one before it. */
const longestWait = 10_000;
/**
 * Before an object, a logger's own prefix: it has a time or a level, or says that usage follows. A sentence in which
 * someone quotes an object is none.
 */
const loggerPrefix =
	/^(?=.{0,300}$)(?:.*(?:\d\d:\d\d:\d\d|\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR)\b)[^"']*|data: ?|[\w .-]{0,60}usage[ :=]*)$/i;

const ansi = /\u001B\[[\d;:]*[A-Za-z]/g;
/** The parts of a line that containerd split: any of them may be without the words one looks for. */
const splitMarks = [' stdout P ', ' stderr P '];

/** Characters of split lines that are kept over a restart: of a longer one, its beginning is lost to its end. */
const longestSaved = 1024 * 1024;

/** The split lines that wait for their rest, as plain data. */
export type JsonLinesState = {
	readonly parts: readonly (readonly [stream: string, text: string])[];
	readonly wantNext: boolean;
	readonly waited: number;
};

export const emptyJsonLinesState: JsonLinesState = {parts: [['', '']], wantNext: false, waited: 0};

type State = {text: string; stream: string; time: number | undefined; stamp: string};

/** Finds the JSON objects that lines of a log are, bare or inside what other writers put around them. */
export class JsonLines {
	readonly #needles: readonly Buffer[];
	readonly #localTime: LocalTime;
	readonly #tally: Tally;
	readonly #onObject: OnObject;
	readonly #parts: Map<string, string>;
	#wantNext: boolean;
	#waited: number;

	/** @param needles a line that holds none of these is not decoded */
	constructor(
		needles: readonly string[],
		localTime: LocalTime,
		tally: Tally,
		onObject: OnObject,
		state: JsonLinesState | undefined = undefined,
	) {
		this.#needles = [...needles, ...needles.map(spelledOut), ...splitMarks].map(needle => Buffer.from(needle));
		this.#localTime = localTime;
		this.#tally = tally;
		this.#onObject = onObject;
		this.#parts = new Map(state?.parts);
		this.#wantNext = state?.wantNext ?? false;
		this.#waited = state?.waited ?? 0;
	}

	get state(): JsonLinesState {
		const parts = [...this.#parts];
		const length = parts.reduce((sum, [stream, text]) => sum + stream.length + text.length, 0);
		return length <= longestSaved
			? {parts, wantNext: this.#wantNext, waited: this.#waited}
			: {parts: [], wantNext: false, waited: 0};
	}

	/** Reads whole lines, and counts those that were passed over. */
	lines(bytes: Buffer): void {
		this.#wantNext = eachCandidate(
			bytes,
			this.#needles,
			(buffer, start, end) => {
				this.#line(buffer.toString('utf8', start, end));
				return this.#isWaiting();
			},
			this.#wantNext,
			longestLine,
		);
	}

	/** Whether a split line waits for its rest, which a rotation may have taken away. */
	#isWaiting(): boolean {
		this.#waited = this.#parts.size > 0 ? this.#waited + 1 : 0;
		if (this.#waited > longestWait) {
			this.#parts.clear();
			this.#waited = 0;
		}
		return this.#parts.size > 0;
	}

	#line(line: string): void {
		this.#tally.candidates++;
		const state: State = {
			text: line.replace(/^\0+/, '').replace(/\r$/, ''),
			stream: '',
			time: undefined,
			stamp: '',
		};
		for (let depth = 0; depth < deepest; depth++) {
			if (!(state.text.startsWith('{') ? this.#openObject(state) : this.#strip(state))) {
				return;
			}
		}
		this.#tally.lookAlikes++;
	}

	/** @returns whether something inside remains to be looked at */
	#openObject(state: State): boolean {
		const value = parseObject(state.text);
		if (!value) {
			this.#tally.brokenJson++;
			return false;
		}
		if (this.#onObject(value, state)) {
			return false;
		}
		const envelope = openEnvelope(value);
		if (!envelope) {
			this.#tally.lookAlikes++;
			return false;
		}
		if (envelope.text === undefined) {
			this.#tally.withoutMessage++;
			return false;
		}
		state.stream += envelope.stream;
		state.time ??= envelope.time ?? parseStamp(envelope.stamp, this.#localTime);
		state.stamp ||= envelope.stamp;
		return this.#join(state, envelope.text, envelope.splits && !envelope.text.endsWith('\n'));
	}

	/** Takes off a known prefix; of an unknown one, everything before the object. */
	#strip(state: State): boolean {
		const text = state.text.includes('\u001B') ? state.text.replace(ansi, '') : state.text;
		const prefix = stripPrefix(text);
		if (prefix) {
			state.stream += prefix.stream;
			state.time ??= prefix.stamp === '' ? undefined : parseStamp(prefix.stamp, this.#localTime);
			state.stamp ||= prefix.stamp;
			return this.#join(state, prefix.text, prefix.partial);
		}
		const brace = text.indexOf('{"');
		const before = text.slice(0, Math.max(0, brace)).trimStart();
		if (brace < 0 || !text.trimEnd().endsWith('}') || !(before === '' || loggerPrefix.test(before))) {
			this.#tally.lookAlikes++;
			return false;
		}
		state.text = text.slice(brace);
		return true;
	}

	/** Puts the parts of a split line together; false until its last part has come. */
	#join(state: State, text: string, partial: boolean): boolean {
		const whole = (this.#parts.get(state.stream) ?? '') + text;
		if (partial && whole.length <= longestJoined) {
			this.#parts.set(state.stream, whole);
			return false;
		}
		this.#parts.delete(state.stream);
		state.text = whole.trim();
		return true;
	}
}

/** As journald writes a text with control characters in it: the numbers of its bytes. */
const spelledOut = (text: string): string => [...Buffer.from(text)].join(',');

const parseObject = (text: string): JsonObject | undefined => {
	try {
		return JSON.parse(text) as JsonObject;
	} catch {
		return undefined;
	}
};
