import process from 'node:process';
import {UserError} from '../errors.js';
import {readSettings, withDefaults} from '../session/defaults.js';
import {type Flags, type Options, parseOptions} from '../session/options.js';
import type {Settings} from '../settings/settings.js';
import {sanitize} from '../text/sanitize.js';
import type {CheckFlags} from './check-options.js';

/** Everything that the command line may hold. */
export type AllFlags = Flags &
	CheckFlags & {readonly config?: string | undefined; readonly listen?: string | undefined};

/** What a verb is run with. */
type Given = {
	/** What follows the verb. */
	readonly words: readonly string[];
	readonly flags: AllFlags;
	readonly settings: Settings;
	readonly options: Options;
};

type Verb = (given: Given) => Promise<number>;

/** A closed pipe (`| head -1`) ends quietly; Ctrl-C in one is silent. */
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

/** Each is loaded only when it is wanted. */
const verbs = {
	report: async ({options}) => (await import('./report.js')).report(options),
	check: async ({options, flags, settings}) => (await import('./run-check.js')).runCheck(options, flags, settings),
	serve: async ({options, flags, settings}) => (await import('./run-serve.js')).runServe(options, flags, settings),
	prices: async ({options}) => (await import('./list-prices.js')).listPrices(options),
	doctor: async ({options}) => (await import('./doctor.js')).doctor(options),
	store: async ({options}) => (await import('./store.js')).store(options),
	completions: async ({words}) => (await import('./texts.js')).printCompletions(words, verbNames),
	man: async () => (await import('./texts.js')).printManual(),
} satisfies Record<string, Verb>;

/** The words that may stand first. */
const verbNames: readonly string[] = Object.keys(verbs);

/** Without a verb: the live screen, or where there is no terminal or output is wanted, the report. */
const unnamed: Verb = async given => {
	const {options} = given;
	const wantsOutput = options.json || options.quiet || options.exports.length > 0 || options.groupBy !== undefined;
	const interactive = process.stdout.isTTY && process.env.TERM !== 'dumb';
	return wantsOutput || !interactive ? verbs.report(given) : (await import('./watch.js')).watch(options);
};

/**
 * Runs the verb of the command line.
 * @returns the exit code
 */
export const run = async (input: readonly string[], flags: AllFlags): Promise<number> => {
	quietPipes();
	const [first = ''] = input;
	const isVerb = Object.hasOwn(verbs, first);
	const words = isVerb ? input.slice(1) : input;
	try {
		const settings = await readSettings(flags.config);
		// The words behind these verbs are no sources.
		const takesSources = !['store', 'completions', 'man'].includes(first);
		const given = takesSources ? withDefaults(words, flags, settings) : {sources: words, flags};
		const options = parseOptions(given.sources, given.flags, Date.now());
		const verb: Verb = isVerb ? verbs[first as keyof typeof verbs] : unnamed;
		return await verb({words, flags, settings, options});
	} catch (error) {
		if (error instanceof UserError) {
			return refuse(error, first === 'check' && flags.nagios === true);
		}
		throw error;
	}
};

/** A plugin of a monitoring system says on standard output also what is wrong with its command line. */
const refuse = async ({message, exitCode}: UserError, isPlugin: boolean): Promise<number> => {
	if (isPlugin) {
		const {pluginUnknown} = await import('../alerts/nagios.js');
		const {line, code} = pluginUnknown(message);
		process.stdout.write(`${sanitize(line)}\n`);
		return code;
	}
	process.stderr.write(`hitrate: ${sanitize(message)}\n`);
	return exitCode;
};
