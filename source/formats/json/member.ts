import {memberLimits} from '../../scanner/member-places.js';
import {asCount, mostTokens} from './json-line.js';
import {numberOf, textOf} from './json-values.js';

const quote = 0x22;
const backslash = 0x5c;

/** Integers of up to this many digits are exact. */
const mostDigits = 15;
/** Maximum length of cached texts. */
const longestRemembered = 256;
/** Maximum bytes of decoded lists. */
const longestList = 1 << 16;

const everything = -1;

/** The positions of the members of the last object, shared by all members of a skimmer. */
export class Places {
	bytes: Buffer = Buffer.alloc(0);
	/** By member number, the start and end of its value in the bytes; 0 if it is missing. */
	readonly spans: Int32Array;
	/** Groups of members of which one may have another value than in the object before. */
	changed = everything;
	/** A bit for each telling text that was found; undefined if they were not looked for. */
	told: number | undefined;

	constructor(spans: Int32Array) {
		this.spans = spans;
	}

	/** Starts with an object of which nothing is known. */
	clear(bytes: Buffer): void {
		this.bytes = bytes;
		this.spans.fill(0);
		this.changed = everything;
		this.told = undefined;
	}
}

type MemberOptions = {
	/** For objects, the members wanted inside. */
	readonly inside?: readonly Member[];
	/**
	 * If the value is none of these texts, the object is irrelevant, and the rest is not read, not even another member
	 * of the same name, which nobody writes. Plain ASCII.
	 */
	readonly among?: readonly string[];
	/** Bits of the groups in which it is compared with the object before. */
	readonly groups?: number;
	/** Texts that `tells` looks for at the beginning of the value as written. Plain ASCII. */
	readonly telling?: readonly string[];
};

const nowhere = new Places(new Int32Array(2));

/** A wanted member of JSON objects, and the position of its value in the last object; decoded on demand. */
export class Member {
	readonly name: string;
	readonly key: Uint8Array;
	readonly inside: readonly Member[];
	readonly among: readonly string[] | undefined;
	readonly groups: number;
	readonly telling: readonly string[];
	#places: Places = nowhere;
	/** Its index in the spans. */
	#span = 0;
	/** The bit of its first telling text. */
	#bit = 0;
	/** Many members have the same value from line to line. */
	#last: string | undefined;
	readonly #lastBytes = new Uint8Array(longestRemembered);
	#lastLength = -1;

	constructor(name: string, {inside = [], among, groups = 0, telling = []}: MemberOptions = {}) {
		this.name = name;
		this.key = Buffer.from(name);
		this.inside = inside;
		this.among = among;
		this.groups = groups;
		this.telling = telling;
	}

	/** Sets its number among the members of a skimmer, and the bit of its first telling text among all of theirs. */
	standAt(places: Places, number: number, bit = 0): void {
		this.#places = places;
		this.#span = 2 * number;
		this.#bit = bit;
	}

	/** Sets the bounds of its value, which is valid. */
	set(from: number, behind: number): void {
		this.#places.spans[this.#span] = from;
		this.#places.spans[this.#span + 1] = behind;
	}

	/** True if the value is written exactly like this. */
	isWritten(text: string): boolean {
		const [from, behind] = this.#bounds();
		return behind - from === text.length && this.#places.bytes.toString('latin1', from, behind) === text;
	}

	get exists(): boolean {
		return (this.#places.spans[this.#span + 1] as number) > 0;
	}

	get isObject(): boolean {
		return this.#first() === 0x7b;
	}

	get isList(): boolean {
		return this.#first() === 0x5b;
	}

	get isText(): boolean {
		return this.#first() === quote;
	}

	get isTrue(): boolean {
		return this.#first() === 0x74;
	}

	get isNull(): boolean {
		return this.#first() === 0x6e;
	}

	/** The first byte of the value; 0 if it is missing. */
	#first(): number {
		const {bytes, spans} = this.#places;
		return spans[this.#span + 1] === 0 ? 0 : (bytes[spans[this.#span] as number] as number);
	}

	#bounds(): readonly [from: number, behind: number] {
		const {spans} = this.#places;
		return [spans[this.#span] as number, spans[this.#span + 1] as number];
	}

	/** The text; undefined if it is empty or not a text. */
	get text(): string | undefined {
		if (this.#first() !== quote) {
			return undefined;
		}
		const {bytes, spans} = this.#places;
		const from = (spans[this.#span] as number) + 1;
		const length = (spans[this.#span + 1] as number) - 1 - from;
		if (length > longestRemembered) {
			return textOf(JSON.parse(bytes.toString('utf8', from - 1, from + length + 1)));
		}
		if (length !== this.#lastLength || !isAt(bytes, from, this.#lastBytes, length)) {
			this.#last = textOf(this.#decoded(bytes, from, length));
		}
		return this.#last;
	}

	/** Decodes and caches the text. */
	#decoded(bytes: Buffer, from: number, length: number): string {
		let isPlain = true;
		for (let index = 0; index < length; index++) {
			const byte = bytes[from + index] as number;
			this.#lastBytes[index] = byte;
			isPlain &&= byte !== backslash && byte < 0x80;
		}
		this.#lastLength = length;
		return isPlain
			? bytes.toString('latin1', from, from + length)
			: (JSON.parse(bytes.toString('utf8', from - 1, from + length + 1)) as string);
	}

	/**
	 * The beginning of the value as written: JSON, cut after some bytes.
	 * @param encoding `latin1` is faster, and enough where only ASCII is looked for
	 */
	beginning(bytes: number, encoding: 'utf8' | 'latin1' = 'utf8'): string {
		const [from, behind] = this.#bounds();
		return behind > 0 ? this.#places.bytes.toString(encoding, from, Math.min(behind, from + bytes)) : '';
	}

	/** True if a telling text, by its index, is among the first `tellingBytes` of the value as written. */
	tells(index: number): boolean {
		const {told} = this.#places;
		return told === undefined
			? this.beginning(memberLimits.tellingBytes, 'latin1').includes(this.telling[index] as string)
			: ((told >> (this.#bit + index)) & 1) === 1;
	}

	/** The texts in a list; empty if it is not a list, or too long for a list of names. */
	get texts(): readonly string[] {
		const [from, behind] = this.#bounds();
		if (!this.isList || behind - from > longestList) {
			return [];
		}
		const list = this.#parsed() as readonly unknown[];
		return list.filter(element => typeof element === 'string');
	}

	/** A number of tokens; NaN for anything else, including `null`; undefined if missing. */
	get told(): number | undefined {
		if (!this.exists) {
			return undefined;
		}
		const count = this.count;
		if (count > 0 || this.#isZero()) {
			return count;
		}
		const number = numberOf(this.#parsed()) ?? Number.NaN;
		return number >= 0 && number <= mostTokens ? Math.floor(number) : Number.NaN;
	}

	/** Like `told`, for counts that not every provider reports: an empty value counts as missing. */
	get optional(): number | undefined {
		return this.isNull ? undefined : this.told;
	}

	/** A number of tokens; 0 for anything else. */
	get count(): number {
		const {bytes, spans} = this.#places;
		const from = spans[this.#span] as number;
		const behind = spans[this.#span + 1] as number;
		let number = 0;
		for (let at = from; at < behind; at++) {
			const digit = (bytes[at] as number) - 0x30;
			if (digit < 0 || digit > 9 || at - from >= mostDigits) {
				return asCount(this.#parsed());
			}
			number = number * 10 + digit;
		}
		return asCount(number);
	}

	#isZero(): boolean {
		const [from, behind] = this.#bounds();
		return behind - from === 1 && this.#places.bytes[from] === 0x30;
	}

	#parsed(): unknown {
		return JSON.parse(this.#places.bytes.toString('utf8', ...this.#bounds()));
	}
}

/** True if the bytes at an index are the expected ones, or as many of them. */
export const isAt = (bytes: Uint8Array, at: number, expected: Uint8Array, length = expected.length): boolean => {
	for (let index = 0; index < length; index++) {
		if (bytes[at + index] !== expected[index]) {
			return false;
		}
	}
	return true;
};
