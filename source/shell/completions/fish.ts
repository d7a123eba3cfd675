import {type CommandLine, type FlagWord, flagWords, type Values, verbWords} from './command-line.js';

/** In single quotes fish knows the backslash and the quote alone. */
const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const taking = (values: Values): string => {
	switch (values) {
		case 'file':
			return ' -r -F';
		case 'folder':
			return " -x -a '(__fish_complete_directories)'";
		case 'any':
			return ' -x';
		default:
			return ` -x -a ${quote(values.join(' '))}`;
	}
};

const flagLine = ({long, short, values, meaning}: FlagWord): string =>
	`complete -c hitrate -l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}${
		values === undefined ? '' : taking(values)
	} -d ${quote(meaning)}`;

export const fishCompletions = (line: CommandLine): string => {
	const verbs = verbWords(line);
	return `# fish completion for hitrate
${[
	...verbs.map(
		({name, meaning}) => `complete -c hitrate -n __fish_use_subcommand -a ${quote(name)} -d ${quote(meaning)}`,
	),
	...verbs.flatMap(({name, values}) =>
		values
			? [`complete -c hitrate -n ${quote(`__fish_seen_subcommand_from ${name}`)} -f -a ${quote(values.join(' '))}`]
			: [],
	),
	...flagWords(line).map(flagLine),
].join('\n')}
`;
};
