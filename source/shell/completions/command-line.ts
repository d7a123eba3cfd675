import {entriesOf, parseHelp} from '../manual/parse-help.js';

/** The parser's flags, by their names in camel case. */
export type FlagTable = {
	readonly [name: string]: {
		readonly type: 'string' | 'boolean';
		readonly shortFlag?: string;
		readonly isMultiple?: boolean;
		/** A boolean that is on by default is turned off by `--no-…`. */
		readonly default?: unknown;
	};
};

/** What may follow a flag or a verb: one of these words, a path, or something that cannot be guessed. */
export type Values = readonly string[] | 'file' | 'folder' | 'any';

/** All that shells complete. */
export type CommandLine = {
	readonly flags: FlagTable;
	readonly verbs: readonly string[];
	/** By the name of a flag in the table; any where nothing stands. */
	readonly values: {readonly [flag: string]: Values};
	/** What may follow a verb in place of sources. */
	readonly verbValues: {readonly [verb: string]: readonly string[]};
	/** The text of the help, for what flags and verbs mean. */
	readonly help: string;
};

/** A flag as it is typed. */
export type FlagWord = {
	/** `--window`. */
	readonly long: string;
	/** `-w`. */
	readonly short: string | undefined;
	/** Undefined for a flag that takes no value. */
	readonly values: Values | undefined;
	readonly isMultiple: boolean;
	/** One short line; empty where the help says nothing. */
	readonly meaning: string;
};

export type VerbWord = {
	readonly name: string;
	readonly values: readonly string[] | undefined;
	readonly meaning: string;
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** Menus of shells show one line. */
const longestMeaning = 72;

const short = (text: string): string =>
	text.length <= longestMeaning ? text : `${text.slice(0, longestMeaning).replace(/[\s,;:(]+\S*$/, '')}…`;

export const flagWords = ({flags, values, help}: CommandLine): readonly FlagWord[] => {
	const entries = entriesOf(parseHelp(help));
	return Object.entries(flags).map(([name, flag]) => {
		const isOff = flag.type === 'boolean' && flag.default === true;
		const long = `--${isOff ? 'no-' : ''}${kebab(name)}`;
		const found = entries.find(({term}) => term.split(/[\s,=]+/).includes(long));
		return {
			long,
			short: flag.shortFlag === undefined ? undefined : `-${flag.shortFlag}`,
			values: flag.type === 'string' ? (values[name] ?? 'any') : undefined,
			isMultiple: flag.isMultiple ?? false,
			meaning: short(found?.text ?? ''),
		};
	});
};

export const verbWords = ({verbs, verbValues, help}: CommandLine): readonly VerbWord[] => {
	const entries = entriesOf(parseHelp(help));
	return verbs.map(name => ({
		name,
		values: verbValues[name],
		meaning: short(entries.find(({term}) => term.split(/\s+/)[1] === name)?.text ?? ''),
	}));
};
