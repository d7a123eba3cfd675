#!/usr/bin/env node
import process from 'node:process';
import {isVerb} from './flags/verbs.js';
import type * as Main from './main.js';
import {keepSmall, loadMain, tuneForOneRun} from './system/load-main.js';

/** Runs of the same verb use about the same code; help and version use little. */
const roleOf = (argv: readonly string[]): string => {
	if (argv.some(word => ['--help', '-h', '--version', '-V'].includes(word))) {
		return 'help';
	}
	const [first = ''] = argv;
	return isVerb(first) ? first : 'screen';
};

/** Verbs that read logs once. */
const readsOnce: ReadonlySet<string> = new Set(['report', 'check', 'why', 'prices', 'doctor']);

const argv = process.argv.slice(2);
const role = roleOf(argv);
if (role === 'screen') {
	keepSmall();
} else if (readsOnce.has(role)) {
	tuneForOneRun();
}
loadMain<typeof Main>(role)
	.main(argv, role)
	.then(code => {
		process.exitCode = code;
	});
