import type {Random} from './random.js';
import {applicationMinimum, type Chunk} from './simulated-call.js';

/** A system prompt, including tools, that several conversations share. */
type SystemPrompt = {
	readonly name: string;
	/** Tokens as counted by the application. */
	readonly tokens: number;
	/** Tool definitions precede the system prompt in a request; the application does not count them. */
	readonly toolTokens: number;
	/** Raised when a deploy changes the text. */
	version: number;
};

/** The backend's state of a thread. */
export type Conversation = {
	readonly thread: string;
	readonly user: string;
	readonly system: SystemPrompt;
	run: string;
	requestId: string;
	model: string;
	/** Tokens of each message, oldest first. */
	messages: number[];
	/** Number of compressions; each replaces the text before it. */
	epoch: number;
	threshold: number;
	thresholdTurn: number | undefined;
	/** The blocks stored for the next call, and the number of messages that they cover. */
	stored: {readonly blocks: readonly Chunk[]; readonly messages: number} | undefined;
	/** Number of calls so far. */
	turn: number;
	iteration: number;
	callsLeft: number;
	/** Time of the last call in microseconds; undefined before the first. */
	lastCall: number | undefined;
	lastModel: string | undefined;
	lastSystemVersion: number;
	/** Key of the longest prefix that the last call marked. */
	lastMarked: string | undefined;
	/** Tokens of the last prompt, which is a prefix of the next. */
	lastPromptTokens: number;
};

/** The sum of numbers; 0 if there are none. */
export const sum = (numbers: readonly number[]): number => {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
};

/** The system prompts of an installation, from too small to cache to large. */
export const createSystemPrompts = (): readonly SystemPrompt[] => [
	{name: 'coder', tokens: 21_544, toolTokens: 2_310, version: 1},
	{name: 'researcher', tokens: 14_238, toolTokens: 1_870, version: 1},
	{name: 'helper', tokens: 3_120, toolTokens: 0, version: 1},
	{name: 'greeter', tokens: 820, toolTokens: 0, version: 1},
];

/** The application's threshold for a context window of 200,000 tokens. */
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

/**
 * Groups consecutive messages from the start into at most three chunks, each closed at the threshold; the rest stays
 * unmarked.
 */
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

	// A conversation below the threshold is marked as a single chunk.
	return chunks.length === 0 ? [{tokens, messages: count, lastMessage: messages.length - 1}] : chunks;
};

/** A threshold that spreads an outgrown conversation over three chunks; undefined while the current one suffices. */
export const outgrownThreshold = (conversationTokens: number, threshold: number): number | undefined =>
	conversationTokens > 1.6 * maximumChunks * threshold ? Math.floor(conversationTokens / maximumChunks) : undefined;

/** Tokens of a new user message or tool result: usually small, sometimes a whole page. */
export const incomingMessage = (random: Random): number => {
	if (random.chance(0.12)) {
		return random.integer(2_000, 7_000);
	}

	return Math.min(6_000, 40 + Math.round(random.exponential(420)));
};
