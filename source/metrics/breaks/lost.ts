import {type Iteration, inputTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {type ChainEnd, callsOf, firstCall, held} from './chain.js';

/** Prompt tokens by how they were paid for: written for an hour, written for five minutes, plain input. */
export type PaidTokens = {readonly oneHour: number; readonly fiveMinutes: number; readonly input: number};

/** None, however paid for. */
export const noTokens: PaidTokens = {oneHour: 0, fiveMinutes: 0, input: 0};

/** All of them, however paid for. */
export const sumOfPaid = ({oneHour, fiveMinutes, input}: PaidTokens): number => oneHour + fiveMinutes + input;

/** The sum of two, kind by kind. */
export const addPaid = (one: PaidTokens, other: PaidTokens): PaidTokens => ({
	oneHour: one.oneHour + other.oneHour,
	fiveMinutes: one.fiveMinutes + other.fiveMinutes,
	input: one.input + other.input,
});

/**
 * Of the tokens held in the cache before a call, those that it did not read and paid for again. What left the prompt was
 * not paid for. They stand behind what was read, in the order of a prompt: 1-hour writes, 5-minute writes, then the rest.
 */
const paidAgain = (held: number, {uncached, cacheRead, cacheWrite5m, cacheWrite1h}: Iteration): PaidTokens => {
	const paid = uncached + cacheWrite5m + cacheWrite1h;
	const lost = Math.floor(Math.min(Math.max(0, held - cacheRead), paid));
	const oneHour = Math.min(lost, cacheWrite1h);
	const fiveMinutes = Math.min(lost - oneHour, cacheWrite5m);
	return {oneHour, fiveMinutes, input: lost - oneHour - fiveMinutes};
};

/** Of as many tokens as the provider says were missed, those that were paid for. */
export const paidOfMissed = (missed: number, usage: Iteration): PaidTokens =>
	paidAgain(usage.cacheRead + missed, usage);

/** What the calls of a request lost: the first of what the chain held, each later one of what the call before it left. */
export const lostOf = (request: MeasuredRequest, before: ChainEnd<unknown>): PaidTokens => {
	const lost = paidAgain(held(before), firstCall(request));
	return asPaid(request.iterations ? addPaid(lost, lostWithin(request)) : lost, request);
};

/** No more than the line says was paid, whatever its single calls say. */
const asPaid = (lost: PaidTokens, {usage}: MeasuredRequest): PaidTokens => ({
	oneHour: Math.min(lost.oneHour, usage.cacheWrite1h),
	fiveMinutes: Math.min(lost.fiveMinutes, usage.cacheWrite5m),
	input: Math.min(lost.input, usage.uncached),
});

/** What calls that one line sums lost of what those before them on the same line left in the cache. */
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

/** A request that lost no more than this share of what it could have read is no break. */
const tolerance = 0.05;

/** Whether lost tokens are a break; fewer are a small loss. */
export const isBreak = (lost: PaidTokens, request: MeasuredRequest, before: ChainEnd<unknown>): boolean => {
	const tokens = sumOfPaid(lost);
	const readable = Math.min(held(before), inputTokens(firstCall(request)));
	return tokens > readable * tolerance && tokens > minimumOf(request.model);
};
