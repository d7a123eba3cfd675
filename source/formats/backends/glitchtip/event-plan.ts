import type {Plan, PlanBlock} from '../../../request.js';
import type {CacheEvent} from './event.js';

/** The backend does not mark system prompts with fewer tokens. */
const smallestSystem = 1024;
/** Sanity limit; an API allows four. */
const mostBlocks = 64;

/** Prefix of the ids of requests from events, before the event's id. */
export const eventIdPrefix = 'glitchtip:';

const count = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 1e9 ? value : undefined;

/**
 * The plan in an event. It does not say how the conversation was divided: the tokens of several blocks are unknown. Its
 * "hit rate" is the number of marked blocks by messages, which says nothing about hits, and is ignored.
 */
export const planOf = ({metrics}: CacheEvent): Plan | undefined => {
	const blocks = count(metrics.blocks_used);
	const system = count(metrics.system_tokens);
	if (blocks === undefined || blocks > mostBlocks || system === undefined) {
		return undefined;
	}
	const isSystemMarked = blocks > 0 && system >= smallestSystem;
	const inConversation = isSystemMarked ? blocks - 1 : blocks;
	const tokens = inConversation === 1 ? count(metrics.conversation_tokens) : undefined;
	return {
		blocks: [
			...(isSystemMarked ? [{number: 1, tokens: system, reused: false}] : []),
			...Array.from({length: inConversation}, (_, index): PlanBlock => ({number: index + 2, tokens, reused: false})),
		],
		skipped: system > 0 && system < smallestSystem ? [{part: 'system', tokens: system}] : [],
		unsupported: false,
	};
};
