import process from 'node:process';
import {UserError} from '../errors.js';
import {sanitize} from '../output/sanitize.js';
import {type Flags, parseOptions} from './options.js';

const verbs = ['report', 'doctor', 'prices', 'store'] as const;
type Verb = (typeof verbs)[number];

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

/**
 * Runs the verb of the command line; each is loaded only when it is wanted.
 * @returns the exit code
 */
export const run = async (input: readonly string[], flags: Flags): Promise<number> => {
	quietPipes();
	const verb = verbs.find(name => name === input[0]);
	try {
		const options = parseOptions(verb ? input.slice(1) : input, flags, Date.now());
		const wantsOutput = options.json || options.exports.length > 0 || options.groupBy !== undefined;
		return await (await load(verb, wantsOutput))(options);
	} catch (error) {
		if (error instanceof UserError) {
			process.stderr.write(`hitrate: ${sanitize(error.message)}\n`);
			return error.exitCode;
		}
		throw error;
	}
};

const load = async (verb: Verb | undefined, wantsOutput: boolean) => {
	if (verb === 'doctor') {
		return (await import('./doctor.js')).doctor;
	}
	if (verb === 'store') {
		return (await import('./store.js')).store;
	}
	if (verb === 'prices') {
		return (await import('./list-prices.js')).listPrices;
	}
	const interactive = process.stdout.isTTY && process.env.TERM !== 'dumb';
	return verb === 'report' || wantsOutput || !interactive
		? (await import('./report.js')).report
		: (await import('./watch.js')).watch;
};
