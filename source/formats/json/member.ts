import {asCount, mostTokens} from './json-line.js';
import {numberOf, textOf} from './json-values.js';

const quote = 0x22;
const backslash = 0x5c;

/** Integers of so many digits are exact. */
const mostDigits = 15;
/** Texts up to this length are remembered. */
const longestRemembered = 256;
/** Lists up to this length, in bytes, are decoded. */
const longestList = 1 << 16;

/** Where the members of the object read last are, for all members of one skimmer. */
export class Places {
	bytes: Buffer = Buffer.alloc(0);
	/** By the member's number, where its value begins in the bytes, and what is behind it: 0 where there is none. */
	readonly spans: Int32Array;

	constructor(spans: Int32Array) {
		this.spans = spans;
	}
}

type MemberOptions = {
	/** Where the value is an object: which of its members are wanted. */
	readonly inside?: readonly Member[];
	/**
	 * An object in which the value is none of these texts is of no interest, so nothing behind it is read: not even
	 * another member of the same name, which nobody writes. Plain ASCII.
	 */
	readonly among?: readonly string[];
};

const nowhere = new Places(new Int32Array(2));

/** One member that is wanted of JSON objects, and where its value is in the object read last: nothing is decoded before. */
export class Member {
	readonly name: string;
	readonly key: Uint8Array;
	readonly inside: readonly Member[];
	readonly among: readonly string[] | undefined;
	#places: Places = nowhere;
	/** Where in the spans it stands. */
	#span = 0;
	/** The values of many members are the same from line to line. */
	#last: string | undefined;
	readonly #lastBytes = new Uint8Array(longestRemembered);
	#lastLength = -1;

	constructor(name: string, {inside = [], among}: MemberOptions = {}) {
		this.name = name;
		this.key = Buffer.from(name);
		this.inside = inside;
		this.among = among;
	}

	/** It is the member of that number of these. */
	standAt(places: Places, number: number): void {
		this.#places = places;
		this.#span = 2 * number;
	}

	/** The value goes from here to before `behind`, and is valid. */
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

	/** Whether the value is written just so. */
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

	/** The text, unless it is empty or something else. */
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

	/** Remembers the text as it is written. */
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

	/** How the value begins, as it is written: JSON, cut after so many bytes. */
	beginning(bytes: number): string {
		return this.exists ? this.#bytes.toString('utf8', this.#from, Math.min(this.#behind, this.#from + bytes)) : '';
	}

	/** The texts in a list; none where it is no list, or too long to be one of names. */
	get texts(): readonly string[] {
		if (!this.isList || this.#behind - this.#from > longestList) {
			return [];
		}
		const list = JSON.parse(this.#bytes.toString('utf8', this.#from, this.#behind)) as readonly unknown[];
		return list.filter(element => typeof element === 'string');
	}

	/** A number of tokens; NaN for what is told and is none, `null` included, undefined for what is not told. */
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

	/** The same of what not every provider counts: what is left empty is not told. */
	get optional(): number | undefined {
		return this.isNull ? undefined : this.told;
	}

	/** A number of tokens; 0 for what is none. */
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

/** Whether the bytes from here on are these, or as many of them. */
export const isAt = (bytes: Uint8Array, at: number, expected: Uint8Array, length = expected.length): boolean => {
	for (let index = 0; index < length; index++) {
		if (bytes[at + index] !== expected[index]) {
			return false;
		}
	}
	return true;
};
