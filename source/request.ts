/**
 * The record that everything is computed from: one call to a model.
 * Formats produce it, the store keeps it, metrics read it. It knows nothing of how it came about.
 */

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
	readonly accuracy: 'exact' | 'estimated' | 'fallback' | 'partial';
};

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
};

/** One call to a model. */
export type Request = {
	/** The same for every copy of the same log line: re-reads, restarts, rotation, other renderings. */
	readonly id: string;
	/** Epoch milliseconds of the outcome line; of the last plan line where there is no outcome. */
	readonly time: number;
	readonly thread: string | undefined;
	readonly project: string | undefined;
	/** Where it was read: the name of the log. */
	readonly source: string;
	readonly host: string | undefined;
	/** As logged. */
	readonly model: string | undefined;
	readonly plan: Plan | undefined;
	readonly usage: Usage | undefined;
	/** The provider's own diagnosis of a miss, where the log carries one. */
	readonly missReason: string | undefined;
	/** A copy, kept by another conversation, of a request that the original's log may hold as well; the original wins. */
	readonly replica?: boolean;
	/** Planned, in a log that has shown no model call so far: once it shows one, this was a dry run and no request. */
	readonly planOnly?: boolean;
	/** The log says that the cached blocks were dropped or the context compressed before this request. */
	readonly rebuilt: boolean;
};

/** All prompt tokens of a request, cached or not. */
export const inputTokens = (usage: Omit<Usage, 'output' | 'accuracy'>): number =>
	usage.uncached + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

/** Tokens written to the cache, for either lifetime. */
export const writtenTokens = (usage: Usage): number => usage.cacheWrite5m + usage.cacheWrite1h;
