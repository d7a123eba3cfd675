/**
 * The columns of the table of requests, and their types: those that ClickHouse 18.16 knows as well as a current one.
 * Texts are as in `values.ts`; unknown numbers are `unknownNumber`; of tombstones (`gone`) only the key, `ver` and
 * `shipper` are told.
 */
export const columns = {
	/** Of `time`, for the partitions, and its hour since 1970: both bounded, see `key.ts`. */
	day: 'Date',
	hour: 'UInt32',
	thread: 'String',
	/** Epoch milliseconds. */
	time: 'Int64',
	/** 16 bytes of the hash of the request's id. */
	id: 'UUID',
	/** Of two rows with the same key the one with the higher `ver` holds: see `version.ts`. */
	ver: 'UInt64',
	/** 1: the host forgot the request. */
	gone: 'UInt8',
	/** When the server took it. */
	received: 'DateTime DEFAULT now()',
	/** The machine that sent it, by the name that it has in the fleet. */
	shipper: 'String',
	/** Order of arrival on that machine: tells apart requests of one millisecond. */
	place: 'UInt64',

	/** As logged. */
	host: 'String',
	source: 'String',
	line: 'Int64',
	model: 'String',
	project: 'String',
	branch: 'String',
	agent: 'String',
	provider: 'String',
	/** See `price-text.ts`. */
	price: 'String',
	client: 'String',
	start: 'Int64',
	settings: 'String',
	price_factors: 'String',
	iterations: 'String',
	events: 'String',
	rebuilt: 'UInt8',
	/** 0 not told, 1 an original, 2 a replica. */
	replica: 'UInt8',
	plan_only: 'UInt8',
	miss: 'String',
	miss_tokens: 'Int64',

	/** There is usage; it tells what was read from the cache (`tellsCache`); it says that it does not. */
	used: 'UInt8',
	measured: 'UInt8',
	cache_unknown: 'UInt8',
	/** Place among `accuracies`. */
	accuracy: 'UInt8',
	uncached: 'UInt32',
	cache_read: 'UInt32',
	write_5m: 'UInt32',
	write_1h: 'UInt32',
	output: 'UInt32',

	/** Facts: see `metrics/breaks/facts.ts`. */
	gap: 'Int64',
	read_5m: 'UInt64',
	read_1h: 'UInt64',
	/** 0: lost nothing; else its place among `breakCauses`, from 1. */
	cause: 'UInt8',
	detail: 'String',
	loss_gap: 'Int64',
	provisional_until: 'Int64',
	lost_1h: 'UInt64',
	lost_5m: 'UInt64',
	lost_input: 'UInt64',
	/** 0: none; 1 a small loss, 2 one of a cache that fills by itself. */
	small: 'UInt8',
	small_1h: 'UInt64',
	small_5m: 'UInt64',
	small_input: 'UInt64',
	/** 0: no cold start; else its place among `coldKinds`, from 1. What it paid is what its usage says (`coldStart`). */
	cold: 'UInt8',

	plan: 'String',
	/** Sum of `planFlags`. */
	plan_flags: 'UInt16',
	/** The slots of `blockNumbers` that are marked, each once; then slot, tokens and whether they are told, by block. */
	slots: 'Array(UInt8)',
	block_slots: 'Array(UInt8)',
	block_tokens: 'Array(UInt32)',
	block_counted: 'Array(UInt8)',
} as const;

/** A column of the table of requests. */
export type ColumnName = keyof typeof columns;

/** What of a plan the host says in one bit each, since some of it needs the table of models. */
export const planFlags = {
	planned: 1,
	unsupported: 2,
	tooSmall: 4,
	reused: 8,
	atLimit: 16,
	belowMinimum: 32,
	marks: 64,
	hidden: 128,
	plannedHit: 256,
} as const;

/** Those that a shipper fills; `received` is the server's. */
export const shippedColumns = (Object.keys(columns) as ColumnName[]).filter(name => name !== 'received');
