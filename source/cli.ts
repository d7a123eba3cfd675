#!/usr/bin/env node
import {join} from 'node:path';
import process from 'node:process';
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

runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code'));
