/**
 * What the bundle does, by the thread that loads it: one file for all of them, since they share most of it. Each part
 * is loaded only where it is needed.
 */

import {plainStatus} from './shell/plain-status.js';
import type {ThreadData} from './system/thread-role.js';

/** Runs a command line; resolves with the exit code. @param argv without the program's own name */
export const main = async (argv: readonly string[]): Promise<number> => {
	// A status line is made over and over: its plain form does without the parser of the command line.
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

/** What runs in other threads, by their roles. */
export const threads: Readonly<Record<ThreadData['role'], () => Promise<unknown>>> = {
	engine: () => import('./engine/thread.js'),
	shipper: () => import('./fleet/shipping/shipper-thread.js'),
};
