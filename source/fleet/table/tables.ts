import {columns} from './columns.js';

/** The definition of a table. */
export type Table = {
	readonly name: string;
	/** Types by column, which exist from ClickHouse 18.16 to current versions. */
	readonly columns: Readonly<Record<string, string>>;
	/**
	 * Column of versions: of rows with the same key, the one with the highest is valid. Undefined if all rows are
	 * valid.
	 */
	readonly version?: string;
	/** The clauses after ENGINE: partitions and key. */
	readonly layout: string;
	/** On a cluster, the expression that assigns a row to a shard. */
	readonly shard: string;
};

/**
 * Name of the table of requests. On a cluster, each table is distributed over local tables with the suffix `_local`.
 */
export const requestTable = 'request';
/** Name of the table of host states, one row per store. */
export const hostTable = 'host';
/** Name of the table of sums by lane. */
export const laneSumTable = 'lane_sum';
/** Name of the table of sums by log and lane. */
export const logSumTable = 'log_sum';
/** Name of the table of sums by thread and lane. */
export const threadSumTable = 'thread_sum';
/** Name of the table of complete generations of sums. */
export const summedHourTable = 'summed_hour';

/** The latest state of each host. */
const hostColumns = {
	/** As in the table of requests. */
	shipper: 'String',
	/** Identifies the store among those of a machine. */
	store: 'String',
	at: 'DateTime DEFAULT now()',
	/** Requests waiting to be sent, requests sent, and requests that retention deleted unsent. */
	waiting: 'UInt64',
	sent: 'UInt64',
	dropped: 'UInt64',
	/** The version of hitrate. */
	version: 'String',
} as const;

/** The columns that a shipper fills. */
export const shippedHostColumns = Object.keys(hostColumns).filter(name => name !== 'at');

/** The first columns of sums: the hour, as in the table of requests, and the number of their generation. */
const generation = {hour: 'UInt32', gen: 'UInt64'} as const;

/** Columns of sums: number of requests, times of the first and last one, and `threadMeasures`. */
const summedOfThread = {
	requests: 'UInt64',
	first: 'Int64',
	last: 'Int64',
	usual: 'Array(UInt64)',
} as const;
const summed = {
	// Further groupings, as in the table of requests.
	cause: 'UInt8',
	small: 'UInt8',
	cold: 'UInt8',
	...summedOfThread,
	cold_paid: 'Array(UInt64)',
	small_paid: 'Array(UInt64)',
	plans: 'Array(UInt64)',
	block_slots: 'Array(UInt8)',
	block_tokens: 'Array(UInt64)',
	block_counted: 'Array(UInt64)',
} as const;

/** Columns that threads are ranked by; the gains under other lifetimes are picodollars. */
const ranked = {
	lost: 'UInt64',
	pauses: 'UInt64',
	bridged: 'Int64',
	longer: 'Decimal(38, 0)',
	shorter: 'Decimal(38, 0)',
} as const;

/**
 * Keys of sums by lane, besides the five-minute slot, which is 0 for sums of a day. The latter have the day's first
 * hour.
 */
export const laneKeys = ['model', 'agent', 'provider', 'price'] as const;

/** Keys of sums by log of an hour or a day. `host` is the machine as displayed, never empty. */
export const logKeys = [
	'shipper',
	'source',
	'host',
	'client',
	'model',
	'project',
	'agent',
	'provider',
	'price',
] as const;

/** Keys of sums by thread of an hour or a day. */
export const threadKeys = ['thread', 'host', 'model', 'project', 'agent', 'provider', 'price'] as const;

const texts = (names: readonly string[]): Readonly<Record<string, string>> =>
	Object.fromEntries(names.map(name => [name, 'String']));

/**
 * A complete generation of the sums of an hour or a day. Written last, so that sums of a killed keeper are never used;
 * its sums are valid while the rows are those that they were computed from.
 */
const summedHourColumns = {
	...generation,
	/** 1, or 24 for the day that starts with the hour. */
	hours: 'UInt8',
	/** The measures and their order: see `sumLayout`. */
	layout: 'String',
	/** The state of the rows that the sums were computed from, as in `Hours`. */
	state: 'String',
	/** Requests in each of the hour's slots; empty for a day. */
	slots: 'Array(UInt64)',
	first: 'Int64',
	last: 'Int64',
	made: 'DateTime DEFAULT now()',
} as const;

/**
 * The layout of tables of sums. Servers read whole granules, and an hour or a day has few sums. Deleting old sums
 * rewrites their partition, so a partition is thirty days.
 */
const summedLayout = (more = ''): string =>
	`PARTITION BY intDiv(hour, 720) ORDER BY (hour, gen${more}) SETTINGS index_granularity = 256`;

/** All tables of a fleet, in the order of creation. */
export const tables: readonly Table[] = [
	{
		name: requestTable,
		columns,
		version: 'ver',
		// Small granules, because partial hours at the edges of a window are read from every part of the table.
		layout: 'PARTITION BY toYYYYMM(day) ORDER BY (hour, thread, time, id) SETTINGS index_granularity = 1024',
		// All rows of a thread are on one shard, which can merge and settle them.
		shard: "sipHash64(if(thread = '', toString(id), thread))",
	},
	{
		name: hostTable,
		columns: hostColumns,
		version: 'at',
		layout: 'ORDER BY (shipper, store)',
		shard: 'sipHash64(shipper)',
	},
	{
		name: laneSumTable,
		columns: {...generation, slot: 'UInt8', ...texts(laneKeys), ...summed},
		layout: summedLayout(', slot'),
		shard: 'intHash64(hour)',
	},
	{
		name: logSumTable,
		columns: {...generation, ...texts(logKeys), received: 'DateTime', ...summed},
		layout: summedLayout(),
		shard: 'intHash64(hour)',
	},
	{
		name: threadSumTable,
		columns: {...generation, ...texts(threadKeys), ...summedOfThread, ...ranked},
		layout: summedLayout(', thread'),
		shard: 'intHash64(hour)',
	},
	{
		name: summedHourTable,
		columns: summedHourColumns,
		layout: 'ORDER BY (hour, gen)',
		shard: 'intHash64(hour)',
	},
];
