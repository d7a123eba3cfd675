import {sanitize} from '../../text/sanitize.js';

/** Text from a log as Markdown that shows it literally, on one line, also in tables and without links. */
export const escapeMarkdown = (text: string): string =>
	sanitize(text)
		.replace(/[\\`*_[\]<>~&!#$@]/g, '\\$&')
		// Parsers disagree on how many backslashes escape a pipe within a table.
		.replaceAll('|', '&#124;')
		// Prevents GitHub from linking bare addresses.
		.replace(/:(?=\/\/)/g, '\\:')
		.replace(/\bwww\./gi, sign => `${sign.slice(0, -1)}\\.`);

/**
 * A name from a log as code, in which links, mentions and issue numbers have no meaning. A name with a pipe, which code
 * in a table cannot contain, becomes escaped text.
 */
export const code = (name: string): string => {
	const clean = sanitize(name);
	if (clean.includes('|')) {
		return escapeMarkdown(clean);
	}
	const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map(run => run.length));
	const fence = '`'.repeat(longest + 1);
	// A blank separates a backtick at either end from the fence; Markdown removes one blank on both sides.
	const space = /^[` ]|[` ]$/.test(clean) || clean === '' ? ' ' : '';
	return `${fence}${space}${clean}${space}${fence}`;
};

/** @param right which columns are aligned to the right */
export const table = (
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: (column: number) => boolean,
): string => {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, column) => (right(column) ? '---:' : '---'))), ...rows.map(line)].join('\n');
};
