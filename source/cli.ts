#!/usr/bin/env node
import {join} from 'node:path';
import process from 'node:process';
import {isVerb} from './shell/verbs.js';
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

runCached(join(import.meta.dirname, 'main.js'), roleOf(process.argv.slice(2)), join(cacheFolder(), 'code'));
