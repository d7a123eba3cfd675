#!/usr/bin/env node
import process from 'node:process';
import meow from 'meow';
import {flags} from './shell/flags.js';
import {help} from './shell/help.js';
import {sanitize} from './text/sanitize.js';

/** Flags that may repeat: the parser takes one that stands last without a value for one that is not there. */
const bare = new RegExp(
	`^--(?:${Object.entries(flags)
		.filter(([, flag]) => 'isMultiple' in flag)
		.map(([name]) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`))
		.join('|')})$`,
);

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
		flags,
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
