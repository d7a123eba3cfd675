import type {ReportedUsage} from './writing/usage-text.js';

/** Consecutive messages that the application marked as one block. */
export type Chunk = {
	readonly tokens: number;
	readonly messages: number;
	/** Position of the last one in the conversation, from 0. */
	readonly lastMessage: number;
};

/** Dollars of one call, with the backend's markup. */
export type Cost = {
	readonly cacheRead: number;
	/** Apart since 2025-11-24; before, priced like all other input and part of `regular`. */
	readonly cacheWrite: number;
	readonly regular: number;
	readonly total: number;
};

/** Everything the backend knows about one call to a model while it logs it. */
export type SimulatedCall = {
	readonly model: string;
	readonly thread: string;
	readonly user: string;
	/** The application believes that this model caches by marked blocks. */
	readonly supported: boolean;
	/** Messages of the conversation, the system prompt not counted. */
	readonly messages: number;
	readonly systemTokens: number;
	readonly conversationTokens: number;
	readonly lastMessageTokens: number;
	/** Tokens a chunk should have before it is closed. */
	readonly threshold: number;
	/** The threshold that this one replaces because the conversation outgrew it. */
	readonly adjustedFrom: number | undefined;
	/** The threshold comes from an earlier call of this turn number. */
	readonly thresholdTurn: number | undefined;
	/** Empty if the conversation is too small. */
	readonly chunks: readonly Chunk[];
	/** Blocks of the conversation taken over from an earlier call; undefined if all are rebuilt. */
	readonly reusedBlocks: number | undefined;
	/** Messages that came after the reused blocks. */
	readonly newMessages: number;
	/** The whole plan is made once more before, only to count the context. */
	readonly dryRun: boolean;
	/** The cached blocks are dropped: the context was compressed, or the model changed. */
	readonly rebuilt: boolean;
	readonly reported: ReportedUsage;
	readonly accuracy: 'exact' | 'estimated' | 'fallback';
	readonly cost: Cost;
	/** The backend bills (it does not when it runs locally). */
	readonly billed: boolean;
	/** Microseconds until the answer is complete. */
	readonly latency: number;
	/** How often the agent has called the model in this run, from 1. */
	readonly iteration: number;
	/** The answer's text, as far as it is logged. */
	readonly reply: string;
};

/** Parts below this are not marked: the application assumes one minimum for all models. */
export const applicationMinimum = 1024;
