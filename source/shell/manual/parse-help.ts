/** A term and what it means: `--days N`, `the last N × 24 hours`. */
export type Entry = {readonly term: string; readonly text: string};

/** What stands under a heading of the help, in order. */
export type Part = {readonly kind: 'entry'; readonly entry: Entry} | {readonly kind: 'text'; readonly text: string};

export type Section = {readonly title: string; readonly parts: readonly Part[]};

export type ParsedHelp = {
	/** What the program is for. */
	readonly summary: string;
	readonly sections: readonly Section[];
	/** What follows the last section at its level, such as exit codes. */
	readonly notes: readonly string[];
};

type Line = {readonly indent: number; readonly text: string};

const linesOf = (help: string): readonly Line[] =>
	help.split('\n').map(line => ({indent: line.length - line.trimStart().length, text: line.trim()}));

const join = (lines: readonly Line[]): string => lines.map(({text}) => text).join(' ');

/** Lines between empty ones. */
const paragraphsOf = (lines: readonly Line[]): readonly (readonly Line[])[] => {
	const paragraphs: Line[][] = [[]];
	for (const line of lines) {
		if (line.text === '') {
			paragraphs.push([]);
		} else {
			paragraphs.at(-1)?.push(line);
		}
	}
	return paragraphs.filter(paragraph => paragraph.length > 0);
};

/** A heading stands at the margin, what is under it follows at once and is indented. */
const isSection = ([head, next]: readonly Line[]): boolean => head?.indent === 0 && (next?.indent ?? 0) > 0;

/**
 * Reads the text of the help: paragraphs at the margin, and sections of which each has a heading at the margin, and
 * below it, two columns in, terms with their meaning after two blanks at least.
 */
export const parseHelp = (help: string): ParsedHelp => {
	const sections: {title: string; parts: readonly Part[]}[] = [];
	const before: string[] = [];
	const notes: string[] = [];
	for (const paragraph of paragraphsOf(linesOf(help))) {
		const [head, ...rest] = paragraph;
		const last = sections.at(-1);
		if (head && isSection(paragraph)) {
			sections.push({title: head.text, parts: partsOf(rest)});
		} else if (last && (head?.indent ?? 0) > 0) {
			last.parts = [...last.parts, ...partsOf(paragraph)];
		} else {
			(last ? notes : before).push(join(paragraph));
		}
	}
	return {summary: before.join(' '), sections, notes};
};

const entry = /^(\S.*?) {2,}(\S.*)$/;

/** Terms stand two columns in; what is further in goes on with the meaning. */
const partsOf = (lines: readonly Line[]): readonly Part[] => {
	const parts: Part[] = [];
	for (const {indent, text} of lines) {
		const [, term, meaning] = (indent <= 2 && entry.exec(text)) || [];
		const last = parts.at(-1);
		if (term !== undefined && meaning !== undefined) {
			parts.push({kind: 'entry', entry: {term, text: meaning}});
		} else if (last?.kind === 'entry' && indent > 2) {
			parts[parts.length - 1] = {kind: 'entry', entry: {...last.entry, text: `${last.entry.text} ${text}`}};
		} else if (last?.kind === 'text') {
			parts[parts.length - 1] = {kind: 'text', text: `${last.text} ${text}`};
		} else {
			parts.push({kind: 'text', text});
		}
	}
	return parts;
};

/** The terms of all sections with their meanings. */
export const entriesOf = ({sections}: ParsedHelp): readonly Entry[] =>
	sections.flatMap(({parts}) => parts.flatMap(part => (part.kind === 'entry' ? [part.entry] : [])));
