import {columnsOf} from './columns-of.js';
import {graphemesOf} from './graphemes.js';
import {isNarrow} from './narrow.js';

/**
 * Characters that must not reach a terminal or a file: controls (escape sequences begin with one), direction overrides,
 * invisible characters, line and paragraph separators, lone surrogates, and noncharacters, which XML cannot contain.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
/** More combining marks than any script uses on a letter; they would overlap the lines above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;
const replacement = '\uFFFD';
/** Printable ASCII, one column per character: most texts, recognised without Unicode data. */
const printable = /^[\x20-\x7E]*$/;

/** Replacements for the non-ASCII characters that reports use. */
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

/** Converts text to 7-bit characters: known ones to a look-alike, others to `?`. */
export const toAscii = (text: string): string => text.replace(/[^\n\x20-\x7E]/gu, sign => asciiFor[sign] ?? '?');

type SanitizeOptions = {
	/** Maximum terminal columns, including `…`. */
	readonly columns?: number | undefined;
	/** True keeps 7-bit characters only. */
	readonly ascii?: boolean | undefined;
};

/**
 * Makes text from a log safe to print: characters that could move the cursor, colour, reorder or hide text become `�`.
 * The result is a single line. Idempotent.
 */
export const sanitize = (text: string, {columns, ascii = false}: SanitizeOptions = {}): string => {
	const written = printable.test(text) ? text : cleaned(text, ascii);
	return columns === undefined ? written : cut(written, columns, ascii ? '...' : '…');
};

const cleaned = (text: string, ascii: boolean): string => {
	const clean = text.replace(harmful, replacement).replace(piledMarks, `$1${replacement}`);
	return ascii ? toAscii(clean) : clean;
};

/** The longest beginning of a text, in whole graphemes, that fits `columns`. */
export const fitting = (text: string, columns: number): string => {
	if (isNarrow(text)) {
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

/** Whether a text fits `columns`; measures no further than necessary. */
export const fits = (text: string, columns: number): boolean => fitting(text, columns) === text;

const cut = (text: string, columns: number, mark: string): string => {
	if (fits(text, columns)) {
		return text;
	}
	const end = mark.slice(0, Math.max(0, Math.floor(columns)));
	return fitting(text, columns - end.length) + end;
};

/** Escapes harmful characters as in JSON strings (`\u001b`), without loss. */
export const escapeHarmful = (text: string): string =>
	text.replace(harmful, found =>
		found
			.split('')
			.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);
