/**
 * What the bundle does, by the thread that loads it: one file for all of them, since they share most of it. Each part
 * is loaded only where it is needed.
 */

import process from 'node:process';
import {isMainThread, workerData} from 'node:worker_threads';
import type {ThreadData} from './system/thread-role.js';

if (isMainThread) {
	import('./run.js')
		.then(({run}) => run(process.argv.slice(2)))
		.then(code => {
			process.exitCode = code;
		});
} else if ((workerData as ThreadData).role === 'engine') {
	import('./engine/thread.js');
} else {
	import('./fleet/shipping/shipper-thread.js');
}
