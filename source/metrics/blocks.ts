import {type Request, writtenTokens} from '../request.js';
import {minimumCacheable} from './minimum-size.js';
import {isPlannedHit, ratio} from './summary.js';
import type {Window} from './window.js';

/** The most blocks that Anthropic's API lets a request mark. */
export const blockLimit = 4;

/** How one cache block was used. */
export type BlockUsage = {
	/** 1 is the system prompt. */
	readonly number: number;
	/** Requests whose plan marked it. */
	readonly requests: number;
	/** Of the requests whose plan marked anything, 0–1. */
	readonly share: number | undefined;
	/** Undefined where the log tells no tokens for it. */
	readonly tokens: number | undefined;
	readonly averageTokens: number | undefined;
	/** Requests that marked it, per slice of the window. */
	readonly series: readonly number[];
};

export type Blocks = {
	readonly usage: readonly BlockUsage[];
	/** Requests that marked as many blocks as the API allows. */
	readonly atLimit: number;
	/** Requests all of whose marked tokens fall below the model's minimum: they cannot be cached, whatever the log says. */
	readonly belowMinimum: number;
	/** Requests in which a part of the prompt was left unmarked as too small. */
	readonly tooSmall: number;
	/** Requests to a model that the application knows not to cache. */
	readonly unsupported: number;
	/** Requests that used stored blocks again. */
	readonly reused: number;
};

/** Marked tokens as far as the log tells them; undefined where it tells none. */
const markedTokens = (request: Request): number | undefined => {
	const known = request.plan?.blocks.filter(block => block.tokens !== undefined) ?? [];
	return known.length > 0 && known.length === request.plan?.blocks.length
		? known.reduce((sum, block) => sum + (block.tokens ?? 0), 0)
		: undefined;
};

/** @param slices how many points each block's series has */
export const countBlocks = (requests: readonly Request[], window: Window, slices = 24): Blocks => {
	const found = new Map<number, {requests: number; tokens: number; counted: number; series: number[]}>();
	let hits = 0;
	let atLimit = 0;
	let belowMinimum = 0;
	let tooSmall = 0;
	let unsupported = 0;
	let reused = 0;
	for (const request of requests) {
		const {plan} = request;
		if (!plan) {
			continue;
		}
		hits += isPlannedHit(request) ? 1 : 0;
		tooSmall += plan.skipped.length > 0 ? 1 : 0;
		unsupported += plan.unsupported ? 1 : 0;
		reused += plan.blocks.some(block => block.reused) ? 1 : 0;
		atLimit += new Set(plan.blocks.map(block => block.number)).size >= blockLimit ? 1 : 0;
		const marked = markedTokens(request);
		// The tools that stand before the system prompt are not in the plan's count: what was cached was large enough.
		const cached = request.usage !== undefined && request.usage.cacheRead + writtenTokens(request.usage) > 0;
		const minimum = cached ? undefined : minimumCacheable(request.model);
		belowMinimum += marked !== undefined && minimum !== undefined && marked < minimum ? 1 : 0;
		const slice = Math.min(
			slices - 1,
			Math.max(0, Math.floor(((request.time - window.from) / Math.max(1, window.to - window.from)) * slices)),
		);
		for (const number of new Set(plan.blocks.map(block => block.number))) {
			const block = found.get(number) ?? {
				requests: 0,
				tokens: 0,
				counted: 0,
				series: new Array<number>(slices).fill(0),
			};
			found.set(number, block);
			block.requests++;
			block.series[slice] = (block.series[slice] ?? 0) + 1;
			for (const {tokens} of plan.blocks.filter(candidate => candidate.number === number)) {
				if (tokens !== undefined) {
					block.tokens += tokens;
					block.counted++;
				}
			}
		}
	}
	const usage = [...found]
		.sort(([one], [other]) => one - other)
		.map(([number, block]) => ({
			number,
			requests: block.requests,
			share: ratio(block.requests, hits),
			tokens: block.counted > 0 ? block.tokens : undefined,
			averageTokens: ratio(block.tokens, block.counted),
			series: block.series,
		}));
	return {usage, atLimit, belowMinimum, tooSmall, unsupported, reused};
};
