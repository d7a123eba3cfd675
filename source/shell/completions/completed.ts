import {type Flag, type FlagTable, longOf} from '../../flags/flag.js';
import {takes} from '../../flags/flags.js';
import type {VerbName} from '../../flags/verbs.js';

/** Values of a flag or verb: some words, a path, or anything. */
export type Values = readonly string[] | 'file' | 'folder' | 'any';

/** Everything that shells complete. */
export type Completed = {
	readonly flags: FlagTable;
	/** The verbs that can be typed. */
	readonly verbs: Readonly<Partial<Record<VerbName, {readonly meaning: string}>>>;
	/** Values of flags by name; anything for flags without an entry. */
	readonly values: {readonly [flag: string]: Values};
	/** Words that may follow a verb instead of sources. */
	readonly verbValues: {readonly [verb: string]: readonly string[]};
};

/** A flag as typed. */
export type FlagWord = {
	/** `--window`. */
	readonly long: string;
	/** `-w`. */
	readonly short: string | undefined;
	/** Undefined for a flag without a value. */
	readonly values: Values | undefined;
	readonly isMultiple: boolean;
	/** One short line. */
	readonly meaning: string;
	/** The verbs that accept the flag; empty if only the screen does. */
	readonly verbs: readonly string[];
};

/** A verb for completion; `values` are the words that may follow it, undefined for anything. */
export type VerbWord = {
	readonly name: string;
	readonly values: readonly string[] | undefined;
	readonly meaning: string;
	/** The flags that it accepts, as typed. */
	readonly flags: readonly string[];
};

/** Maximum characters of a meaning, since shells show it on one line. */
const longestMeaning = 72;

const short = (text: string): string =>
	text.length <= longestMeaning ? text : `${text.slice(0, longestMeaning).replace(/[\s,;:(]+\S*$/, '')}…`;

const wordsOf = ({long, short}: Pick<FlagWord, 'long' | 'short'>): readonly string[] => [
	long,
	...(short ? [short] : []),
];

/** All flags for completion, in the order of the help. */
export const flagWords = ({flags, values, verbs}: Completed): readonly FlagWord[] =>
	Object.entries(flags).map(([name, flag]: [string, Flag]) => ({
		long: longOf(name, flag),
		short: flag.shortFlag === undefined ? undefined : `-${flag.shortFlag}`,
		values: flag.type === 'string' ? (values[name] ?? 'any') : undefined,
		isMultiple: flag.isMultiple ?? false,
		meaning: short(flag.meaning),
		verbs: Object.keys(verbs).filter(verb => takes(verb as VerbName, flag)),
	}));

/** All verbs for completion, with the flags that they accept. */
export const verbWords = (line: Completed): readonly VerbWord[] => {
	const words = flagWords(line);
	return Object.entries(line.verbs).map(([name, {meaning}]) => ({
		name,
		values: line.verbValues[name],
		meaning: short(meaning),
		flags: words.filter(({verbs}) => verbs.includes(name)).flatMap(wordsOf),
	}));
};

/** The flags that are accepted without a verb, as typed. */
export const flagsWithoutVerb = (line: Completed): readonly string[] => {
	const isTaken = (flag: Flag | undefined) => flag !== undefined && takes('screen', flag);
	const names = Object.keys(line.flags).filter(name => isTaken(line.flags[name]));
	return flagWords({...line, flags: Object.fromEntries(names.map(name => [name, line.flags[name] as Flag]))}).flatMap(
		wordsOf,
	);
};
