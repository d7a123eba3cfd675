import {type Request, type Usage, writtenTokens} from '../../request.js';
import {minimumCacheable} from '../minimum-size.js';
import {sayGap} from '../words.js';
import type {Cached} from './facts.js';

/** Why cached tokens were lost: the first that applies. */
export const breakCauses = ['reported', 'model-switched', 'expired', 'rebuilt', 'prefix-changed', 'unknown'] as const;
export type BreakCause = (typeof breakCauses)[number];

/** Cached tokens that a request of a thread lost, and how they were paid for instead. */
export type Loss = {
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or what was seen. */
	readonly detail: string;
	/** Since the thread's request before it whose usage is known, milliseconds. */
	readonly gap: number;
	/** Of the lost tokens, those written again for an hour. */
	readonly oneHour: number;
	/** Those written again for five minutes. */
	readonly fiveMinutes: number;
	/** Those paid for as input. */
	readonly input: number;
};

/** All tokens of a loss. */
export const lostTokens = ({oneHour, fiveMinutes, input}: Loss): number => oneHour + fiveMinutes + input;

/** A request that lost less than this share of what was expected is no break. */
const tolerance = 0.05;
/** Where a model's minimum is not known, the one that most have. */
const usualMinimum = 1024;

/** What a request lost of what its thread had in the cache; undefined where that is too little to be a break. */
export const lossOf = (
	request: Request,
	usage: Usage,
	before: Cached,
	boundaries: readonly number[],
): Loss | undefined => {
	const lost = Math.max(0, before.tokens - usage.cacheRead);
	if (lost <= before.tokens * tolerance || lost <= (minimumCacheable(request.model) ?? usualMinimum)) {
		return undefined;
	}
	const written = writtenTokens(usage);
	const rewritten = Math.min(lost, written);
	// Of what was written for an hour and what for five minutes, the lost tokens are a share of each.
	const oneHour = written === 0 ? 0 : Math.round((rewritten * usage.cacheWrite1h) / written);
	return {
		...causeOf(request, usage, before, boundaries),
		gap: request.time - before.time,
		oneHour,
		fiveMinutes: rewritten - oneHour,
		input: lost - rewritten,
	};
};

const causeOf = (
	request: Request,
	usage: Usage,
	before: Cached,
	boundaries: readonly number[],
): Pick<Loss, 'cause' | 'detail'> => {
	if (request.missReason !== undefined) {
		return {cause: 'reported', detail: request.missReason};
	}
	if (request.model !== before.model && request.model !== undefined && before.model !== undefined) {
		return {cause: 'model-switched', detail: `${before.model} → ${request.model}`};
	}
	const gap = request.time - before.time;
	if (gap > before.lifetime) {
		return {
			cause: 'expired',
			detail: `${sayGap(gap)} after the last use, the cache lives ${sayGap(before.lifetime)}`,
		};
	}
	if (request.rebuilt) {
		return {cause: 'rebuilt', detail: 'blocks were dropped or the context compressed'};
	}
	if (usage.cacheRead === 0) {
		return {
			cause: 'prefix-changed',
			detail:
				writtenTokens(usage) === 0
					? 'nothing was read or written: tools or system prompt changed, or nothing was marked'
					: 'nothing was read: tools or system prompt changed',
		};
	}
	return endsAtBlock(request, usage.cacheRead, boundaries)
		? {cause: 'prefix-changed', detail: 'read up to an earlier block only: messages changed'}
		: {cause: 'unknown', detail: 'read up to where no block of the thread is known to end'};
};

/** Token counts of one block differ a little from request to request. */
const nearby = 0.02;

/**
 * Whether what was read ends where an earlier block of the thread did, or inside the first that is known of (the system
 * prompt alone). Caches that providers keep by themselves, without marked blocks, end anywhere.
 */
const endsAtBlock = ({model}: Request, read: number, boundaries: readonly number[]): boolean =>
	!/claude|anthropic/i.test(model ?? '') ||
	read < Math.min(...boundaries) ||
	boundaries.some(boundary => Math.abs(boundary - read) <= boundary * nearby);
