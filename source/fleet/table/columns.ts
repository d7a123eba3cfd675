/**
 * The columns of the table of requests with types that exist from ClickHouse 18.16 to current versions. Texts are
 * encoded as in `values.ts`; unknown numbers are `unknownNumber`. Tombstones (`gone`) have only the key, `ver` and
 * `shipper`.
 */
export const columns = {
	/** Date and hour (since 1970) of `time`, for the partitions; both are bounded, see `key.ts`. */
	day: 'Date',
	hour: 'UInt32',
	thread: 'String',
	/** Epoch milliseconds. */
	time: 'Int64',
	/** The first 16 bytes of the hash of the request's id. */
	id: 'UUID',
	/** Of two rows with the same key, the one with the higher `ver` is valid: see `version.ts`. */
	ver: 'UInt64',
	/** 1 if the host deleted the request. */
	gone: 'UInt8',
	/** When the server received the row. */
	received: 'DateTime DEFAULT now()',
	/** The name in the fleet of the machine that sent the row. */
	shipper: 'String',
	/** Order of arrival on that machine, which distinguishes requests of the same millisecond. */
	place: 'UInt64',

	/** Host as logged. */
	host: 'String',
	source: 'String',
	line: 'Int64',
	model: 'String',
	project: 'String',
	branch: 'String',
	agent: 'String',
	/** What distinguishes agents of the same name. */
	agent_id: 'String',
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
	/** 0 unknown, 1 an original, 2 a replica. */
	replica: 'UInt8',
	plan_only: 'UInt8',
	miss: 'String',
	miss_tokens: 'Int64',

	/** Flags: there is usage; it includes cache reads (`tellsCache`); it says that it does not. */
	used: 'UInt8',
	measured: 'UInt8',
	cache_unknown: 'UInt8',
	/** Index in `accuracies`. */
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
	/** 0 if nothing was lost; else the index in `breakCauses`, from 1. */
	cause: 'UInt8',
	detail: 'String',
	loss_gap: 'Int64',
	provisional_until: 'Int64',
	lost_1h: 'UInt64',
	lost_5m: 'UInt64',
	lost_input: 'UInt64',
	/** 0 none, 1 a small loss, 2 a small loss of an automatic cache. */
	small: 'UInt8',
	small_1h: 'UInt64',
	small_5m: 'UInt64',
	small_input: 'UInt64',
	/**
	 * 0 if this is no cold start; else the index in `coldKinds`, from 1. Its cost follows from its usage (`coldStart`).
	 */
	cold: 'UInt8',

	plan: 'String',
	/** Sum of `planFlags`. */
	plan_flags: 'UInt16',
	/**
	 * The marked slots of `blockNumbers`, each once; then, per block, its slot, its tokens and whether they are known.
	 */
	slots: 'Array(UInt8)',
	block_slots: 'Array(UInt8)',
	block_tokens: 'Array(UInt32)',
	block_counted: 'Array(UInt8)',
} as const;

/** Name of a column of the table of requests. */
export type ColumnName = keyof typeof columns;

/** Properties of a plan as bits; the host determines them because some need the table of models. */
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

/** The columns that a shipper fills; the server fills `received`. */
export const shippedColumns = (Object.keys(columns) as ColumnName[]).filter(name => name !== 'received');
