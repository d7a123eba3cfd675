/**
 * The record that everything is computed from: one call to a model. Formats produce it, stores save it, metrics read
 * it.
 */

/** How reliable the tokens of a request are. Stores save the index in this list: append only. */
export const accuracies = ['exact', 'estimated', 'fallback', 'partial'] as const;
type Accuracy = (typeof accuracies)[number];

/** Tokens counted by the provider. `input = uncached + cacheRead + cacheWrite5m + cacheWrite1h`; output is separate. */
export type Usage = {
	/** Input tokens neither read from nor written to the cache. */
	readonly uncached: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly output: number;
	/**
	 * `exact`: the provider's own numbers. `estimated` and `fallback`: the application's guess, because the provider
	 * sent none. `partial`: the log has only some of the numbers; the others are 0.
	 */
	readonly accuracy: Accuracy;
	/**
	 * Set if the log does not say what the cache did: all input is in `uncached`, and the request is neither hit nor
	 * miss. Undefined if the log does say so, even if nothing was read.
	 */
	readonly cacheUnknown?: true | undefined;
};

/** Properties that multiply the list price of a request. */
export type PriceFactors = {
	/** `fast`: a faster, more expensive mode of the same model. */
	readonly speed?: 'fast';
	/** The region in which the model had to run, as named by the provider: `us`. */
	readonly inferenceGeo?: string;
	/** The processing tier that the provider reports. */
	readonly tier?: 'batch' | 'flex' | 'priority';
};

/** Settings of the request besides the prompt; changing them can invalidate a cache. Undefined: not logged. */
export type RequestSettings = {
	readonly speed?: string;
	/** Reasoning effort. */
	readonly effort?: string;
	/** Thinking mode or budget. */
	readonly thinking?: string;
	readonly toolChoice?: string;
	/** The requested lifetime of the cache, as logged: `24h`. */
	readonly cacheLifetime?: string;
};

/** A change in a thread since the request before, as reported by the log: names only, never content. */
export type ThreadEvent = {
	/** The kind of change, worded for people: `tools loaded`, `slash command`, `compaction`. */
	readonly kind: string;
	/** What changed: the name of a tool, command or mode. */
	readonly detail?: string;
};

/** Maximum number of events per request. */
export const mostEvents = 8;

/** Input tokens of one model call, for a request whose line sums several. */
export type Iteration = Pick<Usage, 'uncached' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'>;

/** A block that the application marked for caching: an intent, not an outcome. */
export type PlanBlock = {
	/** 1 is the system prompt; higher numbers are the conversation. */
	readonly number: number;
	/** Undefined if the log does not report tokens (it counts characters, or the block was reused). */
	readonly tokens: number | undefined;
	/** True if the block was stored by an earlier request of the thread and reused. */
	readonly reused: boolean;
};

/** A part of the prompt that the application did not mark because it is below the minimum size. */
export type SkippedPart = {
	readonly part: 'system' | 'conversation';
	/** Undefined if the log counts characters. */
	readonly tokens: number | undefined;
};

/** What the application intended to cache before it called the model. */
export type Plan = {
	readonly blocks: readonly PlanBlock[];
	readonly skipped: readonly SkippedPart[];
	/** True if the application knows that the model does not cache. */
	readonly unsupported: boolean;
	/** Set if the log's level hides all blocks but the first, so that the others are unknown. */
	readonly hidden?: true;
};

/**
 * The time of a request if neither its log nor any line before it has one: the earliest that a `Date` can represent, so
 * that it precedes all others. Such requests belong to the window `all` only, and to no chain, because their expiry is
 * unknown.
 */
export const untimed = -8_640_000_000_000_000;

/** A call to a model. */
export type Request = {
	/** Equal for every copy of a log line, after re-reads, restarts, rotation and in other renderings. */
	readonly id: string;
	/** Epoch milliseconds of the outcome line, or of the last plan line without an outcome. `untimed` if unknown. */
	readonly time: number;
	/** When it was sent, in epoch milliseconds, if logged; never later than `time`. */
	readonly start?: number | undefined;
	readonly thread: string | undefined;
	/** The sender within the thread: `main`, or the name or kind of a sub-agent, side query or compaction. */
	readonly agent?: string | undefined;
	/**
	 * What distinguishes the agent from others of the same name in the thread, if the log tells: each of several
	 * sub-agents of a kind has a conversation of its own.
	 */
	readonly agentId?: string | undefined;
	readonly project: string | undefined;
	/** The branch of the project's repository, if logged. */
	readonly branch?: string | undefined;
	/** The name of the log that it was read from. */
	readonly source: string;
	/**
	 * Line number in that log, from 1. Undefined if line numbers are not stable (rotated logs, JSON documents,
	 * databases), or if the log was not read from its start.
	 */
	readonly line?: number | undefined;
	readonly host: string | undefined;
	/** As logged. */
	readonly model: string | undefined;
	/** Who served the model, if logged: a gateway's provider, a deployment, `bedrock`, `vertex`. */
	readonly provider?: string | undefined;
	/** Name and version of the client program: `claude-code 2.1.272`. */
	readonly client?: string | undefined;
	readonly settings?: RequestSettings | undefined;
	readonly priceFactors?: PriceFactors | undefined;
	readonly plan: Plan | undefined;
	readonly usage: Usage | undefined;
	/** The provider's own diagnosis of a miss, if logged. */
	readonly missReason: string | undefined;
	/** The tokens that the provider reports as missing from the cache, if its diagnosis has a size. */
	readonly missTokens?: number | undefined;
	/**
	 * The model calls that `usage` sums, in order, if the line reports them separately. The last one determines what is
	 * left in the cache.
	 */
	readonly iterations?: readonly Iteration[] | undefined;
	/** What changed in the thread since its previous request; at most `mostEvents`. */
	readonly events?: readonly ThreadEvent[] | undefined;
	/**
	 * True for a copy in another conversation of a request that its own log may have as well; the original takes
	 * precedence.
	 */
	readonly replica?: boolean | undefined;
	/**
	 * Epoch milliseconds of the first line, for programs that copy a conversation into the file of the session that
	 * continues it: requests with equal id, agent and first line are copies, and their threads are one.
	 */
	readonly firstLine?: number | undefined;
	/**
	 * Set for a plan in a log without model calls so far. Once a call appears, the plan was a dry run and is no
	 * request.
	 */
	readonly planOnly?: boolean | undefined;
	/** True if the log says that cached blocks were dropped or the context was compressed before this request. */
	readonly rebuilt: boolean;
};

/** True if one of two requests with the same id is a copy in a thread that continues the other's thread. */
export const continuesThread = (one: Request, other: Request): boolean =>
	one.firstLine !== undefined &&
	one.firstLine === other.firstLine &&
	one.agent === other.agent &&
	one.agentId === other.agentId &&
	one.thread !== undefined &&
	other.thread !== undefined &&
	one.thread !== other.thread;

/** All prompt tokens of a request, cached or not. */
export const inputTokens = (usage: Iteration): number =>
	usage.uncached + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

/** Tokens written to the cache with either lifetime. */
export const writtenTokens = (usage: Usage): number => usage.cacheWrite5m + usage.cacheWrite1h;
