/**
 * What the bundle does, by the thread that loads it: one file for all of them, since they share most of it. Each part
 * is loaded only where it is needed.
 */

import process from 'node:process';
import {isMainThread, workerData} from 'node:worker_threads';
import {plainStatus} from './shell/plain-status.js';
import type {ThreadData} from './system/thread-role.js';

const runMain = async (argv: readonly string[]): Promise<number> => {
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

if (isMainThread) {
	runMain(process.argv.slice(2)).then(code => {
		process.exitCode = code;
	});
} else if ((workerData as ThreadData).role === 'engine') {
	import('./engine/thread.js');
} else {
	import('./fleet/shipping/shipper-thread.js');
}
