import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import type {LocalTime} from '../../time/stamp.js';
import {invalid, skipValue} from '../json/json-skip.js';
import {dockerPart} from '../wrappers/envelope.js';
import type {Around} from '../wrappers/unwrap.js';
import {Envelope, type PlacedRecord} from './envelope.js';
import {type ExportedRecord, eachExported, isExported} from './exported-records.js';
import type {FoundCall, LoggedCall} from './layout-reading.js';
import {Layouts} from './layouts.js';
import {alone, LinePrefix} from './line-prefix.js';
import {endsOpen} from './slots.js';

/** Maximum number of processes whose records are known. */
const mostResources = 32;
/** Maximum number of known envelopes: the bytes around the records of a line. */
const mostEnvelopes = 4;
/** Maximum number of known prefixes of lines, and of bytes of each. */
const mostPrefixes = 32;
const longestPrefix = 200;

const [carriageReturn, openCurly] = [0x0d, 0x7b] as const;

const withoutReturn = (bytes: Buffer, end: number): number => (bytes[end - 1] === carriageReturn ? end - 1 : end);

/** True if an object may carry a whole line whose time takes precedence over that around the object. */
const mayCarry = ({time, stamp}: Around, length: number): boolean =>
	time === undefined && stamp === '' && length < dockerPart;

/** The context of the outermost object of a line, and of the one that reports the call. */
export type Arounds = {readonly outer: Around; readonly inner: Around};

/** How lines and their parts are decoded. */
type Decoders = {
	/** A line that contains nothing but a call. */
	readonly line: (text: string) => FoundCall;
	/** A record of OTLP's exporter. @param resource the text of its group's resource, or the empty text */
	readonly record: (text: string, resource: string) => FoundCall;
};

/** Reads lines of a log that are like earlier ones: single usage objects, and lines of OTLP's exporter. */
export class KnownLines {
	readonly #matcher: LayoutMatcher;
	readonly #decoders: Decoders;
	readonly #localTime: LocalTime;
	readonly #lines: Layouts;
	/** Layouts of records by the text of their resource. */
	readonly #records = new Map<string, Layouts>();
	/** Prefixes of lines by other writers that identify only a process and a time. */
	#prefixes: readonly LinePrefix[] = [];
	#around: Around = alone;
	#resource = Buffer.alloc(0);
	#ofResource: Layouts | undefined;
	/** The one that matched last comes first. */
	#envelopes: readonly Envelope[] = [];

	constructor(matcher: LayoutMatcher, decoders: Decoders, localTime: LocalTime) {
		this.#matcher = matcher;
		this.#decoders = decoders;
		this.#localTime = localTime;
		this.#lines = new Layouts(matcher, decoders.line, localTime);
	}

	/** The calls of a line; undefined if it must be decoded. */
	read(line: Buffer, from: number, behind: number): readonly LoggedCall[] | undefined {
		const end = withoutReturn(line, behind);
		const place = this.#matcher.hold(line, from, end);
		if (place === invalid) {
			return undefined;
		}
		const {bytes} = this.#matcher;
		this.#around = alone;
		const start = bytes[place] === openCurly ? place : this.#behindPrefix(bytes, place);
		if (start === invalid) {
			return undefined;
		}
		const endPlace = place + end - from;
		if (isExported(bytes, start)) {
			return this.#exported(start, endPlace);
		}
		const told = this.#lines.read(start);
		if (!told || told === 'none' || this.#lines.end !== endPlace) {
			return undefined;
		}
		return told.carried && !mayCarry(this.#around, endPlace - start) ? undefined : [told];
	}

	/** The context of the line that was read last. */
	get around(): Around {
		return this.#around;
	}

	/** Learns from a decoded line that reported calls. */
	note(bytes: Buffer, from: number, behind: number, {outer, inner}: Arounds): void {
		const end = withoutReturn(bytes, behind);
		if (inner !== outer && !mayCarry(outer, end - from)) {
			return;
		}
		const brace = bytes.subarray(from, Math.min(end, from + longestPrefix)).indexOf(openCurly);
		if (brace < 0) {
			return;
		}
		const start = from + brace;
		const before = bytes.toString('latin1', from, start);
		if (endsOpen(before)) {
			return;
		}
		const prefix = LinePrefix.of(before, outer, this.#localTime);
		if (!prefix) {
			return;
		}
		if (brace > 0 && this.#behindPrefix(bytes, from) !== start) {
			this.#prefixes = [prefix, ...this.#prefixes].slice(0, mostPrefixes);
		}
		if (!isExported(bytes, start)) {
			this.#lines.note(bytes, start, end);
			return;
		}
		eachExported(bytes, start, record => {
			const behind = skipValue(bytes, record.start, 1);
			if (behind !== invalid) {
				this.#layouts(bytes, record).note(bytes, record.start, behind);
			}
			return behind;
		});
	}

	/** @returns the start of the object, or `invalid` if no known prefix precedes it */
	#behindPrefix(bytes: Buffer, from: number): number {
		for (const prefix of this.#prefixes) {
			const start = prefix.match(bytes, from);
			if (start !== invalid && bytes[start] === openCurly) {
				this.#around = prefix.around;
				return start;
			}
		}
		return invalid;
	}

	#exported(start: number, end: number): readonly LoggedCall[] | undefined {
		const {bytes} = this.#matcher;
		for (const envelope of this.#envelopes) {
			const first = envelope.first(start);
			if (first !== invalid) {
				const calls = envelope.read(first, end);
				if (calls !== 'other') {
					return calls;
				}
			}
		}
		const calls: LoggedCall[] = [];
		const records: PlacedRecord[] = [];
		const behind = eachExported(bytes, start, record => {
			const layouts = this.#layouts(bytes, record);
			const told = layouts.read(record.start);
			if (told && told !== 'none') {
				calls.push(told);
			}
			records.push({start: record.start, end: layouts.end, layouts});
			return told === undefined ? invalid : layouts.end;
		});
		if (behind !== end) {
			return undefined;
		}
		const envelope = Envelope.around(this.#matcher, start, end, records);
		if (envelope) {
			this.#envelopes = [envelope, ...this.#envelopes].slice(0, mostEnvelopes);
		}
		return calls.length > 0 ? calls : undefined;
	}

	/** The layouts of records of one process. */
	#layouts(bytes: Buffer, {resource, resourceEnd}: ExportedRecord): Layouts {
		const length = resource < 0 ? 0 : resourceEnd - resource;
		const isLast =
			this.#resource.length === length &&
			(length === 0 || bytes.compare(this.#resource, 0, length, resource, resourceEnd) === 0);
		if (this.#ofResource && isLast) {
			return this.#ofResource;
		}
		const text = length === 0 ? '' : bytes.toString('utf8', resource, resourceEnd);
		const layouts =
			this.#records.get(text) ??
			new Layouts(this.#matcher, record => this.#decoders.record(record, text), this.#localTime);
		this.#records.delete(text);
		this.#records.set(text, layouts);
		if (this.#records.size > mostResources) {
			this.#records.delete(this.#records.keys().next().value as string);
		}
		this.#resource = Buffer.from(text);
		this.#ofResource = layouts;
		return layouts;
	}
}
