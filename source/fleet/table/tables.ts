import {columns} from './columns.js';

/** A table of a fleet, as it is made. */
export type Table = {
	readonly name: string;
	/** Types by the names of the columns: those that ClickHouse 18.16 knows as well as a current one. */
	readonly columns: Readonly<Record<string, string>>;
	/** Its column of versions: of rows with the same key that with the highest holds. Undefined where all rows hold. */
	readonly version?: string;
	/** What follows the engine: partitions and the key. */
	readonly layout: string;
	/** On a cluster, what decides which shard a row is on. */
	readonly shard: string;
};

/** On a cluster each spreads over the tables of the same name and `_local` of its servers. */
export const requestTable = 'request';
/** What hosts say of themselves, a row a store. */
export const hostTable = 'host';
/** Sums of measures by lane, of hours that were summed. */
export const laneSumTable = 'lane_sum';
/** The same by log and lane. */
export const logSumTable = 'log_sum';
/** The same by thread and lane. */
export const threadSumTable = 'thread_sum';
/** Which hours of which hosts are summed. */
export const summedHourTable = 'summed_hour';

/** What each host said of itself last. */
const hostColumns = {
	/** As in the table of requests. */
	shipper: 'String',
	/** Tells the stores apart that one machine ships. */
	store: 'String',
	at: 'DateTime DEFAULT now()',
	/** Requests that are still to be sent; that were sent; that its retention deleted unsent. */
	waiting: 'UInt64',
	sent: 'UInt64',
	dropped: 'UInt64',
	/** Version of hitrate. */
	version: 'String',
} as const;

/** Those that a shipper fills. */
export const shippedHostColumns = Object.keys(hostColumns).filter(name => name !== 'at');

/** How the sums of an hour begin: the hour as in the table of requests, and which making of its sums this row is of. */
const generation = {hour: 'UInt32', gen: 'UInt64'} as const;

/** How a row of sums goes on: its requests, the times of the first and the last, and the measures that all have. */
const summedOfThread = {
	requests: 'UInt64',
	first: 'Int64',
	last: 'Int64',
	usual: 'Array(UInt64)',
} as const;
const summed = {
	// What tells sums further apart: as in the table of requests.
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

/** What threads are ranked by, and what other lifetimes would be worth to them, picodollars. */
const ranked = {
	lost: 'UInt64',
	pauses: 'UInt64',
	bridged: 'Int64',
	longer: 'Decimal(38, 0)',
	shorter: 'Decimal(38, 0)',
} as const;

/**
 * What tells the sums of one slot of five minutes, or of one day, apart, beside the slot: 0 of a day. A day's bear its
 * first hour.
 */
export const laneKeys = ['model', 'agent', 'provider', 'price'] as const;

/** What tells the sums of one hour, or of one day, apart by log. `host` is the machine as it is shown, never empty. */
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

/** What tells the sums of one hour, or of one day, apart by thread. */
export const threadKeys = ['thread', 'host', 'model', 'project', 'agent', 'provider', 'price'] as const;

const texts = (names: readonly string[]): Readonly<Record<string, string>> =>
	Object.fromEntries(names.map(name => [name, 'String']));

/**
 * A making of the sums of an hour, or of those of a day, that is complete. It is written last, so that sums of a
 * keeper that was killed are never read; its sums hold as long as the rows are those that it was made from.
 */
const summedHourColumns = {
	...generation,
	/** 1, or 24 for those of the day that begins with the hour. */
	hours: 'UInt8',
	/** Which measures, in which order: see `sumLayout`. */
	layout: 'String',
	/** What the rows were that it is made from: as `Hours` tells it. */
	state: 'String',
	/** Requests in each of the hour's slots; none of a day. */
	slots: 'Array(UInt64)',
	first: 'Int64',
	last: 'Int64',
	made: 'DateTime DEFAULT now()',
} as const;

/**
 * How tables of sums are laid out. A server reads whole granules, and an hour or a day has few sums; it deletes old sums
 * by writing their partition anew, which is of thirty days.
 */
const summedLayout = (more = ''): string =>
	`PARTITION BY intDiv(hour, 720) ORDER BY (hour, gen${more}) SETTINGS index_granularity = 256`;

/** All tables of a fleet, in the order in which they are made. */
export const tables: readonly Table[] = [
	{
		name: requestTable,
		columns,
		version: 'ver',
		// Few rows a granule: what a window cuts off an hour is read of every part of the table.
		layout: 'PARTITION BY toYYYYMM(day) ORDER BY (hour, thread, time, id) SETTINGS index_granularity = 1024',
		// All rows of a thread are on one shard: there they are read as one, and settled.
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
