import {skipPlain} from '../json/json-skip.js';

const [quote, backslash, letterU] = [0x22, 0x5c, 0x75] as const;

/** The meaning of single-character escapes. */
const escaped = new Map(Object.entries({'"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'}));
/** Escapes that docker writes as code points. */
const numbered = new Map(Object.entries({'003c': '<', '003e': '>', '0026': '&'}));

/** The bytes of a JSON text with ordinary characters and escapes. */
type QuotedText = {
	readonly bytes: Buffer;
	/** The source index of each byte, and at the end that of the closing quote. */
	readonly places: readonly number[];
};

/** @param from index after the opening quote @returns undefined for an unusual escape, or without a closing quote */
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
