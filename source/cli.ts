#!/usr/bin/env node
import process from 'node:process';
import meow from 'meow';
import {help} from './help.js';
import {sanitize} from './output/sanitize.js';

/** A flag that takes a value and stands last has none: an unset variable in a script. */
const bare = /^--(?:exec|export|log-file|price)$/;

const parse = () => {
	const last = process.argv.at(-1) ?? '';
	if (bare.test(last)) {
		throw new Error(`${last} needs a value.`);
	}
	return meow(help, {
		importMeta: import.meta,
		description: false,
		allowUnknownFlags: false,
		autoHelp: false,
		autoVersion: false,
		flags: {
			logFile: {type: 'string', isMultiple: true},
			days: {type: 'string'},
			window: {type: 'string', shortFlag: 'w'},
			since: {type: 'string'},
			until: {type: 'string'},
			export: {type: 'string', isMultiple: true},
			exportDir: {type: 'string'},
			json: {type: 'boolean'},
			events: {type: 'boolean', default: true},
			tz: {type: 'string'},
			logTz: {type: 'string'},
			format: {type: 'string'},
			model: {type: 'string'},
			project: {type: 'string'},
			thread: {type: 'string'},
			groupBy: {type: 'string'},
			price: {type: 'string', isMultiple: true},
			promptTokens: {type: 'string'},
			color: {type: 'boolean', default: true},
			ascii: {type: 'boolean'},
			exec: {type: 'string', isMultiple: true},
			store: {type: 'boolean', default: true},
			retention: {type: 'string'},
			demo: {type: 'boolean'},
			help: {type: 'boolean', shortFlag: 'h'},
			version: {type: 'boolean'},
		},
	});
};

/** The parser throws for a flag that is given twice. */
const parseOrEnd = () => {
	try {
		return parse();
	} catch (error) {
		process.stderr.write(`hitrate: ${sanitize(error instanceof Error ? error.message : String(error))}\n`);
		process.exit(2);
	}
};

const cli = parseOrEnd();
if (cli.flags.help || cli.input[0] === 'help') {
	cli.showHelp(0);
}
if (cli.flags.version) {
	cli.showVersion();
}
// Help and version need nothing of it.
const {run} = await import('./commands/run.js');
process.exitCode = await run(cli.input, cli.flags);
