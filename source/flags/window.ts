import type {FlagTable} from './flag.js';
import {readers, storeReaders} from './verbs.js';

/** Flags that choose a report's window, and what to compare it with. */
export const windowFlags = {
	days: {type: 'string', value: 'N', verbs: readers, meaning: 'the last N × 24 hours'},
	window: {
		type: 'string',
		shortFlag: 'w',
		value: 'NAME',
		verbs: readers,
		meaning: 'the last 15m, 6h, 7d, 2w … (any number of minutes, hours, days or weeks), or all',
	},
	since: {
		type: 'string',
		value: 'T',
		verbs: ['screen', 'report', 'check', 'why', 'prices', 'doctor'],
		meaning: 'from T on: 2026-11-22 (its midnight), 2026-11-22T14:00, "2h ago", "yesterday 14:00"',
	},
	until: {
		type: 'string',
		value: 'T',
		verbs: ['screen', 'report', 'check', 'why', 'prices', 'doctor', 'store'],
		meaning: 'up to, not including, T',
	},
	sinceMark: {
		type: 'string',
		value: 'NAME',
		verbs: ['report', 'check', 'prices'],
		meaning: 'from the latest mark whose name contains NAME, compared with as long a time before it',
	},
	compare: {
		type: 'string',
		value: 'WITH',
		verbs: ['report'],
		meaning:
			'side by side with: previous (as long a time before), a window (7d), FROM..TO, mark=NAME (as long a time after it), or model=, project=, agent=, provider=, host= or thread=NAME in the same window',
	},
	tz: {
		type: 'string',
		value: 'ZONE',
		verbs: [...readers, 'store', 'mark'],
		meaning: "show times, and read --since and --until, in this zone (default: this machine's)",
	},
	logTz: {
		type: 'string',
		value: 'ZONE',
		verbs: storeReaders,
		meaning: "read log times without a zone as this zone's (default: UTC)",
	},
} as const satisfies FlagTable;
