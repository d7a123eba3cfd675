import {LayoutCode, type LayoutMatcher} from '../../scanner/layout-matcher.js';
import {layoutLimits} from '../../scanner/layout-places.js';
import type {LoggedCall} from './layout-reading.js';
import type {Layouts} from './layouts.js';

/** A record in a line of OTLP's exporter: its bounds, and what reads it. */
export type PlacedRecord = {readonly start: number; readonly end: number; readonly layouts: Layouts};

const [comma, openCurly] = [0x2c, 0x7b] as const;

/** Maximum bytes of a piece; its length and end take three more of a layout's room. */
const longestPiece = layoutLimits.layoutLength - 3;

/** The bytes around the records of a line of OTLP's exporter, which all lines of a process share. */
export class Envelope {
	readonly #matcher: LayoutMatcher;
	readonly #head: LayoutCode;
	readonly #tail: LayoutCode;
	readonly #layouts: Layouts;

	private constructor(matcher: LayoutMatcher, head: Buffer, tail: Buffer, layouts: Layouts) {
		this.#matcher = matcher;
		this.#head = new LayoutCode([head], []);
		this.#tail = new LayoutCode([tail], []);
		this.#layouts = layouts;
	}

	/** The envelope of a line whose records are in one list, without spaces; undefined for other lines. */
	static around(
		matcher: LayoutMatcher,
		start: number,
		end: number,
		records: readonly PlacedRecord[],
	): Envelope | undefined {
		const [first, last] = [records[0], records.at(-1)];
		const areTogether = records.every((record, index) => {
			const before = records[index - 1];
			return !before || (before.layouts === record.layouts && before.end + 1 === record.start);
		});
		if (!first || !last || !areTogether || first.start - start > longestPiece || end - last.end > longestPiece) {
			return undefined;
		}
		const piece = (from: number, behind: number) => Buffer.from(matcher.bytes.subarray(from, behind));
		return new Envelope(matcher, piece(start, first.start), piece(last.end, end), first.layouts);
	}

	/** Start of the first record of the line that starts here; -1 if the line starts differently. */
	first(start: number): number {
		return this.#matcher.match(this.#head, start);
	}

	/** The calls of a line from its first record on; `other` if it ends differently. */
	read(first: number, end: number): readonly LoggedCall[] | 'other' | undefined {
		const {bytes} = this.#matcher;
		const calls: LoggedCall[] = [];
		for (let at = first; ; at++) {
			const told = this.#layouts.read(at);
			if (told === undefined) {
				return undefined;
			}
			if (told !== 'none') {
				calls.push(told);
			}
			at = this.#layouts.end;
			if (bytes[at] !== comma || bytes[at + 1] !== openCurly) {
				return this.#matcher.match(this.#tail, at) !== end ? 'other' : calls.length > 0 ? calls : undefined;
			}
		}
	}
}
