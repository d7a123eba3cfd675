/** Behind the emoji of an event, exactly as the text would be read: in UTF-8 or as the escapes of JSON. */

const [space, backslash, letterU] = [32, 92, 117];
const pictographic = /^[\p{Extended_Pictographic}\u{1F195}]$/u;
const variationSelector = 0xfe0f;

/** By code point: few ever occur. */
const known = new Map<number, boolean>();
const mostKnown = 1000;

const isEmoji = (codePoint: number): boolean => {
	let answer = known.get(codePoint);
	if (answer === undefined) {
		answer = pictographic.test(String.fromCodePoint(codePoint));
		if (known.size < mostKnown) {
			known.set(codePoint, answer);
		}
	}
	return answer;
};

/** The value of a lower-case hexadecimal digit, as Python writes it; NaN for anything else. */
const hexDigit = (byte: number | undefined): number => {
	if (byte === undefined) {
		return Number.NaN;
	}
	return byte >= 48 && byte <= 57 ? byte - 48 : byte >= 97 && byte <= 102 ? byte - 87 : Number.NaN;
};

/** The UTF-16 unit of `\uXXXX`; NaN where there is none. */
const escapedUnit = (bytes: Buffer, at: number): number =>
	bytes[at] === backslash && bytes[at + 1] === letterU
		? hexDigit(bytes[at + 2]) * 4096 +
			hexDigit(bytes[at + 3]) * 256 +
			hexDigit(bytes[at + 4]) * 16 +
			hexDigit(bytes[at + 5])
		: Number.NaN;

const escapedPoint = (bytes: Buffer, at: number): number => {
	const high = escapedUnit(bytes, at);
	if (!(high >= 0xd800 && high < 0xdc00)) {
		return high;
	}
	const low = escapedUnit(bytes, at + 6);
	return low >= 0xdc00 && low < 0xe000 ? 0x10000 + (high - 0xd800) * 1024 + (low - 0xdc00) : Number.NaN;
};

const continuation = (byte: number | undefined): number =>
	byte !== undefined && byte >= 0x80 && byte < 0xc0 ? byte - 0x80 : Number.NaN;

/** A code point of three or four bytes: no emoji is shorter, but for signs that no event begins with. */
const rawPoint = (bytes: Buffer, at: number): number => {
	const first = bytes[at] as number;
	const tail = (continuation(bytes[at + 1]) << 6) | continuation(bytes[at + 2]);
	if (Number.isNaN(continuation(bytes[at + 1]) + continuation(bytes[at + 2]))) {
		return Number.NaN;
	}
	if (first >= 0xe0 && first < 0xf0) {
		const point = ((first - 0xe0) << 12) | tail;
		return point >= 0x800 ? point : Number.NaN;
	}
	const point = ((first - 0xf0) << 18) | (tail << 6) | continuation(bytes[at + 3]);
	return first >= 0xf0 && first < 0xf5 && !Number.isNaN(continuation(bytes[at + 3])) && point >= 0x10000
		? point
		: Number.NaN;
};

/** Where the words behind at most two emoji begin; -1 where what stands there cannot be told from the bytes. */
export const afterEmoji = (bytes: Buffer, start: number): number => {
	let at = start;
	for (let count = 0; count < 2; count++) {
		const first = bytes[at] as number;
		const escaped = first === backslash;
		if (!escaped && first < 0x80) {
			break;
		}
		const point = escaped ? escapedPoint(bytes, at) : rawPoint(bytes, at);
		if (!(point <= 0x10ffff) || !isEmoji(point)) {
			return -1;
		}
		at += escaped ? (point > 0xffff ? 12 : 6) : point > 0xffff ? 4 : 3;
		if (bytes[at] === backslash) {
			at += escapedUnit(bytes, at) === variationSelector ? 6 : 0;
		} else if (bytes[at] === 0xef && bytes[at + 1] === 0xb8 && bytes[at + 2] === 0x8f) {
			at += 3;
		}
		at += bytes[at] === space ? 1 : 0;
	}
	const first = bytes[at] as number;
	return first < 0x80 && first !== backslash ? at : -1;
};
