import process from 'node:process';
import {status} from './commands/status.js';
import {readSettings} from './session/defaults.js';
import {plainStatus} from './shell/plain-status.js';

/** `hitrate status` alone, without what other verbs need. */
const {words = [], format} = plainStatus(process.argv.slice(2)) ?? {};

status(words, {format}, () => readSettings(undefined)).then(code => {
	process.exitCode = code;
});
