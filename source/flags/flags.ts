import {checkFlags} from './checks.js';
import type {Flag, FlagSection, FlagTable} from './flag.js';
import {fleetFlags} from './fleet.js';
import {outputFlags} from './output.js';
import {readingFlags} from './reading.js';
import {requestFlags} from './requests.js';
import {typedVerbs, type VerbName} from './verbs.js';
import {windowFlags} from './window.js';

const everyVerb: readonly VerbName[] = ['screen', ...typedVerbs];

const generalFlags = {
	help: {type: 'boolean', shortFlag: 'h', verbs: everyVerb, meaning: 'this; after a command, what that command takes'},
	version: {type: 'boolean', shortFlag: 'V', verbs: everyVerb, meaning: 'the version'},
} as const satisfies FlagTable;

/** Every flag under its heading, in the order of the help. */
export const flagSections: readonly FlagSection[] = [
	{title: 'Window', flags: windowFlags},
	{title: 'Requests', flags: requestFlags},
	{title: 'Output', flags: outputFlags},
	{title: 'Reading', flags: readingFlags},
	{title: 'Checks and alerts', flags: checkFlags},
	{title: 'Many hosts', flags: fleetFlags},
	{title: 'General', flags: generalFlags},
];

/** Every flag of the command line, by its name in camel case. */
export const flags = {
	...windowFlags,
	...requestFlags,
	...outputFlags,
	...readingFlags,
	...checkFlags,
	...fleetFlags,
	...generalFlags,
} as const;

/** A flag by its key in the table, in camel case: `logFile` for `--log-file`. */
export type FlagName = keyof typeof flags;

/** Flags as the parser gives them; those that were not given are undefined, or empty if they may repeat. */
export type FlagValues = {
	readonly [Name in FlagName]?:
		| ((typeof flags)[Name] extends {readonly isMultiple: true}
				? readonly string[]
				: (typeof flags)[Name]['type'] extends 'boolean'
					? boolean
					: string)
		| undefined;
};

/** Whether a verb takes a flag. Without a verb the report's flags are taken as well: they ask for it. */
export const takes = (verb: VerbName, {verbs}: Flag): boolean =>
	verbs.includes(verb) || (verb === 'screen' && verbs.includes('report'));
