import {isMouseReport} from './mouse.js';

/** What a key reader holds back, waiting for the rest of it. */
export type Held = 'escape' | 'sequence' | 'paste';

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
/** Nobody filters by more; what is beyond it is cut. */
const longestPaste = 65_536;
/** A terminal's reply, the longest thing that may arrive, has fewer. */
const longestSequence = 4096;

/** Arrows, Home, End, PgUp, PgDn, Insert, Delete, with modifiers, and Shift-Tab. */
const knownSequence = /^\u001B(?:\[(?:[ABCDFHZ]|1;[2-8][ABCDFH]|[1-8](?:;[2-8])?~)|O[ABCDFH])$/;
/**
 * One sequence, complete: a function key of the Linux console, a mouse report (X10), CSI, SS3, a control string,
 * Alt with a key. ECMA-48 5.4 and 5.6, xterm's ctlseqs.
 */
const completeSequence =
	/\u001B(?:\[\[[A-Z]|\[M[\s\S]{3}|\[(?!\[)[0-?]*[ -/]*[@-LN-~]|\[[0-?]+[ -/]*M|O\d?[@-~]|[\]PX^_][^\u0000-\u001F]*(?:\u0007|\u001B\\)|[ -NQ-WYZ\\`-~\u00A0-\uFFFF])/y;
const incompleteSequence = /\u001B(?:\[\[?|\[M[\s\S]{0,2}|\[[0-?]*[ -/]*|O\d?|[\]PX^_][^\u0000-\u001F]*\u001B?)?$/y;
/** What is thrown away of a sequence that turned out not to be one. */
const brokenSequence = /\u001B(?:\[\[?[0-?]*[ -/]*|O\d?|[\]PX^_][^\u0000-\u001F]*)?/y;
/** Ctrl-A to Ctrl-Z, which include Tab, Enter and Backspace, and the other Backspace. */
const keyOrText = /^[\u0001-\u001A\u007F]|^[^\p{Control}\p{Surrogate}\uFFFD]/u;

const pastedText = (content: string) =>
	content
		.replaceAll(/\u001B\[[0-?]*[ -/]*[@-~]/g, '')
		.split(/\p{Control}+/u)
		// What stands at either end separates nothing.
		.filter((text, index, parts) => text !== '' || (index > 0 && index < parts.length - 1))
		.join(' ');

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
};

/** Turns what a terminal sends into single keys, however the network cut it. Sequences it does not know vanish. */
export class KeyReader {
	#rest = '';
	#paste: string | undefined;

	/** What is incomplete so far. */
	get held(): Held | undefined {
		if (this.#paste !== undefined) {
			return 'paste';
		}
		if (this.#rest === '') {
			return undefined;
		}
		return this.#rest === '\u001B' ? 'escape' : 'sequence';
	}

	/** @returns what is complete: a character, a control character, the sequence of a key or a mouse, or the text of a paste */
	feed(text: string): readonly string[] {
		const keys: string[] = [];
		let rest = this.#rest + text;
		this.#rest = '';
		while (rest !== '') {
			rest = this.#paste === undefined ? this.#readKeys(rest, keys) : this.#readPaste(rest, keys);
		}
		return keys;
	}

	/** The rest is not coming: a lone ESC was the Escape key, half a sequence is nothing, half a paste is a paste. */
	expire(): readonly string[] {
		const escapeKey = this.#rest === '\u001B' ? [this.#rest] : [];
		const paste = pastedText(this.#paste ?? '');
		this.#rest = '';
		this.#paste = undefined;
		return paste === '' ? escapeKey : [paste];
	}

	/** @returns what follows the start of a paste */
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

	/** @returns how many characters it took; 0 if the sequence is incomplete */
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
			// Escape and then a control character: two keys in one packet.
			keys.push(broken);
		}
		return broken.length;
	}

	/** @returns what follows the end of the paste */
	#readPaste(text: string, keys: string[]): string {
		const held = this.#paste ?? '';
		const content = held + text;
		const end = content.indexOf(pasteEnd, Math.max(0, held.length - pasteEnd.length));
		if (end === -1) {
			// The end of the text is kept in any case: it may be the first half of the closing bracket.
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
