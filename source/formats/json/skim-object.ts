import {invalid, skipPlain, skipSpace, skipValue} from './json-skip.js';
import {isAt, type Member, type Places} from './member.js';

const brace = 0x7b;
const closingBrace = 0x7d;
const comma = 0x2c;
const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/** Nothing is wrong, and nothing else is needed. */
const enough = -2;

/**
 * Finds the wanted members of an object like the scanner does (`scanner/assembly/members.ts`), if that is unavailable
 * or its memory is too small for the object.
 * @returns `other` for an irrelevant object, `decode` if a full parse must decide
 */
export const skimObject = (
	bytes: Buffer,
	members: readonly Member[],
	places: Places,
): 'object' | 'other' | 'decode' => {
	places.clear(bytes);
	const from = skipSpace(bytes, 0);
	const behind = bytes[from] === brace ? skimMembers(bytes, from, members, 0) : invalid;
	if (behind === enough) {
		return 'other';
	}
	return behind !== invalid && skipSpace(bytes, behind) >= bytes.length ? 'object' : 'decode';
};

/** @returns the index after the object, `enough`, or `invalid` if a full parse must decide */
const skimMembers = (bytes: Buffer, from: number, members: readonly Member[], depth: number): number => {
	let at = skipSpace(bytes, from + 1);
	if (bytes[at] === closingBrace) {
		return at + 1;
	}
	for (;;) {
		const key = at + 1;
		const behindKey = bytes[at] === quote ? skipPlain(bytes, key) : at;
		// A key with escapes may be that of any member.
		if (bytes[behindKey] !== quote || behindKey === at) {
			return invalid;
		}
		const member = members.find(({key: name}) => name.length === behindKey - key && isAt(bytes, key, name));
		// Of repeated members, the last one counts.
		if (member?.exists) {
			return invalid;
		}
		const colonAt = skipSpace(bytes, behindKey + 1);
		if (bytes[colonAt] !== colon) {
			return invalid;
		}
		const value = skipSpace(bytes, colonAt + 1);
		at =
			member && member.inside.length > 0 && bytes[value] === brace
				? skimMembers(bytes, value, member.inside, depth + 1)
				: skipValue(bytes, value, depth + 1);
		if (at < 0) {
			return at;
		}
		member?.set(value, at);
		if (member?.among && !member.among.some(text => member.isWritten(JSON.stringify(text)))) {
			// A text with escapes may be any text.
			return bytes.subarray(value, at).includes(backslash) && bytes[value] === quote ? invalid : enough;
		}
		at = skipSpace(bytes, at);
		if (bytes[at] === closingBrace) {
			return at + 1;
		}
		if (bytes[at] !== comma) {
			return invalid;
		}
		at = skipSpace(bytes, at + 1);
	}
};
