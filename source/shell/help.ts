import {type Flag, longOf} from '../flags/flag.js';
import {flagSections, takes} from '../flags/flags.js';
import {type TypedVerb, typedVerbs, usageOf, type VerbName, verbs} from '../flags/verbs.js';
import {figureNames} from '../output/status-line.js';
import {wrap} from '../text/wrap.js';

/** A term and its meaning, in two columns. */
export type Entry = {readonly term: string; readonly meaning: string};

/** A section of the help: flags of one subject, or the verbs. */
export type HelpSection = {readonly title: string; readonly entries: readonly Entry[]};

/** One sentence about hitrate, for the top of the help and of the manual page. */
export const summary =
	'htop for prompt caches: how well the prompt cache works, what it saved net of writing it, and which requests broke it.';

/** Explains SOURCE. */
export const sourceText =
	'A SOURCE is a log file, a glob, a folder, - for standard input, a GlitchTip project: glitchtip+https://host/org/project (token in HITRATE_GLITCHTIP_TOKEN), a LiteLLM database: postgres://host/database (password in PGPASSWORD), or the ClickHouse of a fleet: clickhouse+https://host:8443/database. Without one: logs/worker.log and logs/backend.log here or under backend/, else the transcripts of coding agents in your home folder.';

/** Explains the exit codes in one line. */
export const exitCodes =
	'0 fine, 1 a check failed, 2 bad usage, 3 nothing could be read or judged, or what was named is not there or only partly read.';

/** `-w, --window NAME`. */
const termOf = (name: string, flag: Flag): string =>
	`${flag.shortFlag === undefined ? '' : `-${flag.shortFlag}, `}${longOf(name, flag)}${flag.value === undefined ? '' : ` ${flag.value}`}`;

/** All verbs, the default one first. */
export const commandEntries: readonly Entry[] = (['screen', ...typedVerbs] as const).map(name => ({
	term: usageOf(name),
	meaning: verbs[name].meaning,
}));

/** The flags of one verb, or all flags, by heading; empty sections are left out. */
export const flagHelp = (verb?: VerbName): readonly HelpSection[] =>
	flagSections
		.map(({title, flags}) => ({
			title,
			entries: Object.entries(flags)
				.filter(([, flag]) => verb === undefined || takes(verb, flag))
				.map(([name, flag]) => ({term: termOf(name, flag), meaning: flag.meaning})),
		}))
		.filter(({entries}) => entries.length > 0);

/** Columns of the help, those of a default terminal. */
const width = 80;

const columns = ({entries}: Pick<HelpSection, 'entries'>, indent: number): readonly string[] =>
	entries.flatMap(({term, meaning}) => {
		const start = `  ${term.padEnd(indent - 4)}  `;
		const [first = '', ...more] = wrap(meaning, width - indent);
		return start.length > indent
			? [`  ${term}`, ...[first, ...more].map(line => ' '.repeat(indent) + line)]
			: [start + first, ...more.map(line => ' '.repeat(indent) + line)];
	});

const block = (section: HelpSection, indent: number): readonly string[] => [
	'',
	section.title,
	...columns(section, indent),
];

const text = (paragraph: string, indent = 0): readonly string[] =>
	wrap(paragraph, width - indent).map(line => ' '.repeat(indent) + line);

/** The output of `hitrate --help`, or of `hitrate VERB --help`: the verb and the flags that it accepts. */
export const helpText = (verb?: TypedVerb): string => {
	const takesSources = verb === undefined || verbs[verb].words.endsWith('[SOURCE…]');
	const usage = verb === undefined ? commandEntries : [{term: usageOf(verb), meaning: verbs[verb].meaning}];
	return `${[
		...(verb === undefined ? text(summary) : []),
		...block({title: 'Usage', entries: usage}, Math.max(30, ...usage.map(({term}) => term.length + 4))),
		...(takesSources ? ['', ...text(sourceText, 2)] : []),
		...flagHelp(verb).flatMap(section => block(section, 24)),
		...(verb === 'status' ? ['', ...text(`Figures of --format: ${figureNames.join(', ')}.`)] : []),
		'',
		...text(`Exit codes: ${exitCodes}`),
		...(verb === undefined
			? [
					'',
					'hitrate COMMAND --help shows the flags of that command alone.',
					'hitrate help numbers explains the figures.',
				]
			: []),
	]
		.join('\n')
		.trimStart()}\n`;
};
