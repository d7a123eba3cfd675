import {type Completed, type FlagWord, flagsWithoutVerb, flagWords, type Values, verbWords} from './completed.js';

/** Quotes for fish: within single quotes only backslash and quote are special. */
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

/** The condition for offering a flag: after the verbs that accept it, and without a verb if the screen does. */
const condition = ({verbs}: FlagWord, isWithoutVerb: boolean): string =>
	quote(
		[
			...(isWithoutVerb ? ['__fish_use_subcommand'] : []),
			...(verbs.length > 0 ? [`__fish_seen_subcommand_from ${verbs.join(' ')}`] : []),
		].join('; or '),
	);

const flagLine = (flag: FlagWord, isWithoutVerb: boolean): string => {
	const {long, short, values, meaning} = flag;
	return `complete -c hitrate -n ${condition(flag, isWithoutVerb)} -l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}${
		values === undefined ? '' : taking(values)
	} -d ${quote(meaning)}`;
};

/** The completion script for fish. */
export const fishCompletions = (line: Completed): string => {
	const verbs = verbWords(line);
	const withoutVerb = new Set(flagsWithoutVerb(line));
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
	...flagWords(line).map(flag => flagLine(flag, withoutVerb.has(flag.long))),
].join('\n')}
`;
};
