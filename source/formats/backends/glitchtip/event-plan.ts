import type {Plan, PlanBlock} from '../../../request.js';
import type {CacheEvent} from './event.js';

/** The backend leaves a system prompt of fewer tokens unmarked. */
const smallestSystem = 1024;
/** An API allows four. */
const mostBlocks = 64;

/** Requests that were told by events carry this before the id of the event. */
export const eventIdPrefix = 'glitchtip:';

const count = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 1e9 ? value : undefined;

/**
 * What the event says was marked. How the conversation was cut into blocks is not in it: of several blocks the tokens
 * are not known. Its "hit rate" is marked blocks by messages and says nothing of hits: it is not read.
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
