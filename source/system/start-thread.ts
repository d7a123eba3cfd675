import {Worker} from 'node:worker_threads';
import type {ThreadData} from './thread-role.js';

/** Starts a worker thread that runs `source/thread.ts`, which the build puts beside each file of the bundle. */
export const startThread = (data: ThreadData): Worker =>
	new Worker(new URL('./thread.js', import.meta.url), {workerData: data});
