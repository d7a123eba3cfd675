/**
 * The entry points of the bundle, one for each thread. They are one file because they share most of their code; each
 * part is loaded only if needed.
 */

import {plainStatus} from './shell/plain-status.js';
import type {ThreadData} from './system/thread-role.js';

/**
 * Runs a command line; resolves with the exit code.
 * @param argv without the program's name
 * @param role as `cli.ts` guesses it from the words
 */
export const main = async (argv: readonly string[], role: string): Promise<number> => {
	if (role === 'screen') {
		(await import('./engine/early-worker.js')).startEarlyWorker();
	}
	// Status lines are requested over and over, so the simplest form bypasses the parser.
	const plain = plainStatus(argv);
	if (plain === undefined) {
		return (await import('./run.js')).run(argv);
	}
	const [{status}, {readSettings}] = await Promise.all([
		import('./commands/status.js'),
		import('./session/defaults.js'),
	]);
	return status(plain.words, {format: plain.format}, () => readSettings(undefined));
};

/** The entry points of worker threads, by role. */
export const threads: Readonly<Record<ThreadData['role'], () => Promise<unknown>>> = {
	engine: () => import('./engine/engine-thread.js'),
	shipper: () => import('./fleet/shipping/shipper-thread.js'),
};
