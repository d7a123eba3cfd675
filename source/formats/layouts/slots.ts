import {layoutLimits} from '../../scanner/layout-places.js';
import {invalid, skipSpace, skipString, skipValue} from '../json/json-skip.js';
import {isLine} from '../roles/line-names.js';
import {isConversation} from '../roles/message-members.js';
import {type NameUse, nameUse} from './known-names.js';
import {quotedText} from './quoted-text.js';
import {longestPrefix, stampsIn} from './stamps.js';

/**
 * A position in a line with a value that may vary between lines.
 *
 * `text`: plain ASCII without escapes, not empty, no quoted object. `number`: any. `unread`: a text, number, list or
 * word that no reader looks at. `stamp`: a time before a quoted object, of which every digit may vary.
 */
export type Slot = {
	readonly kind: 'text' | 'number' | 'unread' | 'stamp';
	/** True within an object that is itself a text, where quotes are escaped. */
	readonly quoted: boolean;
	/** Start and end; of a text, without its quotes. */
	readonly from: number;
	readonly behind: number;
	/** The name of the member or attribute with this value. */
	readonly name: string;
	readonly use: NameUse;
};

/** Objects with more slots, levels or bytes between slots are always decoded. */
const {mostSlots} = layoutLimits;
const mostBytes = 6144;
const deepest = 12;

const [quote, backslash, comma, colon, openCurly, closeCurly, openSquare, closeSquare] = [
	0x22, 0x5c, 0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d,
] as const;

/** The index of the quote that ends a plain ASCII text; `invalid` for other texts. */
export const plainEnd = (bytes: Uint8Array, from: number): number => {
	for (let at = from; ; at++) {
		const byte = bytes[at] as number;
		if (byte === quote) {
			return at;
		}
		// After the last byte, `byte` is undefined and not a plain character either.
		if (!(byte >= 0x20 && byte <= 0x7e) || byte === backslash) {
			return invalid;
		}
	}
};

/** The end of a value that no reader looks at; `invalid` if it may be an object, even a quoted one. */
const unreadEnd = (bytes: Uint8Array, from: number): number => {
	const byte = bytes[from];
	if (byte === quote) {
		const first = bytes[from + 1];
		return first === openCurly || first === backslash ? invalid : skipString(bytes, from);
	}
	return byte === openCurly ? invalid : skipValue(bytes, from, 1);
};

/**
 * True if an object after this text belongs to it: if a list or a quote begins before the object, what follows is part
 * of that.
 */
export const endsOpen = (before: string): boolean => /[[({"'=,\\]\s*$/.test(before);

/** Walks through a JSON object and notes its slots; everything else is the same in all lines of its layout. */
class Walk {
	readonly slots: Slot[] = [];
	readonly #bytes: Buffer;
	/** True if the object is itself a text. */
	readonly #quoted: boolean;
	/** The key of the attribute whose value comes next. */
	#attribute = '';

	constructor(bytes: Buffer, quoted = false) {
		this.#bytes = bytes;
		this.#quoted = quoted;
	}

	/** @returns the end of the object, or `invalid` if it needs a full parse */
	object(from: number, depth: number): number {
		const bytes = this.#bytes;
		let at = skipSpace(bytes, from + 1);
		if (bytes[at] === closeCurly) {
			return at + 1;
		}
		for (;;) {
			const behindKey = bytes[at] === quote ? plainEnd(bytes, at + 1) : invalid;
			if (behindKey === invalid) {
				return invalid;
			}
			const name = bytes.toString('latin1', at + 1, behindKey);
			const colonAt = skipSpace(bytes, behindKey + 1);
			if (bytes[colonAt] !== colon) {
				return invalid;
			}
			at = this.#member(skipSpace(bytes, colonAt + 1), name, depth);
			if (at === invalid) {
				return invalid;
			}
			at = skipSpace(bytes, at);
			if (bytes[at] === closeCurly) {
				this.#attribute = '';
				return at + 1;
			}
			if (bytes[at] !== comma) {
				return invalid;
			}
			at = skipSpace(bytes, at + 1);
		}
	}

	#member(from: number, member: string, depth: number): number {
		const bytes = this.#bytes;
		if (member === 'key' && bytes[from] === quote) {
			const behind = plainEnd(bytes, from + 1);
			this.#attribute = behind === invalid ? '' : bytes.toString('latin1', from + 1, behind);
			return behind === invalid ? invalid : behind + 1;
		}
		return this.#value(from, this.#attribute !== '' && /^value$|Value$/.test(member) ? this.#attribute : member, depth);
	}

	#value(from: number, name: string, depth: number): number {
		const bytes = this.#bytes;
		const byte = bytes[from];
		const use = nameUse(name);
		if (depth > deepest || this.slots.length >= mostSlots) {
			return invalid;
		}
		if (byte === openCurly) {
			return this.object(from, depth + 1);
		}
		const behindQuoted = byte === quote ? this.#quotedObject(from + 1, name, depth) : invalid;
		if (behindQuoted !== invalid) {
			return behindQuoted;
		}
		if (use === 'unread' || (isConversation(name) && byte === openSquare)) {
			const behind = unreadEnd(bytes, from);
			this.#slot({kind: 'unread', from, behind, name, use});
			return behind;
		}
		if (byte === openSquare) {
			return this.#list(from, depth);
		}
		if (byte === quote) {
			return this.#text(from, name, use);
		}
		const behind = skipValue(bytes, from, depth);
		if (byte !== 0x74 && byte !== 0x66 && byte !== 0x6e) {
			this.#slot({kind: 'number', from, behind, name, use});
		}
		return behind;
	}

	/** A text that is no slot is the same in every line, except for times in it. */
	#text(from: number, name: string, use: NameUse): number {
		const behind = plainEnd(this.#bytes, from + 1);
		if (behind === invalid) {
			const end = skipString(this.#bytes, from);
			for (const stamp of use === 'compared' || end === invalid ? [] : stampsIn(this.#bytes, from, end)) {
				this.#slot(stamp);
			}
			return end;
		}
		if (behind > from + 1 && this.#bytes[from + 1] !== openCurly) {
			this.#slot({kind: 'text', from: from + 1, behind, name, use});
		}
		return behind + 1;
	}

	/**
	 * An object that is the value of a text, or of a line carried by a collector, after a prefix.
	 * @returns the end of the text, or `invalid` if it is no such text
	 */
	#quotedObject(from: number, name: string, depth: number): number {
		const mayHold = !this.#quoted && (this.#bytes[from] === openCurly || isLine(name));
		const text = mayHold ? quotedText(this.#bytes, from) : undefined;
		const start = text?.bytes.indexOf(openCurly) ?? -1;
		const before = start > longestPrefix ? '' : text?.bytes.toString('latin1', 0, start);
		if (!text || before === undefined || before.length !== start || (start > 0 && !isPrefix(before, name))) {
			return invalid;
		}
		const walk = new Walk(text.bytes, true);
		const behind = walk.object(start, depth + 1);
		if (behind === invalid || skipSpace(text.bytes, behind) < text.bytes.length) {
			return invalid;
		}
		for (const slot of [...stampsIn(text.bytes, 0, start), ...walk.slots]) {
			const place = (at: number) => text.places[at] as number;
			this.slots.push({...slot, quoted: true, from: place(slot.from), behind: place(slot.behind)});
		}
		return (text.places.at(-1) as number) + 1;
	}

	/** Adds a slot, unless readers compare the value with known words: those must be the same in every line. */
	#slot({kind, from, behind, name, use}: Omit<Slot, 'quoted'>): void {
		if (use !== 'compared') {
			this.slots.push({kind, quoted: this.#quoted, from, behind, name, use});
		}
	}

	/** A list that readers know, such as of attributes or spans. Its entries have no names. */
	#list(from: number, depth: number): number {
		const bytes = this.#bytes;
		let at = skipSpace(bytes, from + 1);
		if (bytes[at] === closeSquare) {
			return at + 1;
		}
		for (;;) {
			const behind = bytes[at] === openCurly ? this.object(at, depth + 1) : skipValue(bytes, at, depth);
			if (behind === invalid) {
				return invalid;
			}
			at = skipSpace(bytes, behind);
			if (bytes[at] === closeSquare) {
				return at + 1;
			}
			if (bytes[at] !== comma) {
				return invalid;
			}
			at = skipSpace(bytes, at + 1);
		}
	}
}

/** True if a text is the prefix that a writer puts before objects in a line carried under this name. */
const isPrefix = (before: string, name: string): boolean =>
	isLine(name) && /^[\x20-\x7e]*$/.test(before) && !endsOpen(before);

/** The slots of an object with this start and end; undefined if it is unusual. */
export const slotsIn = (bytes: Buffer, start: number, end: number): readonly Slot[] | undefined => {
	const walk = new Walk(bytes);
	const behind = bytes[start] === openCurly ? walk.object(start, 0) : invalid;
	if (behind !== end || walk.slots.length > mostSlots) {
		return undefined;
	}
	const between = walk.slots.reduce((rest, {from, behind: to}) => rest - (to - from), end - start);
	return between <= mostBytes ? walk.slots : undefined;
};
