import type {FlagTable} from './flag.js';
import {readers} from './verbs.js';

/** Flags that filter and group requests. */
export const requestFlags = {
	model: {
		type: 'string',
		value: 'NAME',
		verbs: readers,
		meaning: 'only requests whose model contains NAME, in any case; those whose log names no model are priced as NAME',
	},
	project: {type: 'string', value: 'NAME', verbs: readers, meaning: 'only requests whose project contains NAME'},
	agent: {
		type: 'string',
		value: 'NAME',
		verbs: readers,
		meaning: 'only requests whose agent contains NAME: main, a sub-agent, a compaction',
	},
	provider: {
		type: 'string',
		value: 'NAME',
		verbs: readers,
		meaning: 'only requests that a provider served whose name contains NAME',
	},
	host: {
		type: 'string',
		value: 'NAME',
		verbs: readers,
		meaning: 'only requests of machines whose name contains NAME, where the log or the fleet names them',
	},
	thread: {type: 'string', value: 'NAME', verbs: readers, meaning: 'only requests whose thread contains NAME'},
	groupBy: {
		type: 'string',
		value: 'WHAT',
		verbs: ['report'],
		meaning:
			'model, thread, project, agent, provider, host or source: adds a table of them to the report, the most expensive losses first; a .csv then has one row for each of them instead of one for each request',
	},
} as const satisfies FlagTable;
