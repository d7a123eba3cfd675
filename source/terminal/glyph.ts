import {columnsOf} from '../text/columns-of.js';

/** A user-perceived character as sent to the terminal. */
type Glyph = {
	readonly text: string;
	/** Columns that it occupies; 0 if it is invisible on its own. */
	readonly width: number;
	/** Columns that Ink counted but the text does not fill; they are drawn as spaces. */
	readonly padding: number;
};

/** Maximum code points per character: no language needs more marks on a letter, but attacks on the screen use them. */
const maximumCodePoints = 8;
const cacheSize = 4096;
const glyphs = new Map<string, Glyph>();

const flag = /^\p{Regional_Indicator}{2}$/u;
const emoji = /^\p{Extended_Pictographic}|^[\d#*]\uFE0F?\u20E3/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}]/gu;
const regionalIndicatorA = 0x1f1e6;

const flagLetters = (segment: string) =>
	Array.from(segment, letter => String.fromCharCode(65 + (letter.codePointAt(0) ?? 0) - regionalIndicatorA)).join('');

/**
 * Terminals disagree about the width of joined emoji, flags and variation selectors, which would shift everything to
 * their right. So emoji are reduced to their first code point and flags to two letters.
 */
const printable = (segment: string): string => {
	if (flag.test(segment)) {
		return flagLetters(segment);
	}
	const codePoints = [...segment.replace(invisible, '')];
	return codePoints.slice(0, emoji.test(segment) ? 1 : maximumCodePoints).join('');
};

/** The glyph of a grapheme cluster, as wide as Ink's layout assumes. */
export const glyphOf = (segment: string): Glyph => {
	let glyph = glyphs.get(segment);
	if (glyph === undefined) {
		const text = printable(segment);
		const width = text === '' ? 0 : columnsOf(segment);
		glyph = {text, width, padding: Math.max(0, width - columnsOf(text))};
		if (glyphs.size >= cacheSize) {
			glyphs.clear();
		}
		glyphs.set(segment, glyph);
	}
	return glyph;
};

/**
 * Latin, Greek, Cyrillic, punctuation, arrows, mathematical symbols, boxes, blocks, braille, CJK and Hangul; with
 * accents.
 */
const steady =
	/^[ -~\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u22FF\u2500-\u25FC\u2800-\u28FF\u3001-\u3029\u3041-\u3096\u30A1-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60][\u0300-\u036F]*$/;

/** True if all terminals agree on the columns of a cell's text. */
export const isSteady = (text: string): boolean => steady.test(text);
