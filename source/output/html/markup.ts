import {homeFolder} from '../../system/home.js';
import {sanitize} from '../../text/sanitize.js';
import {shortenHome} from '../../text/shorten-home.js';

/** Text that is HTML already, and SVG within it: what `html` makes, and constants of ours. */
export class Markup {
	/** @param text well-formed, with all text in it escaped */
	constructor(readonly text: string) {}
}

const escapes: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** What may stand in a template; strings may come from a log. */
type Piece = string | number | Markup | undefined | readonly Piece[];

const textOf = (piece: Piece): string => {
	if (piece === undefined) {
		return '';
	}
	if (piece instanceof Markup) {
		return piece.text;
	}
	if (typeof piece === 'string' || typeof piece === 'number') {
		return shortenHome(sanitize(String(piece)), homeFolder()).replace(/[&<>"']/g, sign => escapes[sign] ?? sign);
	}
	return piece.map(textOf).join('');
};

/**
 * A template of HTML, in which paths below the user's home folder begin with `~`: a page is made to be forwarded. All
 * that is put into it is escaped, for elements and quoted attributes alike, unless it is markup.
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
	new Markup(strings.map((text, index) => text + (index < pieces.length ? textOf(pieces[index]) : '')).join(''));
