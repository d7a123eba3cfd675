import process from 'node:process';
import {UserError} from '../errors.js';
import {type Flags, parseOptions} from './options.js';

const verbs = ['report', 'doctor'] as const;
type Verb = (typeof verbs)[number];

/** A closed pipe (`| head -1`) ends quietly; Ctrl-C in one is silent. */
const quietPipes = (): void => {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE' || error.code === 'EIO') {
			process.exit(0);
		}
		throw error;
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
		return await (await load(verb, options.json || options.exports.length > 0))(options);
	} catch (error) {
		if (error instanceof UserError) {
			process.stderr.write(`hitrate: ${error.message}\n`);
			return error.exitCode;
		}
		throw error;
	}
};

const load = async (verb: Verb | undefined, wantsOutput: boolean) => {
	if (verb === 'doctor') {
		return (await import('./doctor.js')).doctor;
	}
	const interactive = process.stdout.isTTY && process.env.TERM !== 'dumb';
	return verb === 'report' || wantsOutput || !interactive
		? (await import('./report.js')).report
		: (await import('./watch.js')).watch;
};
