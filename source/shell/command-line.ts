import process from 'node:process';
import meow from 'meow';
import {UsageError} from '../errors.js';
import {longOf} from '../flags/flag.js';
import {type FlagValues, flags} from '../flags/flags.js';
import {isVerb, type TypedVerb, typedVerbs, type VerbName} from '../flags/verbs.js';
import {nearNames} from '../text/near-names.js';
import {checkFlags, didYouMean, refuseUnknownFlags} from './check-flags.js';

/** A parsed command line. */
export type CommandLine =
	/** Prints the help of one verb, or of all. */
	| {readonly kind: 'help'; readonly verb: TypedVerb | undefined}
	/** Prints the meaning of the figures. */
	| {readonly kind: 'numbers'}
	| {readonly kind: 'version'}
	/** @property words the arguments after the verb */
	| {readonly kind: 'run'; readonly verb: VerbName; readonly words: readonly string[]; readonly flags: FlagValues};

/**
 * Parses the arguments after the program's name.
 * @param exists whether a path exists: such a word is a source even if it could be a verb
 * @throws UsageError with one line: the mistake, a suggestion, and where the help is
 */
export const parseCommandLine = (argv: readonly string[], exists: (path: string) => boolean): CommandLine => {
	const {input, given} = parse(argv);
	const [first = ''] = input;
	if (first === 'help') {
		return helpAsked(input.slice(1));
	}
	if (given.help) {
		return {kind: 'help', verb: isVerb(first) ? first : undefined};
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
			// Without this, meow looks for a package.json.
			importMeta: {url: import.meta.url} as ImportMeta,
			pkg: {},
			argv: withDashes(argv),
			flags,
			// Rejected below, with a suggestion.
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			description: false,
		});
		// meow sets the process title from package.json, but users look for the command line in `ps`.
		process.title = ['hitrate', ...argv].join(' ');
		return {input, given: given as FlagValues};
	} catch (error) {
		// meow throws if a flag is repeated, and names it in camel case.
		const [, name] = /--(\w+)/.exec(String(error)) ?? [];
		throw name === undefined ? error : new UsageError(`${longOf(name)} is given more than once.`);
	}
};

const takingValues: ReadonlySet<string> = new Set(
	Object.entries(flags).flatMap(([name, {type}]) => (type === 'string' ? [longOf(name)] : [])),
);

/** Joins `-` to a flag before it, because meow would take it for another flag. */
const withDashes = (argv: readonly string[]): readonly string[] =>
	argv.flatMap((word, index) => {
		const isValue = word === '-' && takingValues.has(argv[index - 1] ?? '');
		return isValue ? [] : [takingValues.has(word) && argv[index + 1] === '-' ? `${word}=-` : word];
	});

/** The topic of `help` that is no verb. */
export const numbersTopic = 'numbers';

const helpAsked = ([topic, ...more]: readonly string[]): CommandLine => {
	if (more.length > 0) {
		throw new UsageError(`help explains one command at a time: hitrate help ${topic}.`);
	}
	if (topic === numbersTopic) {
		return {kind: 'numbers'};
	}
	if (topic !== undefined && !isVerb(topic)) {
		throw unknownVerb(topic, '');
	}
	return {kind: 'help', verb: topic};
};

/** A word is taken for a verb unless it exists as a file, is `-`, or has characters of a path, glob or address. */
const looksLikeVerb = (word: string, exists: (path: string) => boolean): boolean =>
	word !== '' && word !== '-' && !/[/\\.*:?[\]{}]/.test(word) && !exists(word);

const verbOf = (first: string, exists: (path: string) => boolean): VerbName => {
	if (isVerb(first)) {
		return first;
	}
	if (looksLikeVerb(first, exists)) {
		throw unknownVerb(first, ', and no file of that name');
	}
	return 'screen';
};

/** @param besides what else the word could have been */
const unknownVerb = (word: string, besides: string): UsageError => {
	const [near] = nearNames(word, typedVerbs, 1);
	const flag = Object.hasOwn(flags, word) ? `--${word}` : undefined;
	return new UsageError(`unknown command "${word}"${besides}. ${didYouMean(near ?? flag)}See hitrate --help.`);
};

const verbTakesSources = (verb: VerbName): boolean => flags.logFile.verbs.some(name => name === verb);

const refuseSecondVerb = (words: readonly string[], exists: (path: string) => boolean): void => {
	const verb = words.find(word => isVerb(word) && !exists(word));
	if (verb !== undefined) {
		throw new UsageError(`"${verb}" is a command and not a file here: the command comes first, and only one.`);
	}
};
