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

type MemberOptions = {
	/** Where the value is an object: which of its members are wanted. */
	readonly inside?: readonly Member[];
	/**
	 * An object in which the value is none of these texts is of no interest, so nothing behind it is read: not even
	 * another member of the same name, which nobody writes.
	 */
	readonly among?: readonly string[];
};

/** One member that is wanted of JSON objects, and where its value is in the object read last: nothing is decoded before. */
export class Member {
	readonly name: string;
	readonly key: Uint8Array;
	readonly inside: readonly Member[];
	/** The same by the lengths of their names. */
	readonly insideByLength: readonly (readonly Member[] | undefined)[];
	readonly among: readonly string[] | undefined;
	#bytes: Buffer = Buffer.alloc(0);
	#from = 0;
	#behind = 0;
	/** The values of many members are the same from line to line. */
	#last: string | undefined;
	#lastBytes: Uint8Array = this.#bytes;

	constructor(name: string, {inside = [], among}: MemberOptions = {}) {
		this.name = name;
		this.key = Buffer.from(name);
		this.inside = inside;
		this.insideByLength = byLength(inside);
		this.among = among;
	}

	/** @param bytes in which the value goes from here to before `behind`, and is valid */
	set(bytes: Buffer, from: number, behind: number): void {
		this.#bytes = bytes;
		this.#from = from;
		this.#behind = behind;
	}

	clear(): void {
		this.#behind = 0;
	}

	get exists(): boolean {
		return this.#behind > 0;
	}

	get isObject(): boolean {
		return this.exists && this.#bytes[this.#from] === 0x7b;
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
		const [bytes, from, behind] = [this.#bytes, this.#from + 1, this.#behind - 1];
		if (!this.exists || bytes[from - 1] !== quote) {
			return undefined;
		}
		if (behind - from === this.#lastBytes.length && isAt(bytes, from, this.#lastBytes)) {
			return this.#last;
		}
		const text = isPlain(bytes, from, behind)
			? bytes.toString('latin1', from, behind)
			: (JSON.parse(bytes.toString('utf8', from - 1, behind + 1)) as string);
		if (behind - from <= longestRemembered) {
			this.#last = textOf(text);
			this.#lastBytes = Uint8Array.prototype.slice.call(bytes, from, behind);
		}
		return textOf(text);
	}

	/** How the value begins, as it is written: JSON, cut after so many bytes. */
	beginning(bytes: number): string {
		return this.exists ? this.#bytes.toString('utf8', this.#from, Math.min(this.#behind, this.#from + bytes)) : '';
	}

	/** The texts in a list; none where it is no list, or too long to be one of names. */
	get texts(): readonly string[] {
		if (!this.exists || this.#bytes[this.#from] !== 0x5b || this.#behind - this.#from > longestList) {
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

/** Members by the lengths of their names, in bytes. */
export const byLength = (members: readonly Member[]): readonly (readonly Member[] | undefined)[] => {
	const groups: Member[][] = [];
	for (const member of members) {
		groups[member.key.length] = [...(groups[member.key.length] ?? []), member];
	}
	return Array.from(groups);
};

/** Whether the bytes from here on are these. */
export const isAt = (bytes: Uint8Array, at: number, expected: Uint8Array): boolean => {
	for (let index = 0; index < expected.length; index++) {
		if (bytes[at + index] !== expected[index]) {
			return false;
		}
	}
	return true;
};

/** Whether each byte stands for the character of its number. */
const isPlain = (bytes: Uint8Array, from: number, behind: number): boolean => {
	for (let at = from; at < behind; at++) {
		const byte = bytes[at] as number;
		if (byte === backslash || byte >= 0x80) {
			return false;
		}
	}
	return true;
};
