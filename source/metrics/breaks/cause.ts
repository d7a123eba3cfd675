import {type RequestSettings, writtenTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {count, sayGap} from '../number-words.js';
import {cacheFamily} from './cache-family.js';
import {type ChainEnd, firstCall, isSameModel} from './chain.js';
import {idleTime, isPromised, lifetimeBehind, livesByItself, oneHour} from './lifetime.js';
import type {BreakCause} from './loss.js';

type Cause = {readonly cause: BreakCause; readonly detail: string};

/** Reasons of providers that name no cause. */
const saysNothing = new Set(['unavailable', 'previous_message_not_found']);
const noReason = 'none';

/** Why a request lost what its chain had in the cache: the first cause that applies. */
export const causeOf = (request: MeasuredRequest, end: ChainEnd<unknown>): Cause => {
	const expiry = expiryOf(request, end);
	const reason = reasonOf(request);
	if (reason !== undefined && !(expiry && saysNothing.has(reason))) {
		return reportedCause(reason);
	}
	return (
		expiry ??
		switched('model-switched', isSameModel(request.model, end.model) ? undefined : [end.model, request.model]) ??
		switched('provider-switched', [end.provider, request.provider]) ??
		rebuilt(request) ??
		concurrent(request, end) ??
		switched('client-updated', [end.client, request.client]) ??
		settingsChanged(end.settings, request.settings) ??
		notMatched(request, end)
	);
};

/** The provider's own reason; undefined if it gave none. */
export const reasonOf = ({missReason}: Pick<MeasuredRequest, 'missReason'>): string | undefined =>
	missReason === noReason ? undefined : missReason;

/** The cause for a reason given by the provider. */
export const reportedCause = (reason: string | undefined): Cause => ({
	cause: 'reported',
	detail: reason === undefined || reason === '' || saysNothing.has(reason) ? 'no cause given' : reason,
});

const expiryOf = (request: MeasuredRequest, end: ChainEnd<unknown>): Cause | undefined => {
	const idle = idleTime(request, end);
	const lifetime = lifetimeBehind(end, firstCall(request).cacheRead);
	if (idle <= lifetime) {
		return undefined;
	}
	const detail = isPromised(end)
		? `idle for ${sayGap(idle)}; the cache expires after ${sayGap(lifetime)}`
		: idle <= oneHour
			? `idle for ${sayGap(idle)}: probably expired, such a cache is kept for about ${sayGap(lifetime)}`
			: `idle for ${sayGap(idle)}; such a cache is kept for about ${sayGap(lifetime)}`;
	return {cause: 'expired', detail};
};

/** A property that both requests report, with different values. */
const switched = (
	cause: 'model-switched' | 'provider-switched' | 'client-updated',
	values: readonly [before: string | undefined, after: string | undefined] | undefined,
): Cause | undefined => {
	const [before, after] = values ?? [];
	return before !== undefined && after !== undefined && before !== after
		? {cause, detail: `${before} → ${after}`}
		: undefined;
};

const rebuilt = (request: MeasuredRequest): Cause | undefined =>
	request.rebuilt
		? {cause: 'rebuilt', detail: 'the log says that cached blocks were dropped or the context was compressed'}
		: undefined;

/**
 * Milliseconds: a request sent this much before the answer to another cannot be explained by clocks or the order of
 * lines.
 */
const clearlyBefore = 1000;
/**
 * Milliseconds after another's answer within which a request without a start time may have been sent before that
 * answer.
 */
export const soonAfter = 10_000;
/** Writes that differ by less than this share are considered equal. */
export const sameShare = 0.02;

/** True if a request was sent before the answer that writes the cache entry had begun: both then write it. */
const isConcurrent = (request: MeasuredRequest, end: ChainEnd<unknown>): boolean => {
	if (request.start !== undefined) {
		return end.time - request.start > clearlyBefore;
	}
	return request.time - end.time <= soonAfter && wroteTheSame(writtenTokens(request.usage), end.written, end.model);
};

/** True if two requests wrote the same amount, large enough to be cached. */
export const wroteTheSame = (one: number, other: number, model: string | undefined): boolean =>
	other > minimumOf(model) && Math.abs(one - other) <= other * sameShare;

const concurrent = (request: MeasuredRequest, end: ChainEnd<unknown>): Cause | undefined =>
	isConcurrent(request, end)
		? {
				cause: 'concurrent',
				detail:
					request.start === undefined
						? `answered ${sayGap(request.time - end.time)} after another request that wrote the same amount`
						: `sent ${sayGap(end.time - request.start)} before the request before it was answered`,
			}
		: undefined;

const settingNames: Readonly<Record<keyof RequestSettings, string>> = {
	speed: 'speed',
	effort: 'effort',
	thinking: 'thinking',
	toolChoice: 'tool choice',
	cacheLifetime: 'cache lifetime',
};

const settingsChanged = (
	before: RequestSettings | undefined,
	after: RequestSettings | undefined,
): Cause | undefined => {
	if (!before || !after) {
		return undefined;
	}
	const changes = (Object.keys(settingNames) as (keyof RequestSettings)[]).flatMap(name => {
		const [from, to] = [before[name], after[name]];
		return from === undefined || to === undefined || from === to ? [] : [`${settingNames[name]} ${from} → ${to}`];
	});
	return changes.length > 0 ? {cause: 'settings-changed', detail: changes.join(', ')} : undefined;
};

/** The evidence if nothing in the log explains the loss: what was read, and how such a cache works. */
const notMatched = (request: MeasuredRequest, end: ChainEnd<unknown>): Cause => {
	if (livesByItself(end) || cacheFamily(request.model) === 'automatic') {
		return {
			cause: 'not-read',
			detail: 'sent again and not read: the provider does not promise that such a cache is found',
		};
	}
	const {cacheRead} = firstCall(request);
	if (!end.marked && writtenTokens(request.usage) === 0) {
		return {cause: 'unknown', detail: 'the log does not tell whether the prompt was marked for caching'};
	}
	if (cacheRead > 0) {
		return {cause: 'prefix-changed', detail: `matched only the first ${count(cacheRead)} tokens`};
	}
	return {
		cause: 'prefix-changed',
		detail:
			writtenTokens(request.usage) > 0
				? 'nothing was read: the start of the prompt changed'
				: 'nothing was read or written: the start of the prompt changed, or nothing was marked',
	};
};
