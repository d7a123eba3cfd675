import {UsageError} from '../errors.js';
import {type Flag, longOf} from '../flags/flag.js';
import {type FlagName, type FlagValues, flags, takes} from '../flags/flags.js';
import type {VerbName} from '../flags/verbs.js';
import {nearNames} from '../text/near-names.js';

/** Completes an error message with a suggestion; empty without one. */
export const didYouMean = (near: string | undefined): string => (near === undefined ? '' : `Did you mean ${near}? `);

const helpOf = (verb: VerbName): string => `See hitrate ${verb === 'screen' ? '' : `${verb} `}--help.`;

/**
 * Rejects unknown flags, including negated flags that take a value.
 * @throws UsageError with the nearest flag
 */
export const refuseUnknownFlags = (verb: VerbName, given: FlagValues, argv: readonly string[]): void => {
	for (const [name, value] of Object.entries(given)) {
		const flag = flagOf(name);
		if (!flag || typeof value !== (flag.isMultiple ? 'object' : flag.type)) {
			throw unknownFlag(verb, asTyped(name, argv));
		}
	}
};

const flagOf = (name: string): Flag | undefined => (Object.hasOwn(flags, name) ? flags[name as FlagName] : undefined);

/**
 * Checks that each flag belongs to the verb, and has a value if it takes one.
 * @throws UsageError for the first that does not
 */
export const checkFlags = (verb: VerbName, given: FlagValues, argv: readonly string[]): void => {
	for (const [name, flag] of Object.entries(flags) as [FlagName, Flag][]) {
		const value = given[name];
		const long = longOf(name, flag);
		if (isGiven(flag, value) && !takes(verb, flag)) {
			throw strangeFlag(verb, long, flag);
		}
		// The parser drops a repeatable flag that is last and has no value.
		const isBare = flag.isMultiple && argv.at(-1) === long;
		if (isBare || value === '' || (Array.isArray(value) && value.includes(''))) {
			throw new UsageError(`${long} needs a value (${flag.value}). ${helpOf(verb)}`);
		}
		if (flag.type === 'boolean' && wordsBeforeEnd(argv).some(word => word.startsWith(`${longOf(name)}=`))) {
			throw new UsageError(`${long} has no value. ${helpOf(verb)}`);
		}
	}
};

/** Everything after `--` is not a flag. */
const wordsBeforeEnd = (argv: readonly string[]): readonly string[] =>
	argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);

const isGiven = (flag: Flag, value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : flag.default ? value === false : value !== undefined && value !== false;

/** What the user typed for a flag that the parser reports in camel case, or by its letter. */
const asTyped = (name: string, argv: readonly string[]): string => {
	const plain = (text: string): string => text.replaceAll('-', '').toLowerCase();
	const words = argv
		.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined)
		.map(word => word.replace(/=.*$/s, ''));
	return (
		words.find(word => word.startsWith('-') && [plain(name), `no${plain(name)}`].includes(plain(word))) ??
		words.find(word => name.length === 1 && /^-[^-]/.test(word) && word.includes(name)) ??
		(name.length === 1 ? `-${name}` : longOf(name))
	);
};

const unknownFlag = (verb: VerbName, typed: string): UsageError => {
	const known = Object.entries(flags).map(([name, flag]) => ({long: longOf(name, flag), flag: flag as Flag}));
	const own = known.filter(({flag}) => takes(verb, flag));
	const short = known.find(({flag}) => flag.shortFlag?.toLowerCase() === typed.slice(1).toLowerCase())?.flag.shortFlag;
	const near =
		typed.length === 2
			? short && `-${short}`
			: (nearNames(
					typed,
					own.map(({long}) => long),
					1,
				)[0] ??
				nearNames(
					typed,
					known.map(({long}) => long),
					1,
				)[0]);
	return new UsageError(`unknown flag ${typed}. ${didYouMean(near)}${helpOf(verb)}`);
};

/** The error for a flag of other verbs, which it names. */
const strangeFlag = (verb: VerbName, long: string, {verbs}: Flag): UsageError => {
	const owners = verbs.map(name => (name === 'screen' ? 'the live screen' : name));
	const listed = owners.length === 1 ? owners[0] : `${owners.slice(0, -1).join(', ')} and ${owners.at(-1)}`;
	return new UsageError(
		verb === 'screen'
			? `${long} belongs to ${listed}, as in: hitrate ${verbs[0]} ${long} … ${helpOf(verb)}`
			: `${verb} does not take ${long}, which belongs to ${listed}. ${helpOf(verb)}`,
	);
};
