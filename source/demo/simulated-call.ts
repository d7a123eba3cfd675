import type {ReportedUsage} from './writing/usage-text.js';

/** Consecutive messages that the application marked as one block. */
export type Chunk = {
	readonly tokens: number;
	readonly messages: number;
	/** Index of its last message in the conversation. */
	readonly lastMessage: number;
};

/** The cost of a call in dollars, including the backend's markup. */
export type Cost = {
	readonly cacheRead: number;
	/** Separate since 2025-11-24; before that priced as normal input and part of `regular`. */
	readonly cacheWrite: number;
	readonly regular: number;
	readonly total: number;
};

/** Everything that the backend knows about a call when it logs it. */
export type SimulatedCall = {
	readonly model: string;
	readonly thread: string;
	readonly user: string;
	/** True if the application assumes that the model caches marked blocks. */
	readonly supported: boolean;
	/** Number of messages, without the system prompt. */
	readonly messages: number;
	readonly systemTokens: number;
	readonly conversationTokens: number;
	readonly lastMessageTokens: number;
	/** Tokens at which a chunk is closed. */
	readonly threshold: number;
	/** The earlier threshold, which the conversation has outgrown. */
	readonly adjustedFrom: number | undefined;
	/** Number of the turn from which the threshold is. */
	readonly thresholdTurn: number | undefined;
	/** Empty if the conversation is too small. */
	readonly chunks: readonly Chunk[];
	/** Number of blocks reused from an earlier call; undefined if all are rebuilt. */
	readonly reusedBlocks: number | undefined;
	/** Number of messages after the reused blocks. */
	readonly newMessages: number;
	/** True if the plan is first made once more just to count the context. */
	readonly dryRun: boolean;
	/** True if the cached blocks are dropped: the context was compressed, or the model changed. */
	readonly rebuilt: boolean;
	readonly reported: ReportedUsage;
	readonly accuracy: 'exact' | 'estimated' | 'fallback';
	readonly cost: Cost;
	/** True if the backend bills; local ones do not. */
	readonly billed: boolean;
	/** Microseconds until the answer is complete. */
	readonly latency: number;
	/** Number of the model call within this run of the agent, from 1. */
	readonly iteration: number;
	/** The logged part of the answer's text. */
	readonly reply: string;
};

/** Parts with fewer tokens are not marked: the application assumes one minimum for all models. */
export const applicationMinimum = 1024;
