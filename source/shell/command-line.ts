import process from 'node:process';
import meow from 'meow';
import {UsageError} from '../errors.js';
import {longOf} from '../flags/flag.js';
import {type FlagValues, flags} from '../flags/flags.js';
import {isVerb, type TypedVerb, typedVerbs, type VerbName} from '../flags/verbs.js';
import {nearNames} from '../text/near-names.js';
import {checkFlags, didYouMean, refuseUnknownFlags} from './check-flags.js';

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

/** A word that is no file, is not `-` and holds none of the signs of a path, a pattern or an address is a verb. */
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

/** @param besides what else the word is not, where it could have been something else */
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
