import {type Conversation, chunkMessages, outgrownThreshold, sum} from './conversation.js';
import type {Prefix} from './prefix-cache.js';
import {applicationMinimum, type Chunk} from './simulated-call.js';
import type {Generation} from './writing/generation.js';

/** What the application marks in a conversation, and how it decided. */
export type PromptPlan = {
	readonly chunks: readonly Chunk[];
	readonly adjustedFrom: number | undefined;
	readonly reusedBlocks: number | undefined;
	readonly newMessages: number;
};

/** The plan of a prompt without marks in the conversation. */
export const nothingMarked: PromptPlan = {
	chunks: [],
	adjustedFrom: undefined,
	reusedBlocks: undefined,
	newMessages: 0,
};

/** Number of messages at the end that the 2-block strategy leaves unmarked. */
export const recentMessages = 2;

/** Plans like the given generation of the backend. Saves a new threshold and the stored blocks in the conversation. */
export const planPrompt = (conversation: Conversation, generation: Generation, rebuilt: boolean): PromptPlan => {
	const {messages, stored} = conversation;
	const plan = nothingMarked;
	if (generation.marks === 'final-message') {
		return plan;
	}

	if (generation.marks === 'history') {
		const stable = messages.length - recentMessages;
		return messages.length < 4
			? plan
			: {...plan, chunks: [{tokens: sum(messages.slice(0, stable)), messages: stable, lastMessage: stable - 1}]};
	}

	if (generation.marks === 'stored-chunks' && stored !== undefined && !rebuilt) {
		const marked = sum(stored.blocks.map(chunk => chunk.tokens));
		if (sum(messages) - marked < marked + 2_000) {
			const reused = {reusedBlocks: stored.blocks.length, newMessages: messages.length - stored.messages};
			return {...plan, ...reused, chunks: stored.blocks};
		}
	}

	const outgrown = outgrownThreshold(sum(messages), conversation.threshold);
	const adjustedFrom = outgrown === undefined ? undefined : conversation.threshold;
	conversation.threshold = outgrown ?? conversation.threshold;
	const chunks = chunkMessages(messages, conversation.threshold);
	conversation.stored = chunks.length === 0 ? undefined : {blocks: chunks, messages: messages.length};
	return {...plan, chunks, adjustedFrom};
};

/** The marked points of a prompt, shortest first. */
export const markedPrefixes = (
	conversation: Conversation,
	generation: Generation,
	plan: PromptPlan,
): readonly Prefix[] => {
	const {system, messages, model, thread, epoch, threshold} = conversation;
	const systemKey = `${model}|${system.name}|${system.version}`;
	let tokens = system.toolTokens + system.tokens;
	const prefixes: Prefix[] = system.tokens >= applicationMinimum ? [{key: systemKey, tokens}] : [];
	const threadKey = `${systemKey}|${thread}|${epoch}`;
	if (generation.marks === 'final-message') {
		return [...prefixes, {key: `${threadKey}|${messages.length}`, tokens: tokens + sum(messages)}];
	}

	// If the whole history is one text, it is another content block in each call.
	const grouping = generation.marks === 'history' ? `history${messages.length}` : threshold;
	for (const chunk of plan.chunks) {
		tokens += chunk.tokens;
		prefixes.push({key: `${threadKey}|${grouping}|${chunk.lastMessage}`, tokens});
	}

	return prefixes;
};
