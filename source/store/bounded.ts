import type {Request} from '../request.js';

/**
 * Maximum tokens of a request; no model accepts more. Sums of 64 bits can hold billions of such requests, so that no
 * log can make them overflow.
 */
const mostTokens = 1e9;

const isBounded = (tokens: number | undefined): boolean =>
	tokens === undefined || (tokens >= 0 && tokens <= mostTokens);

const hasBounded = ({tokens}: {readonly tokens: number | undefined}): boolean => isBounded(tokens);

const bound = (tokens: number): number => (tokens > 0 ? Math.min(tokens, mostTokens) : 0);

/** Times are whole milliseconds, so that all stores return the same. */
const isWhole = (time: number | undefined): boolean => time === undefined || Number.isInteger(time);

const whole = (time: number | undefined): number | undefined => (time === undefined ? undefined : Math.floor(time));

/** Limits a request's values: it counts in any case, with a plausible number of tokens and in whole milliseconds. */
export const bounded = (request: Request): Request => {
	const {time, start, firstLine, usage, plan} = request;
	if (
		isWhole(time) &&
		isWhole(start) &&
		isWhole(firstLine) &&
		(!usage ||
			(isBounded(usage.uncached) &&
				isBounded(usage.cacheRead) &&
				isBounded(usage.cacheWrite5m) &&
				isBounded(usage.cacheWrite1h) &&
				isBounded(usage.output))) &&
		(!plan || (plan.blocks.every(hasBounded) && plan.skipped.every(hasBounded)))
	) {
		return request;
	}
	return {
		...request,
		time: Math.floor(time),
		start: whole(start),
		firstLine: whole(firstLine),
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
