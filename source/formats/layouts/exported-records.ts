import {invalid, skipSpace, skipValue} from '../json/json-skip.js';
import {isAt} from '../json/member.js';
import {plainEnd} from './slots.js';

/** The start of a span or log record in a line of OTLP's exporter, and of its resource. */
export type ExportedRecord = {
	readonly start: number;
	/** Start of its group's `resource`; -1 if none precedes it. */
	readonly resource: number;
	readonly resourceEnd: number;
};

/** Receives a record; returns the index after it, or `invalid` to stop. */
type OnRecord = (record: ExportedRecord) => number;

const [quote, comma, colon, openCurly, closeCurly, openSquare, closeSquare] = [
	0x22, 0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d,
] as const;

/** For each level, the allowed members: the one with the next level, and those to skip. */
const levels: readonly ReadonlyMap<string, 'next' | 'resource' | 'other'>[] = [
	new Map([
		['resourceSpans', 'next'],
		['resourceLogs', 'next'],
	]),
	new Map([
		['resource', 'resource'],
		['scopeSpans', 'next'],
		['scopeLogs', 'next'],
		['schemaUrl', 'other'],
	]),
	new Map([
		['scope', 'other'],
		['spans', 'next'],
		['logRecords', 'next'],
		['schemaUrl', 'other'],
	]),
];

/** Walks through a line. Unknown, unordered or repeated members are left to decoding. */
class Walk {
	readonly #bytes: Buffer;
	readonly #onRecord: OnRecord;
	#resource = -1;
	#resourceEnd = -1;

	constructor(bytes: Buffer, onRecord: OnRecord) {
		this.#bytes = bytes;
		this.#onRecord = onRecord;
	}

	object(from: number, level: number): number {
		const bytes = this.#bytes;
		const members = levels[level];
		if (members === undefined) {
			return this.#onRecord({start: from, resource: this.#resource, resourceEnd: this.#resourceEnd});
		}
		const seen: string[] = [];
		if (level === 1) {
			this.#resource = -1;
		}
		let at = skipSpace(bytes, from + 1);
		for (;;) {
			const behindKey = bytes[at] === quote ? plainEnd(bytes, at + 1) : invalid;
			const colonAt = behindKey === invalid ? invalid : skipSpace(bytes, behindKey + 1);
			if (colonAt === invalid || bytes[colonAt] !== colon) {
				return invalid;
			}
			const name = bytes.toString('latin1', at + 1, behindKey);
			const kind = members.get(name);
			const isLate = kind === 'resource' && seen.length > 0;
			const isSecond = seen.includes(name) || (kind === 'next' && seen.some(other => members.get(other) === 'next'));
			if (kind === undefined || isLate || isSecond) {
				return invalid;
			}
			seen.push(name);
			const value = skipSpace(bytes, colonAt + 1);
			at = kind === 'next' ? this.#list(value, level + 1) : skipValue(bytes, value, level);
			if (at === invalid) {
				return invalid;
			}
			if (kind === 'resource') {
				this.#resource = value;
				this.#resourceEnd = at;
			}
			at = skipSpace(bytes, at);
			if (bytes[at] === closeCurly) {
				return at + 1;
			}
			if (bytes[at] !== comma) {
				return invalid;
			}
			at = skipSpace(bytes, at + 1);
		}
	}

	#list(from: number, level: number): number {
		const bytes = this.#bytes;
		let at = bytes[from] === openSquare ? skipSpace(bytes, from + 1) : invalid;
		while (at !== invalid && bytes[at] === openCurly) {
			const behind = this.object(at, level);
			at = behind === invalid ? invalid : skipSpace(bytes, behind);
			if (at !== invalid && bytes[at] === closeSquare) {
				return at + 1;
			}
			at = at !== invalid && bytes[at] === comma ? skipSpace(bytes, at + 1) : invalid;
		}
		return invalid;
	}
}

const beginnings = ['{"resourceSpans"', '{"resourceLogs"'].map(text => Buffer.from(text));

/** True if a line may be one of OTLP's exporter. */
export const isExported = (bytes: Uint8Array, start: number): boolean =>
	beginnings.some(beginning => isAt(bytes, start, beginning));

/** Passes on the records of a line in order. @returns the index after the line, or `invalid` if it must be decoded */
export const eachExported = (bytes: Buffer, start: number, onRecord: OnRecord): number =>
	new Walk(bytes, onRecord).object(start, 0);
