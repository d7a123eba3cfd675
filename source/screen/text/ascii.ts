import {columnsOf} from '../../text/columns-of.js';
import {graphemesOf} from '../../text/graphemes.js';

const sevenBit = /^[ -~]*$/;

/** The screen's own non-ASCII characters by their replacements; each is one column wide. */
const substitutes = new Map(
	Object.entries({
		'+': '╭╮╰╯├┤▲',
		'-': '─–—▼',
		'|': '│·',
		'*': '●',
		o: '○',
		'=': '‖━',
		'>': '→▸',
		v: '↓',
		'^': '↑',
		'<': '◂←',
		'~': '…',
		"'": '‘’',
		'"': '“”',
		x: '×✕',
		'!': '⚑',
	}).flatMap(([plain, drawn]) => Array.from(drawn, character => [character, plain] as const)),
);

const substitute = (grapheme: string): string => {
	const known = sevenBit.test(grapheme) ? grapheme : substitutes.get(grapheme);
	if (known !== undefined) {
		return known;
	}
	const width = columnsOf(grapheme);
	const withoutAccents = grapheme.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
	return sevenBit.test(withoutAccents) && withoutAccents.length === width ? withoutAccents : '?'.repeat(width);
};

/** Text in 7-bit characters of the same width, so that alignment is preserved. */
export const toAscii = (text: string): string =>
	sevenBit.test(text) ? text : Array.from(graphemesOf(text), ({segment}) => substitute(segment)).join('');
