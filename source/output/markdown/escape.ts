import {sanitize} from '../../text/sanitize.js';

/** Text from a log as Markdown that shows it literally, on one line, in tables as well; links itself to nothing. */
export const escapeMarkdown = (text: string): string =>
	sanitize(text)
		.replace(/[\\`*_[\]<>~&!#$@]/g, '\\$&')
		// How many backslashes keep a pipe in its cell, parsers disagree.
		.replaceAll('|', '&#124;')
		// GitHub links bare addresses.
		.replace(/:(?=\/\/)/g, '\\:')
		.replace(/\bwww\./gi, sign => `${sign.slice(0, -1)}\\.`);

/**
 * A name from a log as code: no link, mention or number in it means anything. One with a pipe, which code in a table
 * cannot hold, as text.
 */
export const code = (name: string): string => {
	const clean = sanitize(name);
	if (clean.includes('|')) {
		return escapeMarkdown(clean);
	}
	const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map(run => run.length));
	const fence = '`'.repeat(longest + 1);
	// A blank keeps a backtick at either end apart from the fence; Markdown takes one away on both sides.
	const space = /^[` ]|[` ]$/.test(clean) || clean === '' ? ' ' : '';
	return `${fence}${space}${clean}${space}${fence}`;
};

/** @param right which columns are numbers */
export const table = (
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: (column: number) => boolean,
): string => {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, column) => (right(column) ? '---:' : '---'))), ...rows.map(line)].join('\n');
};
