import type {VerbName} from './verbs.js';

/** A flag of the command line. The parser, help, manual page and completions are generated from this record. */
export type Flag = {
	readonly type: 'string' | 'boolean';
	readonly shortFlag?: string;
	/** Set if the flag may be repeated; its value is then a list. */
	readonly isMultiple?: true;
	/** Set for a boolean that is on by default, and turned off by `--no-…`. */
	readonly default?: true;
	/** Placeholder of the value in the help, as in `--days N`. */
	readonly value?: string;
	/** The verbs that accept the flag. */
	readonly verbs: readonly VerbName[];
	/** What the flag does: a phrase without a full stop. */
	readonly meaning: string;
};

/** Flags by name, in camel case. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** Flags of one subject, with their heading in the help. */
export type FlagSection = {readonly title: string; readonly flags: FlagTable};

/** `--min-hit-rate` for `minHitRate`; `--no-color` for `color`, which is on by default. */
export const longOf = (name: string, flag?: Flag): string =>
	`--${flag?.default ? 'no-' : ''}${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
