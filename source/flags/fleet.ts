import type {FlagTable} from './flag.js';

const shippers = ['ship', 'serve'] as const;

/** Flags for shipping to a ClickHouse, and for reading a fleet from one. */
export const fleetFlags = {
	ship: {
		type: 'string',
		value: 'CLICKHOUSE',
		verbs: ['serve'],
		meaning:
			'also send all requests to a ClickHouse: clickhouse+https://host:8443/database (user and password in HITRATE_CLICKHOUSE_USER and HITRATE_CLICKHOUSE_PASSWORD)',
	},
	as: {
		type: 'string',
		value: 'NAME',
		verbs: shippers,
		meaning: "what this machine is called in the fleet (default: the machine's name)",
	},
	hashThreads: {
		type: 'boolean',
		verbs: shippers,
		meaning: 'send hashes instead of the names of threads, in the names of logs too',
	},
	print: {type: 'boolean', verbs: ['fleet'], meaning: 'of init: print the SQL, and run nothing'},
	once: {type: 'boolean', verbs: ['fleet'], meaning: 'of keep: settle and sum what there is, and end'},
	cluster: {
		type: 'string',
		value: 'NAME',
		verbs: ['fleet'],
		meaning: 'of init: make replicated tables on all servers of this cluster, as their configuration names it',
	},
} as const satisfies FlagTable;
