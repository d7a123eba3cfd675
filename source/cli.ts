#!/usr/bin/env node
import process from 'node:process';
import meow from 'meow';
import {run} from './commands/run.js';
import {help} from './help.js';

const cli = meow(help, {
	importMeta: import.meta,
	description: false,
	allowUnknownFlags: false,
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
		store: {type: 'boolean', default: true},
		demo: {type: 'boolean'},
	},
});

process.exitCode = await run(cli.input, cli.flags);
