import {columnsOf} from './columns-of.js';
import {graphemesOf} from './graphemes.js';

/**
 * What a log must not bring to a terminal or into a file: control characters (escape sequences begin with one),
 * direction overrides, characters that cannot be seen, line and paragraph separators, halves of surrogate pairs, and what
 * Unicode says is no character, which XML cannot hold.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
/** More marks than any script stacks on one letter: they would run over the lines above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;
const replacement = '\uFFFD';
/** Nothing but letters, digits and signs of ASCII, each one column wide: most texts, told without the data of Unicode. */
const printable = /^[\x20-\x7E]*$/;

/** What the sentences of reports use beside 7-bit characters. */
const asciiFor: Readonly<Record<string, string>> = {
	'→': '->',
	'←': '<-',
	'…': '...',
	'–': '-',
	'—': '-',
	'·': '-',
	'×': 'x',
	'≥': '>=',
	'≤': '<=',
	'‘': "'",
	'’': "'",
	'“': '"',
	'”': '"',
	'▲': '+',
	'▼': '-',
};

/** Seven-bit text: known signs by their likeness, all else as `?`. */
export const toAscii = (text: string): string => text.replace(/[^\n\x20-\x7E]/gu, sign => asciiFor[sign] ?? '?');

type SanitizeOptions = {
	/** Cuts to at most this many terminal columns, `…` included. */
	readonly columns?: number | undefined;
	/** Leaves 7-bit characters only. */
	readonly ascii?: boolean | undefined;
};

/**
 * Makes text from a log harmless to print: what could move the cursor, colour, reorder or hide becomes `�`. The result
 * is one line, and the same again when sanitized again.
 */
export const sanitize = (text: string, {columns, ascii = false}: SanitizeOptions = {}): string => {
	const written = printable.test(text) ? text : cleaned(text, ascii);
	return columns === undefined ? written : cut(written, columns, ascii ? '...' : '…');
};

const cleaned = (text: string, ascii: boolean): string => {
	const clean = text.replace(harmful, replacement).replace(piledMarks, `$1${replacement}`);
	return ascii ? toAscii(clean) : clean;
};

/** The longest beginning of a text, in whole graphemes, of at most `columns`. */
export const fitting = (text: string, columns: number): string => {
	if (printable.test(text)) {
		return text.slice(0, Math.max(0, Math.floor(columns)));
	}
	let end = 0;
	let width = 0;
	for (const {segment, index} of graphemesOf(text)) {
		width += columnsOf(segment);
		if (width > columns) {
			break;
		}
		end = index + segment.length;
	}
	return text.slice(0, end);
};

/** Whether a text takes at most `columns`; a longer one is measured only as far as it takes to tell. */
export const fits = (text: string, columns: number): boolean => fitting(text, columns) === text;

const cut = (text: string, columns: number, mark: string): string => {
	if (fits(text, columns)) {
		return text;
	}
	const end = mark.slice(0, Math.max(0, Math.floor(columns)));
	return fitting(text, columns - end.length) + end;
};

/** The same characters as JavaScript and JSON strings write them (`\u001b`): harmless, and nothing is lost. */
export const escapeHarmful = (text: string): string =>
	text.replace(harmful, found =>
		found
			.split('')
			.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);
