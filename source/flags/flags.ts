import {checkFlags} from './checks.js';
import type {Flag, FlagSection, FlagTable} from './flag.js';
import {fleetFlags} from './fleet.js';
import {inputFlags} from './input.js';
import {outputFlags} from './output.js';
import {requestFlags} from './requests.js';
import {typedVerbs, type VerbName} from './verbs.js';
import {windowFlags} from './window.js';

const everyVerb: readonly VerbName[] = ['screen', ...typedVerbs];

const generalFlags = {
	help: {type: 'boolean', shortFlag: 'h', verbs: everyVerb, meaning: 'this; after a command, what that command takes'},
	version: {type: 'boolean', shortFlag: 'V', verbs: everyVerb, meaning: 'the version'},
} as const satisfies FlagTable;

/** All flags by heading, in the order of the help. */
export const flagSections: readonly FlagSection[] = [
	{title: 'Window', flags: windowFlags},
	{title: 'Requests', flags: requestFlags},
	{title: 'Output', flags: outputFlags},
	{title: 'Reading', flags: inputFlags},
	{title: 'Checks and alerts', flags: checkFlags},
	{title: 'Many hosts', flags: fleetFlags},
	{title: 'General', flags: generalFlags},
];

/** All flags by name, in camel case. */
export const flags = {
	...windowFlags,
	...requestFlags,
	...outputFlags,
	...inputFlags,
	...checkFlags,
	...fleetFlags,
	...generalFlags,
} as const;

/** Name of a flag in camel case: `logFile` for `--log-file`. */
export type FlagName = keyof typeof flags;

/** The parser's result. A flag that was not given is undefined, or empty if it may be repeated. */
export type FlagValues = {
	readonly [Name in FlagName]?:
		| ((typeof flags)[Name] extends {readonly isMultiple: true}
				? readonly string[]
				: (typeof flags)[Name]['type'] extends 'boolean'
					? boolean
					: string)
		| undefined;
};

/** Whether a verb accepts a flag. Without a verb, the report's flags are accepted as well and request a report. */
export const takes = (verb: VerbName, {verbs}: Flag): boolean =>
	verbs.includes(verb) || (verb === 'screen' && verbs.includes('report'));
