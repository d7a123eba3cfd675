import {isAt} from '../json/member.js';

/** Maximum number of remembered texts, a power of two, and their maximum length. */
const mostRemembered = 32;
const longestRemembered = 64;
/** After this many changes in a row, a text is assumed to change always. */
const mostChanges = 16;

/** Maximum digits of a row's number. */
const rowDigits = 12;
const ofProvider = ['req', 'msg', 'chatcmpl', 'cmpl', 'resp', 'gen'].flatMap(word =>
	[`${word}_`, `${word}-`].map(text => Buffer.from(text)),
);
const ofBatch = Buffer.from('batch_req_');
/** First letters of ids of providers and batches; few other names begin with them. */
const beginsWord = Uint8Array.from({length: 256}, (_, byte) =>
	Number([...ofProvider, ofBatch].some(text => text[0] === byte)),
);

const underscore = 0x5f;
/** Claude Code includes its session in the user. */
const session = Buffer.from('_session_');

/**
 * The form of a name, which decides how readers treat it: whether it is a row's number or an id of a provider or of a
 * batch, contains the name of a session, or is plain hexadecimal.
 */
export const formAt = (bytes: Uint8Array, from: number, behind: number): number => {
	let isNumber = behind - from <= rowDigits;
	let isPlain = !(bytes[from] === 0x30 && bytes[from + 1] === 0x78);
	let hasSession = false;
	for (let at = from; at < behind; at++) {
		const byte = bytes[at] as number;
		if (byte < 0x30 || byte > 0x39) {
			isNumber = false;
		}
		if (byte >= 0x41 && byte <= 0x5a) {
			isPlain = false;
		}
		hasSession ||= byte === underscore && isAt(bytes, at, session);
	}
	return (
		(isNumber ? 1 : 0) |
		(isPlain ? 2 : 0) |
		(hasSession ? 16 : 0) |
		(beginsWord[bytes[from] as number] ? wordAt(bytes, from) : 0)
	);
};

const wordAt = (bytes: Uint8Array, from: number): number =>
	(ofProvider.some(text => isAt(bytes, from, text)) ? 4 : 0) | (isAt(bytes, from, ofBatch) ? 8 : 0);

/**
 * The texts of a slot. A string is created only if the text is not among the latest ones, as models and threads often
 * are.
 */
export class SlotText {
	#known: (string | undefined)[] = [];
	#changes = 0;

	/** @param bytes plain ASCII between `from` and `behind` */
	of(bytes: Buffer, from: number, behind: number): string {
		if (this.#changes >= mostChanges || behind - from > longestRemembered) {
			return bytes.toString('latin1', from, behind);
		}
		// Numbered names differ at the end.
		const ends = (bytes[behind - 1] as number) + 10 * (bytes[behind - 2] as number) + (behind - from);
		const place = ends & (mostRemembered - 1);
		const known = this.#known[place];
		if (known !== undefined && isText(bytes, from, behind, known)) {
			this.#changes = 0;
			return known;
		}
		const text = bytes.toString('latin1', from, behind);
		this.#changes++;
		this.#known[place] = text;
		if (this.#changes === mostChanges) {
			this.#known = [];
		}
		return text;
	}
}

const isText = (bytes: Uint8Array, from: number, behind: number, text: string): boolean => {
	if (behind - from !== text.length) {
		return false;
	}
	for (let index = text.length - 1; index >= 0; index--) {
		if (bytes[from + index] !== text.charCodeAt(index)) {
			return false;
		}
	}
	return true;
};
