/**
 * The record that everything is computed from: one call to a model.
 * Formats produce it, the store keeps it, metrics read it. It knows nothing of how it came about.
 */

/** How well the tokens of a request are known. Stores keep the places in this list: add at its end only. */
export const accuracies = ['exact', 'estimated', 'fallback', 'partial'] as const;
type Accuracy = (typeof accuracies)[number];

/** Tokens the provider counted. `input = uncached + cacheRead + cacheWrite5m + cacheWrite1h`; output is apart. */
export type Usage = {
	/** Input tokens neither read from nor written to the cache. */
	readonly uncached: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly output: number;
	/**
	 * `exact`: the provider's own numbers. `estimated` and `fallback`: the application's guess after the provider sent
	 * none. `partial`: only some of the numbers were in the log; the others are 0 here.
	 */
	readonly accuracy: Accuracy;
	/**
	 * The log does not say what the cache did: all input stands in `uncached`, and the request is neither hit nor miss.
	 * Undefined where it does say so, also where it says that nothing was read.
	 */
	readonly cacheUnknown?: true | undefined;
};

/** What multiplies the list price of a request. */
export type PriceFactors = {
	/** `fast`: the provider's faster, more expensive mode of the same model. */
	readonly speed?: 'fast';
	/** Where the model had to run, as the provider names it: `us`. */
	readonly inferenceGeo?: string;
	/** The processing tier that the provider says it used. */
	readonly tier?: 'batch' | 'flex' | 'priority';
};

/** What the client asked the provider for beside the prompt; a change of these can drop a cache. Undefined: not told. */
export type RequestSettings = {
	readonly speed?: string;
	/** Reasoning effort. */
	readonly effort?: string;
	/** Thinking mode or budget. */
	readonly thinking?: string;
	readonly toolChoice?: string;
	/** How long the provider was asked to keep the cache, as the log has it: `24h`. */
	readonly cacheLifetime?: string;
};

/** Something that the log says changed in a thread since the request before: names only, never content. */
export type ThreadEvent = {
	/** What kind of change, in words that a person reads: `tools loaded`, `slash command`, `compaction`. */
	readonly kind: string;
	/** Which one: the name of a tool, a command, a mode. */
	readonly detail?: string;
};

/** Events that a request carries at most. */
export const mostEvents = 8;

/** Input tokens of one model call within a request whose line sums several. */
export type Iteration = Pick<Usage, 'uncached' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'>;

/** One block the application marked for caching: an intent, not an outcome. */
export type PlanBlock = {
	/** 1 is the system prompt, 2 and up the conversation. */
	readonly number: number;
	/** Undefined where the log does not tell (counted in characters, or a stored block used again). */
	readonly tokens: number | undefined;
	/** The block was stored by an earlier request of the thread and used again. */
	readonly reused: boolean;
};

/** A part of the prompt that the application left unmarked because it was below the minimum size. */
export type SkippedPart = {
	readonly part: 'system' | 'conversation';
	/** Undefined where the log counts characters. */
	readonly tokens: number | undefined;
};

/** What the application intended before it called the model. */
export type Plan = {
	readonly blocks: readonly PlanBlock[];
	readonly skipped: readonly SkippedPart[];
	/** The application knows that this model does not cache. */
	readonly unsupported: boolean;
	/** The level of the log hides all blocks but the first: which others were marked is not known. */
	readonly hidden?: true;
};

/**
 * The time of a request whose log tells none, nor any line before it: the earliest that a `Date` can hold, so that it
 * is before all others. It is in no window but `all`, and in no chain, because what expired cannot be known.
 */
export const untimed = -8_640_000_000_000_000;

/** One call to a model. */
export type Request = {
	/** The same for every copy of the same log line: re-reads, restarts, rotation, other renderings. */
	readonly id: string;
	/** Epoch milliseconds of the outcome line; of the last plan line where there is no outcome. `untimed` where unknown. */
	readonly time: number;
	/** Epoch milliseconds at which it was sent, where the log tells; never later than `time`. */
	readonly start?: number | undefined;
	readonly thread: string | undefined;
	/** Who sent it within the thread: `main`, or the name or kind of a sub-agent, side query or compaction. */
	readonly agent?: string | undefined;
	readonly project: string | undefined;
	/** The branch that the project's repository was on, where the log tells. */
	readonly branch?: string | undefined;
	/** Where it was read: the name of the log. */
	readonly source: string;
	/**
	 * Number of its line in that log, from 1. Undefined where lines do not keep their numbers (logs that are rotated, JSON
	 * documents, databases), or where the log was not read from its start.
	 */
	readonly line?: number | undefined;
	readonly host: string | undefined;
	/** As logged. */
	readonly model: string | undefined;
	/** Who served the model, where the log tells: a gateway's provider, a deployment, `bedrock`, `vertex`. */
	readonly provider?: string | undefined;
	/** Name and version of the program that sent it: `claude-code 2.1.272`. */
	readonly client?: string | undefined;
	readonly settings?: RequestSettings | undefined;
	readonly priceFactors?: PriceFactors | undefined;
	readonly plan: Plan | undefined;
	readonly usage: Usage | undefined;
	/** The provider's own diagnosis of a miss, where the log carries one. */
	readonly missReason: string | undefined;
	/** The tokens that the provider says were not found in the cache, where it gives a size with its diagnosis. */
	readonly missTokens?: number | undefined;
	/**
	 * The model calls that `usage` sums, in order, where the line tells them apart: what is left in the cache is that of
	 * the last.
	 */
	readonly iterations?: readonly Iteration[] | undefined;
	/** What changed in the thread since its request before this one; at most `mostEvents`. */
	readonly events?: readonly ThreadEvent[] | undefined;
	/** A copy, kept by another conversation, of a request that the original's log may hold as well; the original wins. */
	readonly replica?: boolean | undefined;
	/**
	 * Epoch milliseconds of its first line, where its program copies a conversation into the file of the session that
	 * continues it: requests of one id and agent with the same first line are copies, and their threads are one.
	 */
	readonly firstLine?: number | undefined;
	/** Planned, in a log that has shown no model call so far: once it shows one, this was a dry run and no request. */
	readonly planOnly?: boolean | undefined;
	/** The log says that the cached blocks were dropped or the context compressed before this request. */
	readonly rebuilt: boolean;
};

/** Whether one thread holds a copy of a request of another, because it continues that thread. Of two with the same id. */
export const continuesThread = (one: Request, other: Request): boolean =>
	one.firstLine !== undefined &&
	one.firstLine === other.firstLine &&
	one.agent === other.agent &&
	one.thread !== undefined &&
	other.thread !== undefined &&
	one.thread !== other.thread;

/** All prompt tokens of a request, cached or not. */
export const inputTokens = (usage: Iteration): number =>
	usage.uncached + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

/** Tokens written to the cache, for either lifetime. */
export const writtenTokens = (usage: Usage): number => usage.cacheWrite5m + usage.cacheWrite1h;
