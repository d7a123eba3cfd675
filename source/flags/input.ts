import {namedFormats} from '../formats/names.js';
import type {FlagTable} from './flag.js';
import {readers, storeReaders} from './verbs.js';

/** Flags that choose what is read, and how lines are interpreted. */
export const inputFlags = {
	logFile: {type: 'string', isMultiple: true, value: 'PATH', verbs: storeReaders, meaning: 'a source; may repeat'},
	exec: {
		type: 'string',
		isMultiple: true,
		value: 'COMMAND',
		verbs: storeReaders,
		meaning:
			"a source: what a command prints, as in --exec 'docker logs -f worker'; run by /bin/sh, on the screen started again when it ends; may repeat",
	},
	format: {
		type: 'string',
		value: 'NAME',
		verbs: storeReaders,
		meaning: `for status, the line, with figures in braces: '{hit_rate}, {lost} lost'; else do not guess the log's format: ${namedFormats.slice(0, -1).join(', ')} or ${namedFormats.at(-1)}`,
	},
	pattern: {
		type: 'string',
		value: 'REGEX',
		verbs: storeReaders,
		meaning:
			'lines of your own: a regular expression with the groups (?<read>…), (?<uncached>…) or (?<prompt>…), and write, output, model, thread, time; try it with doctor',
	},
	promptTokens: {
		type: 'string',
		value: 'WHAT',
		verbs: storeReaders,
		meaning:
			"included or excluded: whether the log's prompt tokens contain the tokens written (default: by evidence, then by date)",
	},
	price: {
		type: 'string',
		isMultiple: true,
		value: 'MODEL=PRICES',
		verbs: storeReaders,
		meaning:
			"INPUT,READ[,WRITE5M[,WRITE1H[,OUTPUT]]] in dollars per million tokens, or another model's name; may repeat",
	},
	store: {
		type: 'boolean',
		default: true,
		verbs: readers,
		meaning: 'keep nothing on disk, and use nothing that was kept',
	},
	retention: {
		type: 'string',
		value: 'DAYS',
		verbs: [...readers, 'ship'],
		meaning: 'forget requests that are older (default: keep all)',
	},
	config: {
		type: 'string',
		value: 'FILE',
		verbs: [...storeReaders, 'fleet'],
		meaning: 'settings (default: hitrate/config.json in your config folder)',
	},
	demo: {type: 'boolean', verbs: readers, meaning: 'a simulated backend, to try everything on'},
} as const satisfies FlagTable;
