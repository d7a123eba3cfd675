import {toAscii} from '../../text/sanitize.js';
import {wrap} from '../../text/wrap.js';
import type {Tone} from '../rows/rows.js';

/** What the sections of a text report are drawn with. */
export type Drawing = {
	readonly columns: number;
	readonly ascii: boolean;
	/** Colours text; returns it unchanged in reports without colours. */
	readonly paint: (text: string, tone: Tone | 'heading') => string;
};

/** How a report for a terminal is to be drawn. */
export type TextOptions = {
	/** Uses 7-bit characters only. */
	readonly ascii?: boolean | undefined;
	/** With ANSI colours; none without. */
	readonly colour?: boolean | undefined;
	/** Columns of the terminal; a report uses 60 to 80 of them. */
	readonly columns?: number | undefined;
};

const codes = {heading: 1, good: 32, warning: 33, bad: 31} as const;

/** The drawing for some options; by default 80 columns, Unicode, no colours. */
export const drawingOf = ({ascii = false, colour = false, columns = 80}: TextOptions): Drawing => ({
	columns: Math.min(80, Math.max(60, Math.floor(columns))),
	ascii,
	paint: (text, tone) => (colour ? `\u001B[${codes[tone]}m${text}\u001B[0m` : text),
});

/** A page: title and subject between rules, the body, and a rule at the end. Ends with a line feed. */
export const page = (
	title: string,
	about: readonly string[],
	body: readonly string[],
	{columns, ascii, paint}: Drawing,
): string => {
	const rule = '='.repeat(columns);
	const lines = about.flatMap(text => wrap(ascii ? toAscii(text) : text, columns));
	return [rule, paint(title.toUpperCase(), 'heading'), ...lines, rule, ...body, '', rule, ''].join('\n');
};

/** A section with its heading; nothing if it has no lines. */
export const section = (heading: string, lines: readonly string[], {paint}: Drawing): readonly string[] =>
	lines.length > 0 ? ['', paint(heading.toUpperCase(), 'heading'), ...lines] : [];

/** Text wrapped to the lines of a section. @param indent in columns */
export const paragraph = (text: string, {columns, ascii}: Drawing, indent = 2): readonly string[] =>
	wrap(ascii ? toAscii(text) : text, columns - indent).map(line => `${' '.repeat(indent)}${line}`);
