/** Characters with a roff escape, which works in every locale. */
const signs: Readonly<Record<string, string>> = {
	'\\': '\\(rs',
	'-': '\\-',
	"'": '\\(aq',
	'`': '\\(ga',
	'"': '\\(dq',
	'^': '\\(ha',
	'~': '\\(ti',
	'…': '\\&...',
	'×': '\\(mu',
	'→': '\\(->',
	'–': '\\(en',
};

/** Escapes text so that roff prints it literally, on one line; never a request. */
export const roffText = (text: string): string => {
	const escaped = text.replace(/[\\\-'`"^~…×→–]|[^\x20-\x7E]/gu, sign => signs[sign] ?? unicode(sign));
	return /^[.]/.test(escaped) ? `\\&${escaped}` : escaped;
};

const unicode = (sign: string): string =>
	`\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** Formats flags and the program's name in bold, placeholders in italics: `--days N`. */
export const roffTerm = (term: string): string =>
	term
		.split(/(\s+|[[\]|,=]|…)/)
		.map(word => {
			if (/^(?:-{1,2}[a-z]|[a-z])/.test(word)) {
				return `\\fB${roffText(word)}\\fR`;
			}
			return /^[A-Z]/.test(word) ? `\\fI${roffText(word)}\\fR` : roffText(word);
		})
		.join('')
		.trimEnd();
