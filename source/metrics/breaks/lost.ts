import {type Iteration, inputTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {type ChainEnd, callsOf, firstCall, held} from './chain.js';
import {addPaid, noTokens, type PaidTokens, sumOfPaid} from './paid-tokens.js';

/**
 * The cached tokens that a call did not read and paid for again. Tokens that left the prompt were not paid for. They
 * follow what was read, in the order of a prompt: 1-hour writes, 5-minute writes, then the rest.
 */
const paidAgain = (held: number, {uncached, cacheRead, cacheWrite5m, cacheWrite1h}: Iteration): PaidTokens => {
	const paid = uncached + cacheWrite5m + cacheWrite1h;
	const lost = Math.floor(Math.min(Math.max(0, held - cacheRead), paid));
	const oneHour = Math.min(lost, cacheWrite1h);
	const fiveMinutes = Math.min(lost - oneHour, cacheWrite5m);
	return {oneHour, fiveMinutes, input: lost - oneHour - fiveMinutes};
};

/** The part of the tokens reported as missed that was paid for. */
export const paidOfMissed = (missed: number, usage: Iteration): PaidTokens =>
	paidAgain(usage.cacheRead + missed, usage);

/**
 * The losses of a request's calls: the first loses what the chain had in the cache, each later one what the call before
 * it left.
 */
export const lostOf = (request: MeasuredRequest, before: ChainEnd<unknown>): PaidTokens => {
	const lost = paidAgain(held(before), firstCall(request));
	return asPaid(request.iterations ? addPaid(lost, lostWithin(request)) : lost, request);
};

/** Limits a loss to what the request paid, whatever its single calls report. */
const asPaid = (lost: PaidTokens, {usage}: MeasuredRequest): PaidTokens => ({
	oneHour: Math.min(lost.oneHour, usage.cacheWrite1h),
	fiveMinutes: Math.min(lost.fiveMinutes, usage.cacheWrite5m),
	input: Math.min(lost.input, usage.uncached),
});

/** The losses among the calls that one line sums, relative to earlier calls of the same line. */
export const lostWithin = (request: MeasuredRequest): PaidTokens => {
	if (!request.iterations) {
		return noTokens;
	}
	let lost = noTokens;
	let before: Iteration | undefined;
	for (const call of callsOf(request)) {
		if (before) {
			lost = asPaid(
				addPaid(lost, paidAgain(before.cacheRead + before.cacheWrite5m + before.cacheWrite1h, call)),
				request,
			);
		}
		before = call;
	}
	return lost;
};

/** A loss of at most this share of what could have been read is not a break. */
const tolerance = 0.05;

/** True if lost tokens are a break rather than a small loss. */
export const isBreak = (lost: PaidTokens, request: MeasuredRequest, before: ChainEnd<unknown>): boolean => {
	const tokens = sumOfPaid(lost);
	const readable = Math.min(held(before), inputTokens(firstCall(request)));
	return tokens > readable * tolerance && tokens > minimumOf(request.model);
};
