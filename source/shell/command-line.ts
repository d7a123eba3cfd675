import process from 'node:process';
import meow from 'meow';
import {UsageError} from '../errors.js';
import {nearNames} from '../text/near-names.js';
import {type Flag, longOf} from './flags/flag.js';
import {type FlagName, flags, takes} from './flags/flags.js';
import {isVerb, type TypedVerb, typedVerbs, type VerbName} from './verbs.js';

/** Flags as the parser gives them; those that were not given are undefined, or empty where they may repeat. */
export type FlagValues = {
	readonly [Name in FlagName]?:
		| ((typeof flags)[Name] extends {readonly isMultiple: true}
				? readonly string[]
				: (typeof flags)[Name]['type'] extends 'boolean'
					? boolean
					: string)
		| undefined;
};

/** What a command line asks for. */
export type CommandLine =
	/** The help of one verb, or of all. */
	| {readonly kind: 'help'; readonly verb: TypedVerb | undefined}
	/** What the figures mean. */
	| {readonly kind: 'numbers'}
	| {readonly kind: 'version'}
	/** @property words what follows the verb */
	| {readonly kind: 'run'; readonly verb: VerbName; readonly words: readonly string[]; readonly flags: FlagValues};

/**
 * Parses what follows the program's name.
 * @param exists whether there is something at a path: such a word is a source, also where it could be a verb
 * @throws UsageError with one line that says what is wrong, what was probably meant, and where the help is
 */
export const parseCommandLine = (argv: readonly string[], exists: (path: string) => boolean): CommandLine => {
	const {input, given} = parse(argv);
	const [first = ''] = input;
	if (first === 'help' && input[1] === numbersTopic) {
		return {kind: 'numbers'};
	}
	if (first === 'help' || given.help) {
		return {kind: 'help', verb: helpTopic(first === 'help' ? input[1] : isVerb(first) ? first : undefined)};
	}
	if (given.version) {
		return {kind: 'version'};
	}
	refuseUnknownFlags(isVerb(first) ? first : 'screen', given, argv);
	const verb = argv[0] === '--' ? 'screen' : verbOf(first, exists);
	checkFlags(verb, given, argv);
	const words = verb === 'screen' ? input : input.slice(1);
	if (verbTakesSources(verb)) {
		refuseSecondVerb(words, exists);
	}
	return {kind: 'run', verb, words, flags: given};
};

const parse = (argv: readonly string[]): {readonly input: readonly string[]; readonly given: FlagValues} => {
	try {
		const {input, flags: given} = meow('', {
			// The parser looks for a manifest from here unless it is given one.
			importMeta: {url: import.meta.url} as ImportMeta,
			pkg: {},
			argv: withDashes(argv),
			flags,
			// Those are refused below, with the nearest that there is.
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			description: false,
		});
		// The parser names the process after the manifest; who looks for it in `ps` looks for its command line.
		process.title = ['hitrate', ...argv].join(' ');
		return {input, given: given as FlagValues};
	} catch (error) {
		// The parser throws for a flag that is given twice, and names it in camel case.
		const [, name] = /--(\w+)/.exec(String(error)) ?? [];
		throw name === undefined ? error : new UsageError(`${longOf(name)} is given more than once.`);
	}
};

const takingValues: ReadonlySet<string> = new Set(
	Object.entries(flags).flatMap(([name, {type}]) => (type === 'string' ? [longOf(name)] : [])),
);

/** The parser takes `-` behind a flag for another flag, unless it is joined to the first. */
const withDashes = (argv: readonly string[]): readonly string[] =>
	argv.flatMap((word, index) => {
		const isValue = word === '-' && takingValues.has(argv[index - 1] ?? '');
		return isValue ? [] : [takingValues.has(word) && argv[index + 1] === '-' ? `${word}=-` : word];
	});

/** What `help` explains beside the verbs. */
export const numbersTopic = 'numbers';

const helpTopic = (word: string | undefined): TypedVerb | undefined => {
	if (word !== undefined && !isVerb(word)) {
		throw unknownVerb(word);
	}
	return word;
};

/** A word that is no file, is not `-` and holds none of the signs of a path, a pattern or an address is a verb. */
const looksLikeVerb = (word: string, exists: (path: string) => boolean): boolean =>
	word !== '' && word !== '-' && !/[/\\.*:?[\]{}]/.test(word) && !exists(word);

const verbOf = (first: string, exists: (path: string) => boolean): VerbName => {
	if (isVerb(first)) {
		return first;
	}
	if (looksLikeVerb(first, exists)) {
		throw unknownVerb(first);
	}
	return 'screen';
};

const unknownVerb = (word: string): UsageError => {
	const [near] = nearNames(word, typedVerbs, 1);
	const flag = Object.hasOwn(flags, word) ? `--${word}` : undefined;
	return new UsageError(
		`unknown command "${word}", and no file of that name. ${didYouMean(near ?? flag)}See hitrate --help.`,
	);
};

const didYouMean = (near: string | undefined): string => (near === undefined ? '' : `Did you mean ${near}? `);

const verbTakesSources = (verb: VerbName): boolean => flags.logFile.verbs.some(name => name === verb);

const refuseSecondVerb = (words: readonly string[], exists: (path: string) => boolean): void => {
	const verb = words.find(word => isVerb(word) && !exists(word));
	if (verb !== undefined) {
		throw new UsageError(`"${verb}" is a command and not a file here: the command comes first, and only one.`);
	}
};

const helpOf = (verb: VerbName): string => `See hitrate ${verb === 'screen' ? '' : `${verb} `}--help.`;

/** A flag that is negated and takes a value is as unknown as any other. */
const refuseUnknownFlags = (verb: VerbName, given: FlagValues, argv: readonly string[]): void => {
	for (const [name, value] of Object.entries(given)) {
		const flag = flagOf(name);
		if (!flag || typeof value !== (flag.isMultiple ? 'object' : flag.type)) {
			throw unknownFlag(verb, asTyped(name, argv));
		}
	}
};

const flagOf = (name: string): Flag | undefined => (Object.hasOwn(flags, name) ? flags[name as FlagName] : undefined);

const checkFlags = (verb: VerbName, given: FlagValues, argv: readonly string[]): void => {
	for (const [name, flag] of Object.entries(flags) as [FlagName, Flag][]) {
		const value = given[name];
		const long = longOf(name, flag);
		if (isGiven(flag, value) && !takes(verb, flag)) {
			throw strangeFlag(verb, long, flag);
		}
		// The parser takes a flag that may repeat, and stands last without a value, for one that is not there.
		const isBare = flag.isMultiple && argv.at(-1) === long;
		if (isBare || value === '' || (Array.isArray(value) && value.includes(''))) {
			throw new UsageError(`${long} needs a value (${flag.value}). ${helpOf(verb)}`);
		}
		if (flag.type === 'boolean' && wordsBeforeEnd(argv).some(word => word.startsWith(`${longOf(name)}=`))) {
			throw new UsageError(`${long} has no value. ${helpOf(verb)}`);
		}
	}
};

/** What follows `--` are no flags. */
const wordsBeforeEnd = (argv: readonly string[]): readonly string[] =>
	argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);

const isGiven = (flag: Flag, value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : flag.default ? value === false : value !== undefined && value !== false;

/** What was typed for a flag that the parser names in camel case, or by one letter. */
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

/** Of a flag that belongs to others: to whom. */
const strangeFlag = (verb: VerbName, long: string, {verbs}: Flag): UsageError => {
	const owners = verbs.map(name => (name === 'screen' ? 'the live screen' : name));
	const listed = owners.length === 1 ? owners[0] : `${owners.slice(0, -1).join(', ')} and ${owners.at(-1)}`;
	return new UsageError(
		verb === 'screen'
			? `${long} belongs to ${listed}, as in: hitrate ${verbs[0]} ${long} … ${helpOf(verb)}`
			: `${verb} does not take ${long}, which belongs to ${listed}. ${helpOf(verb)}`,
	);
};
