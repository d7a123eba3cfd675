#!/usr/bin/env node
import {join} from 'node:path';
import process from 'node:process';
import {setFlagsFromString} from 'node:v8';
import {isMainThread, workerData} from 'node:worker_threads';
import {isVerb} from './flags/verbs.js';
import {cacheFolder} from './system/cache-folder.js';
import {runCached} from './system/code-cache.js';
import type {ThreadData} from './system/thread-role.js';

/** Runs of one verb need about the same code, as do threads of one role; help and version hardly any. */
const roleOf = (argv: readonly string[]): string => {
	if (argv.some(word => ['--help', '-h', '--version', '-V'].includes(word))) {
		return 'help';
	}
	const [first = ''] = argv;
	return isVerb(first) ? first : 'screen';
};

const role = isMainThread ? roleOf(process.argv.slice(2)) : (workerData as ThreadData).role;

if (role === 'screen' || role === 'engine') {
	// The screen stays open beside other programs, and what it holds is little: more room for what is young would never
	// be given back. Compiled code is good only under the flags that it was kept with; V8 takes them anew for a thread.
	setFlagsFromString('--semi-space-growth-factor=1');
}

runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code'));
