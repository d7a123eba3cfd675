import {type Part, parseHelp, type Section} from './parse-help.js';
import {roffTerm, roffText} from './roff.js';

const name = 'hitrate';

/** The man page in roff, of what the help says: there is one text that can be wrong. */
export const manual = (help: string): string => {
	const {summary, sections, notes} = parseHelp(help);
	const [short = summary] = summary.split(/(?<=\S): /);
	const usage = sections.find(({title}) => title === 'Usage');
	return `${[
		`.TH ${name.toUpperCase()} 1 "" "${name}" "User Commands"`,
		'.SH NAME',
		`${name} \\- ${roffText(short)}`,
		...(usage ? ['.SH SYNOPSIS', ...synopsis(usage)] : []),
		'.SH DESCRIPTION',
		roffText(summary),
		...(usage ? commands(usage) : []),
		...sections.filter(section => section !== usage).flatMap(options),
		...notes.flatMap(note),
	].join('\n')}\n`;
};

const synopsis = ({parts}: Section): readonly string[] =>
	parts.flatMap(part => (part.kind === 'entry' ? [roffTerm(part.entry.term), '.br'] : [])).slice(0, -1);

const commands = ({parts}: Section): readonly string[] => ['.SH COMMANDS', ...parts.flatMap(partLines)];

const options = ({title, parts}: Section): readonly string[] => [
	`.SH ${roffText(title.toUpperCase())}`,
	...parts.flatMap(partLines),
];

const partLines = (part: Part): readonly string[] =>
	part.kind === 'entry' ? ['.TP', roffTerm(part.entry.term), roffText(part.entry.text)] : ['.PP', roffText(part.text)];

/** `Exit codes: 0 fine` gets a heading of its own; other notes are paragraphs. */
const note = (text: string): readonly string[] => {
	const [, title, rest] = /^([A-Z][a-z ]{2,30}): (.+)$/.exec(text) ?? [];
	return title === undefined || rest === undefined
		? ['.PP', roffText(text)]
		: [`.SH ${roffText(title.toUpperCase())}`, roffText(rest)];
};
