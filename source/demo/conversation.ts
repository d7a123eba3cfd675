import type {Random} from './random.js';
import {applicationMinimum, type Chunk} from './simulated-call.js';

/** A system prompt that several conversations share, tools included. */
type SystemPrompt = {
	readonly name: string;
	/** As the application counts it. */
	readonly tokens: number;
	/** Tool definitions come before it in what is sent; the application does not count them. */
	readonly toolTokens: number;
	/** Changes when a deployment changes the text. */
	version: number;
};

/** What the backend keeps of one thread. */
export type Conversation = {
	readonly thread: string;
	readonly user: string;
	readonly system: SystemPrompt;
	run: string;
	requestId: string;
	model: string;
	/** Tokens of each message, oldest first. */
	messages: number[];
	/** Counts compressions: the text before the last one is gone. */
	epoch: number;
	threshold: number;
	thresholdTurn: number | undefined;
	/** Blocks stored for the next call: how many, and how many messages they cover. */
	stored: {readonly blocks: readonly Chunk[]; readonly messages: number} | undefined;
	/** Calls so far. */
	turn: number;
	iteration: number;
	callsLeft: number;
	/** Of the last call, microseconds; undefined before it. */
	lastCall: number | undefined;
	lastModel: string | undefined;
	lastSystemVersion: number;
	/** Key of the last prefix that the last call marked. */
	lastMarked: string | undefined;
	/** Length of the last prompt, which is a prefix of the next. */
	lastPromptTokens: number;
};

/** The sum of numbers; 0 of none. */
export const sum = (numbers: readonly number[]): number => {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
};

/** System prompts of one installation, from too small to cache to large. */
export const createSystemPrompts = (): readonly SystemPrompt[] => [
	{name: 'coder', tokens: 21_544, toolTokens: 2_310, version: 1},
	{name: 'researcher', tokens: 14_238, toolTokens: 1_870, version: 1},
	{name: 'helper', tokens: 3_120, toolTokens: 0, version: 1},
	{name: 'greeter', tokens: 820, toolTokens: 0, version: 1},
];

/** The application's rule for a context of 200,000 tokens. */
export const defaultThreshold = (messages: number): number => {
	if (messages <= 20) {
		return 1500;
	}

	if (messages <= 100) {
		return 3000;
	}

	return messages <= 500 ? 5000 : 9000;
};

const maximumChunks = 3;

/** Consecutive messages from the start, closed at the threshold; at most three chunks, the rest stays unmarked. */
export const chunkMessages = (messages: readonly number[], threshold: number): readonly Chunk[] => {
	const chunks: Chunk[] = [];
	if (sum(messages) < applicationMinimum) {
		return chunks;
	}

	let tokens = 0;
	let count = 0;
	for (const [index, message] of messages.entries()) {
		tokens += message;
		count++;
		if (tokens >= threshold) {
			chunks.push({tokens, messages: count, lastMessage: index});
			if (chunks.length === maximumChunks) {
				break;
			}

			tokens = 0;
			count = 0;
		}
	}

	// A conversation below the threshold is still marked as one chunk.
	return chunks.length === 0 ? [{tokens, messages: count, lastMessage: messages.length - 1}] : chunks;
};

/** The threshold that spreads an outgrown conversation over three chunks, or undefined while the present one will do. */
export const outgrownThreshold = (conversationTokens: number, threshold: number): number | undefined =>
	conversationTokens > 1.6 * maximumChunks * threshold ? Math.floor(conversationTokens / maximumChunks) : undefined;

/** A new user message, or a tool's result: mostly short, sometimes a whole page. */
export const incomingMessage = (random: Random): number => {
	if (random.chance(0.12)) {
		return random.integer(2_000, 7_000);
	}

	return Math.min(6_000, 40 + Math.round(random.exponential(420)));
};
