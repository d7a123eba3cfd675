#!/usr/bin/env node
import {join} from 'node:path';
import process from 'node:process';
import {isVerb} from './flags/verbs.js';
import {plainStatus} from './shell/plain-status.js';
import {cacheFolder} from './system/cache-folder.js';
import {runCached} from './system/code-cache.js';

/** Runs of one verb need about the same code; help and version hardly any. */
const roleOf = (argv: readonly string[]): string => {
	if (argv.some(word => ['--help', '-h', '--version', '-V'].includes(word))) {
		return 'help';
	}
	const [first = ''] = argv;
	return isVerb(first) ? first : 'screen';
};

const argv = process.argv.slice(2);
// A status line is made over and over: its plain form does without the parser of the command line and all other verbs.
const bundle = plainStatus(argv) ? 'status.js' : 'main.js';

runCached(join(import.meta.dirname, bundle), roleOf(argv), join(cacheFolder(), 'code'));
