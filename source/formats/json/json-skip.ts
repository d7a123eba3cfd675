/**
 * Skips JSON in bytes without decoding it, and as strictly as `JSON.parse`: what is skipped is valid. Each function
 * takes the index of a value's start, and returns the index after it, or `invalid`. Bytes that are not UTF-8 are
 * accepted in strings, as in decoding.
 */

/** Also returned if the nesting is too deep. */
export const invalid = -1;

const deepest = 200;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;

/** The next index without white space. */
export const skipSpace = (bytes: Uint8Array, from: number): number => {
	let at = from;
	for (;;) {
		const byte = bytes[at];
		if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
			return at;
		}
		at++;
	}
};

const isHexadecimal = (byte: number): boolean =>
	(byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** @param at index after the backslash */
const skipEscape = (bytes: Uint8Array, at: number): number => {
	switch (bytes[at]) {
		case quote:
		case backslash:
		case 0x2f: // /
		case 0x62: // b
		case 0x66: // f
		case 0x6e: // n
		case 0x72: // r
		case 0x74: // t
			return at + 1;
		case 0x75: // u
			for (let digit = at + 1; digit <= at + 4; digit++) {
				if (!isHexadecimal(bytes[digit] as number)) {
					return invalid;
				}
			}
			return at + 5;
		default:
			return invalid;
	}
};

/** For each byte in a string, true if it needs attention: the end, an escape, or not allowed. */
const isSpecial = Uint8Array.from({length: 256}, (_, byte) =>
	Number(byte < 0x20 || byte === quote || byte === backslash),
);

/** The next index in a string with its end, an escape, or a byte that is not allowed. */
export const skipPlain = (bytes: Uint8Array, from: number): number => {
	let at = from;
	// After the last byte, the value is undefined, which is not 0 either.
	while (isSpecial[bytes[at] as number] === 0) {
		at++;
	}
	return at;
};

/** @param from index of the opening quote */
export const skipString = (bytes: Uint8Array, from: number): number => {
	let at = from + 1;
	for (;;) {
		at = skipPlain(bytes, at);
		if (bytes[at] === quote) {
			return at + 1;
		}
		at = bytes[at] === backslash ? skipEscape(bytes, at + 1) : invalid;
		if (at === invalid) {
			return invalid;
		}
	}
};

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const skipDigits = (bytes: Uint8Array, from: number): number => {
	let at = from;
	while (isDigit(bytes[at])) {
		at++;
	}
	return at === from ? invalid : at;
};

/** Index after a number; `invalid` if there is none. Grammar: RFC 8259, section 6. */
const skipNumber = (bytes: Uint8Array, from: number): number => {
	const whole = bytes[from] === 0x2d ? from + 1 : from;
	let at = bytes[whole] === 0x30 ? whole + 1 : skipDigits(bytes, whole);
	if (at !== invalid && bytes[at] === 0x2e) {
		at = skipDigits(bytes, at + 1);
	}
	if (at !== invalid && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
		const isSigned = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d;
		at = skipDigits(bytes, at + (isSigned ? 2 : 1));
	}
	return at;
};

const skipWord = (bytes: Uint8Array, from: number, word: string): number => {
	for (let index = 0; index < word.length; index++) {
		if (bytes[from + index] !== word.charCodeAt(index)) {
			return invalid;
		}
	}
	return from + word.length;
};

const skipArray = (bytes: Uint8Array, from: number, depth: number): number => {
	let at = skipSpace(bytes, from + 1);
	if (bytes[at] === 0x5d) {
		return at + 1;
	}
	for (;;) {
		at = skipValue(bytes, at, depth + 1);
		if (at === invalid) {
			return invalid;
		}
		at = skipSpace(bytes, at);
		if (bytes[at] === 0x5d) {
			return at + 1;
		}
		if (bytes[at] !== comma) {
			return invalid;
		}
		at = skipSpace(bytes, at + 1);
	}
};

/** @returns the start of the value of the member whose key starts here */
const skipKey = (bytes: Uint8Array, from: number): number => {
	if (bytes[from] !== quote) {
		return invalid;
	}
	const behind = skipString(bytes, from);
	if (behind === invalid) {
		return invalid;
	}
	const at = skipSpace(bytes, behind);
	return bytes[at] === colon ? skipSpace(bytes, at + 1) : invalid;
};

const skipObject = (bytes: Uint8Array, from: number, depth: number): number => {
	let at = skipSpace(bytes, from + 1);
	if (bytes[at] === 0x7d) {
		return at + 1;
	}
	for (;;) {
		at = skipKey(bytes, at);
		if (at !== invalid) {
			at = skipValue(bytes, at, depth + 1);
		}
		if (at === invalid) {
			return invalid;
		}
		at = skipSpace(bytes, at);
		if (bytes[at] === 0x7d) {
			return at + 1;
		}
		if (bytes[at] !== comma) {
			return invalid;
		}
		at = skipSpace(bytes, at + 1);
	}
};

/** @param depth number of enclosing arrays and objects */
export const skipValue = (bytes: Uint8Array, from: number, depth: number): number => {
	if (depth > deepest) {
		return invalid;
	}
	switch (bytes[from]) {
		case quote:
			return skipString(bytes, from);
		case 0x7b: // {
			return skipObject(bytes, from, depth);
		case 0x5b: // [
			return skipArray(bytes, from, depth);
		case 0x74: // t
			return skipWord(bytes, from, 'true');
		case 0x66: // f
			return skipWord(bytes, from, 'false');
		case 0x6e: // n
			return skipWord(bytes, from, 'null');
		default:
			return skipNumber(bytes, from);
	}
};
