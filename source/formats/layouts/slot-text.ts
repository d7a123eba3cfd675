import {isAt} from '../json/member.js';

/** Texts up to this length are remembered. */
const longestRemembered = 256;
/** A text that differs so many times in a row is one of those that always do. */
const mostChanges = 16;

/** Digits of a row's number, at most. */
const rowDigits = 12;
const ofProvider = ['req', 'msg', 'chatcmpl', 'cmpl', 'resp', 'gen'].flatMap(word =>
	[`${word}_`, `${word}-`].map(text => Buffer.from(text)),
);
const ofBatch = Buffer.from('batch_req_');

/**
 * The form of a name, which decides how readers treat it: whether it is a row's number, an id of a provider or of a
 * batch, and whether hexadecimal is as plain as it can be.
 */
export const formAt = (bytes: Uint8Array, from: number, behind: number): number => {
	let isNumber = behind - from <= rowDigits;
	let isPlain = !(bytes[from] === 0x30 && bytes[from + 1] === 0x78);
	for (let at = from; at < behind; at++) {
		const byte = bytes[at] as number;
		if (byte < 0x30 || byte > 0x39) {
			isNumber = false;
		}
		if (byte >= 0x41 && byte <= 0x5a) {
			isPlain = false;
		}
	}
	const provider = ofProvider.some(text => isAt(bytes, from, text));
	return (isNumber ? 1 : 0) | (isPlain ? 2 : 0) | (provider ? 4 : 0) | (isAt(bytes, from, ofBatch) ? 8 : 0);
};

/** The text in a slot, made anew only where it is another than in the line before: models and threads stay. */
export class SlotText {
	readonly #bytes = new Uint8Array(longestRemembered);
	#length = -1;
	#text = '';
	#changes = 0;

	of(bytes: Buffer, from: number, behind: number): string {
		if (this.#changes < mostChanges && this.#isLast(bytes, from, behind)) {
			this.#changes = 0;
			return this.#text;
		}
		const text = bytes.toString('latin1', from, behind);
		if (this.#changes < mostChanges && behind - from <= longestRemembered) {
			this.#changes++;
			this.#text = text;
			this.#length = behind - from;
			for (let at = from; at < behind; at++) {
				this.#bytes[at - from] = bytes[at] as number;
			}
		}
		return text;
	}

	#isLast(bytes: Buffer, from: number, behind: number): boolean {
		if (behind - from !== this.#length) {
			return false;
		}
		for (let at = behind - 1; at >= from; at--) {
			if (bytes[at] !== this.#bytes[at - from]) {
				return false;
			}
		}
		return true;
	}
}
