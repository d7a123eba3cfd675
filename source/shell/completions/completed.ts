import {type Flag, type FlagTable, longOf} from '../../flags/flag.js';
import {takes} from '../../flags/flags.js';
import type {VerbName} from '../../flags/verbs.js';

/** What may follow a flag or a verb: one of these words, a path, or something that cannot be guessed. */
export type Values = readonly string[] | 'file' | 'folder' | 'any';

/** All that shells complete. */
export type Completed = {
	readonly flags: FlagTable;
	/** Those that are typed. */
	readonly verbs: Readonly<Partial<Record<VerbName, {readonly meaning: string}>>>;
	/** By the name of a flag in the table; any where nothing stands. */
	readonly values: {readonly [flag: string]: Values};
	/** What may follow a verb in place of sources. */
	readonly verbValues: {readonly [verb: string]: readonly string[]};
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
	/** One short line. */
	readonly meaning: string;
	/** The verbs that take it; empty for the screen alone. */
	readonly verbs: readonly string[];
};

/** A command as a shell completes it; `values` are the words that may follow it, undefined if any may. */
export type VerbWord = {
	readonly name: string;
	readonly values: readonly string[] | undefined;
	readonly meaning: string;
	/** The flags that it takes, as they are typed. */
	readonly flags: readonly string[];
};

/** Menus of shells show one line. */
const longestMeaning = 72;

const short = (text: string): string =>
	text.length <= longestMeaning ? text : `${text.slice(0, longestMeaning).replace(/[\s,;:(]+\S*$/, '')}…`;

const wordsOf = ({long, short}: Pick<FlagWord, 'long' | 'short'>): readonly string[] => [
	long,
	...(short ? [short] : []),
];

/** Every flag as a shell completes it, in the order of the table of flags. */
export const flagWords = ({flags, values, verbs}: Completed): readonly FlagWord[] =>
	Object.entries(flags).map(([name, flag]: [string, Flag]) => ({
		long: longOf(name, flag),
		short: flag.shortFlag === undefined ? undefined : `-${flag.shortFlag}`,
		values: flag.type === 'string' ? (values[name] ?? 'any') : undefined,
		isMultiple: flag.isMultiple ?? false,
		meaning: short(flag.meaning),
		verbs: Object.keys(verbs).filter(verb => takes(verb as VerbName, flag)),
	}));

/** Every command as a shell completes it, with the flags that it takes. */
export const verbWords = (line: Completed): readonly VerbWord[] => {
	const words = flagWords(line);
	return Object.entries(line.verbs).map(([name, {meaning}]) => ({
		name,
		values: line.verbValues[name],
		meaning: short(meaning),
		flags: words.filter(({verbs}) => verbs.includes(name)).flatMap(wordsOf),
	}));
};

/** The flags that are taken where no verb stands, as they are typed. */
export const flagsWithoutVerb = (line: Completed): readonly string[] => {
	const isTaken = (flag: Flag | undefined) => flag !== undefined && takes('screen', flag);
	const names = Object.keys(line.flags).filter(name => isTaken(line.flags[name]));
	return flagWords({...line, flags: Object.fromEntries(names.map(name => [name, line.flags[name] as Flag]))}).flatMap(
		wordsOf,
	);
};
