import {isMouseReport} from './mouse.js';

/** Incomplete input of which the rest is still expected. */
export type Held = 'escape' | 'sequence' | 'paste';

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
/** Maximum characters of a paste; the rest is cut. */
const longestPaste = 65_536;
/** Maximum characters of a sequence. The longest are replies of the terminal, which have fewer. */
const longestSequence = 4096;

/** Arrows, Home, End, PgUp, PgDn, Insert, Delete, with modifiers, and Shift-Tab. */
const knownSequence = /^\u001B(?:\[(?:[ABCDFHZ]|1;[2-8][ABCDFH]|[1-8](?:;[2-8])?~)|O[ABCDFH])$/;
/**
 * A complete sequence: a function key of the Linux console, a mouse report (X10), CSI, SS3, a control string, or Alt
 * with a key. ECMA-48 5.4 and 5.6, xterm's ctlseqs.
 */
const completeSequence =
	/\u001B(?:\[\[[A-Z]|\[M[\s\S]{3}|\[(?!\[)[0-?]*[ -/]*[@-LN-~]|\[[0-?]+[ -/]*M|O\d?[@-~]|[\]PX^_][^\u0000-\u001F]*(?:\u0007|\u001B\\)|[ -NQ-WYZ\\`-~\u00A0-\uFFFF])/y;
const incompleteSequence = /\u001B(?:\[\[?|\[M[\s\S]{0,2}|\[[0-?]*[ -/]*|O\d?|[\]PX^_][^\u0000-\u001F]*\u001B?)?$/y;
/** The characters to discard if a sequence turns out to be invalid. */
const brokenSequence = /\u001B(?:\[\[?[0-?]*[ -/]*|O\d?|[\]PX^_][^\u0000-\u001F]*)?/y;
/** Ctrl-A to Ctrl-Z, which include Tab, Enter and Backspace, and the other Backspace (DEL). */
const keyOrText = /^[\u0001-\u001A\u007F]|^[^\p{Control}\p{Surrogate}\uFFFD]/u;

const pastedText = (content: string) =>
	content
		.replaceAll(/\u001B\[[0-?]*[ -/]*[@-~]/g, '')
		.split(/\p{Control}+/u)
		// A separator at either end separates nothing.
		.filter((text, index, parts) => text !== '' || (index > 0 && index < parts.length - 1))
		.join(' ');

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
};

/** Splits terminal input into single keys, however the network divided it. Unknown sequences are dropped. */
export class KeyReader {
	#rest = '';
	#paste: string | undefined;

	/** The kind of incomplete input held back, if any. */
	get held(): Held | undefined {
		if (this.#paste !== undefined) {
			return 'paste';
		}
		if (this.#rest === '') {
			return undefined;
		}
		return this.#rest === '\u001B' ? 'escape' : 'sequence';
	}

	/**
	 * @returns complete keys: a character, a control character, the sequence of a key or mouse action, or the text of a
	 * paste
	 */
	feed(text: string): readonly string[] {
		const keys: string[] = [];
		let rest = this.#rest + text;
		this.#rest = '';
		while (rest !== '') {
			rest = this.#paste === undefined ? this.#readKeys(rest, keys) : this.#readPaste(rest, keys);
		}
		return keys;
	}

	/**
	 * Called when nothing more arrives: a single ESC was the Escape key, half a sequence is dropped, half a paste is a
	 * paste.
	 */
	expire(): readonly string[] {
		const escapeKey = this.#rest === '\u001B' ? [this.#rest] : [];
		const paste = pastedText(this.#paste ?? '');
		this.#rest = '';
		this.#paste = undefined;
		return paste === '' ? escapeKey : [paste];
	}

	/** @returns the input after the start of a paste */
	#readKeys(text: string, keys: string[]): string {
		let at = 0;
		while (at < text.length) {
			if (text.startsWith(pasteStart, at)) {
				this.#paste = '';
				return text.slice(at + pasteStart.length);
			}
			if (text[at] === '\u001B') {
				const length = this.#readSequence(text, at, keys);
				if (length === 0) {
					this.#rest = text.slice(at, at + longestSequence);
					return '';
				}
				at += length;
			} else {
				const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
				if (keyOrText.test(character)) {
					keys.push(character);
				}
				at += character.length;
			}
		}
		return '';
	}

	/** @returns the number of characters consumed; 0 if the sequence is incomplete */
	#readSequence(text: string, at: number, keys: string[]): number {
		const sequence = matchAt(completeSequence, text, at);
		if (sequence !== undefined) {
			if (knownSequence.test(sequence) || isMouseReport(sequence)) {
				keys.push(sequence);
			}
			return sequence.length;
		}
		if (matchAt(incompleteSequence, text, at) !== undefined && text.length - at < longestSequence) {
			return 0;
		}
		const broken = matchAt(brokenSequence, text, at) ?? '\u001B';
		if (broken === '\u001B') {
			// Escape followed by a control character: two keys in one packet.
			keys.push(broken);
		}
		return broken.length;
	}

	/** @returns the input after the end of the paste */
	#readPaste(text: string, keys: string[]): string {
		const held = this.#paste ?? '';
		const content = held + text;
		const end = content.indexOf(pasteEnd, Math.max(0, held.length - pasteEnd.length));
		if (end === -1) {
			// Always keep the end of the text: it may be the first half of the closing bracket.
			const tail = Math.max(longestPaste, content.length - pasteEnd.length);
			this.#paste = content.slice(0, longestPaste) + content.slice(tail);
			return '';
		}
		this.#paste = undefined;
		const pasted = pastedText(content.slice(0, Math.min(end, longestPaste)));
		if (pasted !== '') {
			keys.push(pasted);
		}
		return content.slice(end + pasteEnd.length);
	}
}
