import type {Request} from '../request.js';

/**
 * No model takes so many tokens at once: who logs more lies or is broken. Sums of 64 bits hold billions of such requests,
 * which no log has room for, so that nothing that a log says makes adding up fail.
 */
const mostTokens = 1e9;

const isBounded = (tokens: number | undefined): boolean =>
	tokens === undefined || (tokens >= 0 && tokens <= mostTokens);

const hasBounded = ({tokens}: {readonly tokens: number | undefined}): boolean => isBounded(tokens);

const bound = (tokens: number): number => (tokens > 0 ? Math.min(tokens, mostTokens) : 0);

/** Times are whole milliseconds, so that one store tells them as another does. */
const isWhole = (time: number | undefined): boolean => time === undefined || Number.isInteger(time);

const whole = (time: number | undefined): number | undefined => (time === undefined ? undefined : Math.floor(time));

/**
 * A request that was made was made: it counts, whatever its tokens are said to be, with as many as may be believed, and in
 * the millisecond that its time is in.
 */
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
