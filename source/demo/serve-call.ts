import {billed, report, type TrueUsage} from './accounting.js';
import {type Conversation, incomingMessage, sum} from './conversation.js';
import {modelRules} from './model-rules.js';
import type {PrefixCache} from './prefix-cache.js';
import {markedPrefixes, nothingMarked, type PromptPlan, planPrompt} from './prompt-plan.js';
import type {Random} from './random.js';
import type {SimulatedCall} from './simulated-call.js';
import type {Generation} from './writing/generation.js';
import {quotingReply} from './writing/noise.js';

/** Why a call reads less from the cache than its thread had in it; named as in the metrics. */
export type SimulatedCause = 'model-switched' | 'expired' | 'rebuilt' | 'prefix-changed';

/** A call answered by the simulated provider, and what really happened in its cache. */
export type ServedCall = {
	readonly call: SimulatedCall;
	readonly truth: TrueUsage;
	/** Undefined if nothing invalidated the cache, and for the first call of a thread. */
	readonly cause: SimulatedCause | undefined;
};

const minute = 60_000_000;
const lifetimes = {'5m': 5 * minute, '1h': 60 * minute} as const;
const automaticLifetime = 10 * minute;
/** Maximum tokens of a conversation before it is compressed, which also limits the cost of the simulation. */
const compressAbove = 45_000;

/** A prompt on its way to a provider. */
type Prompt = {
	readonly conversation: Conversation;
	readonly generation: Generation;
	readonly plan: PromptPlan;
	/** Tokens of the whole prompt. */
	readonly total: number;
	readonly minimum: number;
	/** Microseconds since the epoch. */
	readonly now: number;
	readonly lifetime: number;
};

type Answer = {
	readonly cacheRead: number;
	readonly cacheWrite: number;
	/** True if what the last call marked is not a prefix of this prompt. */
	readonly regrouped: boolean;
};

/** The part of a prefix's key that identifies model, system prompt and conversation, but not the position. */
const stem = (key: string): string => key.slice(0, key.lastIndexOf('|'));

/** Asks a provider that caches marked prefixes, and saves what was marked. */
const askMarked = ({conversation, generation, plan, ...prompt}: Prompt, cache: PrefixCache): Answer => {
	const {lastMarked, lastPromptTokens} = conversation;
	const marked = markedPrefixes(conversation, generation, plan);
	const end = marked.at(-1)?.key;
	// Providers look back from a mark, and so find the message that was last before.
	const readable =
		generation.marks === 'final-message' &&
		end !== undefined &&
		lastMarked !== undefined &&
		stem(lastMarked) === stem(end)
			? [...marked, {key: lastMarked, tokens: lastPromptTokens}]
			: marked;
	const {read, written} = cache.serve({...prompt, marked, readable});
	conversation.lastMarked = end;
	const regrouped = lastMarked !== undefined && !readable.some(({key}) => key === lastMarked);
	return {cacheRead: read, cacheWrite: written, regrouped};
};

/** Asks a provider that caches automatically: the common prefix with the last prompt, in steps of 128 tokens. */
const askAutomatic = ({conversation, total, minimum, now, lifetime}: Prompt, compressed: boolean): Answer => {
	const {lastPromptTokens, lastCall = 0, lastModel, model, system, lastSystemVersion} = conversation;
	const gone = now - lastCall > lifetime || lastModel !== model || lastSystemVersion !== system.version;
	const shared = compressed ? system.toolTokens + system.tokens : Math.min(lastPromptTokens, total);
	const read = gone || shared < minimum ? 0 : Math.floor(shared / 128) * 128;
	return {cacheRead: read, cacheWrite: 0, regrouped: false};
};

const causeOf = (
	{turn, lastModel, model, lastCall, system, lastSystemVersion}: Conversation,
	{now, lifetime, rebuilt, regrouped}: {now: number; lifetime: number; rebuilt: boolean; regrouped: boolean},
): SimulatedCause | undefined => {
	if (turn === 0) {
		return undefined;
	}

	if (lastModel !== model) {
		return 'model-switched';
	}

	if (now - (lastCall ?? now) > lifetime) {
		return 'expired';
	}

	if (rebuilt) {
		return 'rebuilt';
	}

	return regrouped || system.version !== lastSystemVersion ? 'prefix-changed' : undefined;
};

type ServeOptions = {
	readonly generation: Generation;
	readonly cache: PrefixCache;
	readonly random: Random;
	/** Microseconds since the epoch. */
	readonly now: number;
	/** Mean latency in microseconds. */
	readonly latency: number;
	readonly billed: boolean;
	readonly dryRun: boolean;
};

/** Simulates a call: extends the conversation, plans, asks the cache, and updates the conversation's state. */
export const serveCall = (conversation: Conversation, options: ServeOptions): ServedCall => {
	const {generation, cache, random, now} = options;
	const rules = modelRules(conversation.model);
	conversation.messages.push(incomingMessage(random));
	const compressed = sum(conversation.messages) > compressAbove;
	if (compressed) {
		conversation.epoch++;
		conversation.messages = [random.integer(700, 1_400), ...conversation.messages.slice(-2)];
	}

	const {messages, system} = conversation;
	const rebuilt = compressed || (conversation.turn > 0 && conversation.lastModel !== conversation.model);
	if (rebuilt) {
		conversation.stored = undefined;
	}

	const plan = rules.marked ? planPrompt(conversation, generation, rebuilt) : nothingMarked;
	const conversationTokens = sum(messages);
	const total = system.toolTokens + system.tokens + conversationTokens;
	const lifetime = rules.marked ? lifetimes[generation.lifetime] : automaticLifetime;
	const prompt: Prompt = {conversation, generation, plan, total, minimum: rules.minimum, now, lifetime};
	const {cacheRead, cacheWrite, regrouped} = rules.marked ? askMarked(prompt, cache) : askAutomatic(prompt, compressed);
	const output = 40 + Math.min(3_000, Math.round(random.exponential(450)));
	const truth: TrueUsage = {uncached: total - cacheRead - cacheWrite, cacheRead, cacheWrite, output};
	const accuracy = generation.estimates && random.chance(0.03) ? 'estimated' : 'exact';
	const reported = report(truth, conversation.model, generation, accuracy === 'exact');
	const cause = causeOf(conversation, {now, lifetime, rebuilt: compressed, regrouped});
	const call: SimulatedCall = {
		...plan,
		model: conversation.model,
		thread: conversation.thread,
		user: conversation.user,
		supported: rules.marked,
		messages: messages.length,
		systemTokens: system.tokens,
		conversationTokens,
		lastMessageTokens: messages.at(-1) ?? 0,
		threshold: conversation.threshold,
		thresholdTurn: conversation.thresholdTurn,
		dryRun: options.dryRun,
		rebuilt,
		reported,
		accuracy,
		cost: billed(reported, rules, generation),
		billed: options.billed,
		latency: options.latency * (0.4 + random.exponential(0.6)),
		iteration: conversation.iteration,
		reply: quotingReply,
	};

	messages.push(output);
	if (plan.chunks.length > 0) {
		conversation.thresholdTurn ??= conversation.turn + 1;
	}

	conversation.turn++;
	conversation.lastCall = now;
	conversation.lastModel = conversation.model;
	conversation.lastSystemVersion = system.version;
	conversation.lastPromptTokens = total;
	return {call, truth, cause};
};
