import type {VerbName} from './verbs.js';

/** One flag of the command line: what the parser, the help, the manual page and completions need to know of it. */
export type Flag = {
	readonly type: 'string' | 'boolean';
	readonly shortFlag?: string;
	/** It may be given several times; its values are a list. */
	readonly isMultiple?: true;
	/** A boolean that is on by default is turned off by `--no-…`. */
	readonly default?: true;
	/** What stands for its value in the help, as in `--days N`. */
	readonly value?: string;
	/** The verbs that take it. */
	readonly verbs: readonly VerbName[];
	/** What it does, for people: a phrase without a full stop. */
	readonly meaning: string;
};

/** Flags by their names in camel case. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** Flags that belong together, under a heading. */
export type FlagSection = {readonly title: string; readonly flags: FlagTable};

/** `--min-hit-rate` of `minHitRate`; `--no-color` of `color`, which is on by default. */
export const longOf = (name: string, flag?: Flag): string =>
	`--${flag?.default ? 'no-' : ''}${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
