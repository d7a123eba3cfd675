import {skipPlain} from '../json/json-skip.js';

const [quote, backslash, letterU] = [0x22, 0x5c, 0x75] as const;

/** What the escapes of one character stand for. */
const escaped = new Map(Object.entries({'"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'}));
/** Those that docker spells by their numbers. */
const numbered = new Map(Object.entries({'003c': '<', '003e': '>', '0026': '&'}));

/** What a text of JSON stands for, if it is of ordinary characters and escapes. */
type QuotedText = {
	readonly bytes: Buffer;
	/** Where each of these bytes is written, and at the end the quote that ends the text. */
	readonly places: readonly number[];
};

/** @param from behind the opening quote. @returns undefined where an escape is out of the ordinary, or it does not end */
export const quotedText = (bytes: Buffer, from: number): QuotedText | undefined => {
	const places: number[] = [];
	const text: number[] = [];
	for (let at = from; ; ) {
		for (const plain = skipPlain(bytes, at); at < plain; at++) {
			places.push(at);
			text.push(bytes[at] as number);
		}
		if (bytes[at] === quote) {
			return {bytes: Buffer.from(text), places: [...places, at]};
		}
		const isNumbered = bytes[at + 1] === letterU;
		const character =
			bytes[at] !== backslash
				? undefined
				: isNumbered
					? numbered.get(bytes.toString('latin1', at + 2, at + 6).toLowerCase())
					: escaped.get(String.fromCharCode(bytes[at + 1] ?? 0));
		if (character === undefined) {
			return undefined;
		}
		places.push(at);
		text.push(character.charCodeAt(0));
		at += isNumbered ? 6 : 2;
	}
};
