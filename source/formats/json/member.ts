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

/** The positions of the members of the last object, shared by all members of a skimmer. */
export class Places {
	bytes: Buffer = Buffer.alloc(0);
	/** By member number, the start and end of its value in the bytes; 0 if it is missing. */
	readonly spans: Int32Array;

	constructor(spans: Int32Array) {
		this.spans = spans;
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
};

const nowhere = new Places(new Int32Array(2));

/** A wanted member of JSON objects, and the position of its value in the last object; decoded on demand. */
export class Member {
	readonly name: string;
	readonly key: Uint8Array;
	readonly inside: readonly Member[];
	readonly among: readonly string[] | undefined;
	#places: Places = nowhere;
	/** Its index in the spans. */
	#span = 0;
	/** Many members have the same value from line to line. */
	#last: string | undefined;
	readonly #lastBytes = new Uint8Array(longestRemembered);
	#lastLength = -1;

	constructor(name: string, {inside = [], among}: MemberOptions = {}) {
		this.name = name;
		this.key = Buffer.from(name);
		this.inside = inside;
		this.among = among;
	}

	/** Sets its number among the members of a skimmer. */
	standAt(places: Places, number: number): void {
		this.#places = places;
		this.#span = 2 * number;
	}

	/** Sets the bounds of its value, which is valid. */
	set(from: number, behind: number): void {
		this.#places.spans[this.#span] = from;
		this.#places.spans[this.#span + 1] = behind;
	}

	get #bytes(): Buffer {
		return this.#places.bytes;
	}

	get #from(): number {
		return this.#places.spans[this.#span] as number;
	}

	get #behind(): number {
		return this.#places.spans[this.#span + 1] as number;
	}

	/** True if the value is written exactly like this. */
	isWritten(text: string): boolean {
		return (
			this.#behind - this.#from === text.length && this.#bytes.toString('latin1', this.#from, this.#behind) === text
		);
	}

	get exists(): boolean {
		return this.#behind > 0;
	}

	get isObject(): boolean {
		return this.exists && this.#bytes[this.#from] === 0x7b;
	}

	get isList(): boolean {
		return this.exists && this.#bytes[this.#from] === 0x5b;
	}

	get isText(): boolean {
		return this.exists && this.#bytes[this.#from] === quote;
	}

	get isTrue(): boolean {
		return this.exists && this.#bytes[this.#from] === 0x74;
	}

	get isNull(): boolean {
		return this.exists && this.#bytes[this.#from] === 0x6e;
	}

	/** The text; undefined if it is empty or not a text. */
	get text(): string | undefined {
		if (!this.isText) {
			return undefined;
		}
		const bytes = this.#bytes;
		const from = this.#from + 1;
		const length = this.#behind - 1 - from;
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
		return this.exists ? this.#bytes.toString(encoding, this.#from, Math.min(this.#behind, this.#from + bytes)) : '';
	}

	/** The texts in a list; empty if it is not a list, or too long for a list of names. */
	get texts(): readonly string[] {
		if (!this.isList || this.#behind - this.#from > longestList) {
			return [];
		}
		const list = JSON.parse(this.#bytes.toString('utf8', this.#from, this.#behind)) as readonly unknown[];
		return list.filter(element => typeof element === 'string');
	}

	/** A number of tokens; NaN for anything else, including `null`; undefined if missing. */
	get told(): number | undefined {
		if (!this.exists) {
			return undefined;
		}
		const count = this.count;
		if (count > 0 || (this.#behind - this.#from === 1 && this.#bytes[this.#from] === 0x30)) {
			return count;
		}
		const number = numberOf(JSON.parse(this.#bytes.toString('utf8', this.#from, this.#behind))) ?? Number.NaN;
		return number >= 0 && number <= mostTokens ? Math.floor(number) : Number.NaN;
	}

	/** Like `told`, for counts that not every provider reports: an empty value counts as missing. */
	get optional(): number | undefined {
		return this.isNull ? undefined : this.told;
	}

	/** A number of tokens; 0 for anything else. */
	get count(): number {
		const bytes = this.#bytes;
		let number = 0;
		for (let at = this.#from; at < this.#behind; at++) {
			const digit = (bytes[at] as number) - 0x30;
			if (digit < 0 || digit > 9 || at - this.#from >= mostDigits) {
				return asCount(JSON.parse(bytes.toString('utf8', this.#from, this.#behind)));
			}
			number = number * 10 + digit;
		}
		return asCount(number);
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
