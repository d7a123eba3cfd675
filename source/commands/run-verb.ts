import {existsSync} from 'node:fs';
import process from 'node:process';
import type {FlagValues} from '../flags/flags.js';
import type {VerbName} from '../flags/verbs.js';
import {isClickhouseAddress} from '../fleet/table/address.js';
import {readSettings, withDefaults} from '../session/defaults.js';
import {type Options, parseOptions} from '../session/options.js';
import type {Settings} from '../settings/schema.js';
import type {CommandLine} from '../shell/command-line.js';

/** The arguments of a verb. */
type Given = {
	/** The words after the verb. */
	readonly words: readonly string[];
	readonly flags: FlagValues;
	readonly settings: Settings;
	readonly options: Options;
};

type Verb = (given: Given) => Promise<number>;

/** Makes a closed pipe (`| head -1`) end the process quietly, and a full disk with one line. */
const quietPipes = (): void => {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE' || error.code === 'EIO') {
			process.exit(0);
		}
		process.stderr.write(
			`hitrate: cannot write the output: ${error.code === 'ENOSPC' ? 'the disk is full' : error.message}\n`,
		);
		process.exit(2);
	});
	process.stderr.on('error', () => {});
};

/** Each verb's code is loaded when it runs. */
const verbs: Readonly<Record<Exclude<VerbName, 'help' | 'status'>, Verb>> = {
	/** The live screen; the report if there is no terminal, or if output is requested. */
	screen: async given => {
		const {options} = given;
		const wantsOutput = options.json || options.quiet || options.exports.length > 0 || options.groupBy !== undefined;
		const interactive = process.stdout.isTTY && process.env.TERM !== 'dumb';
		return wantsOutput || !interactive ? verbs.report(given) : (await import('./screen/watch.js')).watch(options);
	},
	report: async ({options}) => (await import('./report.js')).report(options),
	check: async ({options, flags, settings}) =>
		(await import('./check/run-check.js')).runCheck(options, flags, settings),
	serve: async ({options, flags, settings}) =>
		(await import('./serve/run-serve.js')).runServe(options, flags, settings),
	why: async ({options, flags}) => (await import('./why.js')).why(options, flags.share ?? false),
	prices: async ({options}) => (await import('./list-prices.js')).listPrices(options),
	doctor: async ({options, flags}) => (await import('./doctor.js')).doctor(options, flags.share ?? false),
	store: async ({options}) => (await import('./store.js')).store(options),
	ship: async ({words, options, flags, settings}) => (await import('./ship.js')).ship(words, options, flags, settings),
	fleet: async ({words, options, flags, settings}) =>
		(await import('./fleet.js')).fleet(words, options, flags, settings),
	mark: async ({words, options, flags}) => (await import('./mark.js')).mark(words, options, flags.delete ?? false),
	grafana: async ({words}) => (await import('./grafana.js')).grafana(words),
	completions: async ({words}) => (await import('./texts.js')).printCompletions(words),
	man: async ({words}) => (await import('./texts.js')).printManual(words),
};

/** Verbs whose words are not sources to read; those of `store` name stored ones. */
const withoutSources: ReadonlySet<string> = new Set(['store', 'mark', 'fleet', 'grafana', 'completions', 'man']);

/**
 * Runs a verb.
 * @returns the exit code
 * @throws UserError whose message is one line about what prevents it from running
 */
export const run = async ({verb, words, flags}: Extract<CommandLine, {kind: 'run'}>): Promise<number> => {
	quietPipes();
	if (verb === 'status') {
		return (await import('./status.js')).status(words, flags, () => readSettings(flags.config));
	}
	const settings = await readSettings(flags.config);
	const named = verb === 'why' ? (await import('./reading/thread-among.js')).threadAmong(words, existsSync) : undefined;
	const asked = named?.thread === undefined ? flags : {...flags, thread: named.thread};
	const sources = verb === 'ship' ? words.filter(word => !isClickhouseAddress(word)) : (named?.sources ?? words);
	const given = withoutSources.has(verb)
		? {sources: verb === 'store' ? words : [], flags}
		: withDefaults(sources, asked, settings);
	const options = parseOptions(given.sources, given.flags, Date.now());
	// `help` and `status` are handled before.
	return verbs[verb as keyof typeof verbs]({words, flags, settings, options});
};
