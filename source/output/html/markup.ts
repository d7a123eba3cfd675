import {homeFolder} from '../../system/home.js';
import {sanitize} from '../../text/sanitize.js';
import {shortenHome} from '../../text/shorten-home.js';

/** Text that is already HTML or SVG: the results of `html`, and constants. */
export class Markup {
	/** @param text well-formed markup, whose text is escaped */
	constructor(readonly text: string) {}
}

const escapes: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Values allowed in a template; strings may come from a log. */
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
 * A template tag for HTML. Escapes all values but markup, for elements and quoted attributes alike. Replaces the user's
 * home folder by `~` in paths, since pages are forwarded.
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
	new Markup(strings.map((text, index) => text + (index < pieces.length ? textOf(pieces[index]) : '')).join(''));
