import type {Request} from '../request.js';

/**
 * No model takes so many tokens at once: who logs more lies or is broken. Sums of 64 bits hold billions of such requests,
 * which no log has room for, so that nothing that a log says makes adding up fail.
 */
const mostTokens = 1e9;

const isBounded = (tokens: number | undefined): boolean =>
	tokens === undefined || (tokens >= 0 && tokens <= mostTokens);

const bound = (tokens: number): number => (tokens > 0 ? Math.min(tokens, mostTokens) : 0);

/** A request that was made was made: it counts, whatever its tokens are said to be, with as many as may be believed. */
export const bounded = (request: Request): Request => {
	const {usage, plan} = request;
	if (
		(!usage ||
			(isBounded(usage.uncached) &&
				isBounded(usage.cacheRead) &&
				isBounded(usage.cacheWrite5m) &&
				isBounded(usage.cacheWrite1h) &&
				isBounded(usage.output))) &&
		(!plan || [...plan.blocks, ...plan.skipped].every(({tokens}) => isBounded(tokens)))
	) {
		return request;
	}
	return {
		...request,
		usage: usage && {
			...usage,
			uncached: bound(usage.uncached),
			cacheRead: bound(usage.cacheRead),
			cacheWrite5m: bound(usage.cacheWrite5m),
			cacheWrite1h: bound(usage.cacheWrite1h),
			output: bound(usage.output),
		},
		plan: plan && {...plan, blocks: plan.blocks.map(boundTokens), skipped: plan.skipped.map(boundTokens)},
	};
};

const boundTokens = <Part extends {readonly tokens: number | undefined}>(part: Part): Part =>
	part.tokens === undefined ? part : {...part, tokens: bound(part.tokens)};
