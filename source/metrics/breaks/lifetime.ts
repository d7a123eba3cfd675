import type {Request} from '../../request.js';
import {automaticLifetime, cacheFamily, isFixedLifetime, isOpenAi} from './cache-family.js';
import {type ChainEnd, sentAt} from './chain.js';

const minute = 60_000;
/** Milliseconds for which Anthropic keeps an entry by default. */
export const fiveMinutes = 5 * minute;
/** Milliseconds for which Anthropic keeps an entry with `ttl: "1h"`. */
export const oneHour = 60 * minute;

type Held = Pick<ChainEnd<unknown>, 'automatic' | 'model' | 'oneHour' | 'settings'>;

/** True if the provider, rather than the request, decides the lifetime of the cache. */
export const livesByItself = ({automatic, model}: Pick<Held, 'automatic' | 'model'>): boolean =>
	automatic || isOpenAi(model);

/**
 * The lifetime of the part of a chain after some tokens, in milliseconds since the chain's latest request was sent: one
 * hour or five minutes as written, or the lifetime of the automatic cache.
 */
export const lifetimeBehind = (end: Held, tokens: number): number =>
	livesByItself(end)
		? (toldLifetime(end) ?? automaticLifetime(end.model))
		: tokens < end.oneHour
			? oneHour
			: fiveMinutes;

const units = {s: 1000, m: minute, h: oneHour} as const;
/** The longest lifetime of any provider's cache, in milliseconds. */
const longest = 24 * oneHour;

/** The requested lifetime in milliseconds; `in_memory` leaves it to the provider. */
const toldLifetime = ({settings}: Pick<Held, 'settings'>): number | undefined => {
	const [, number, unit] = /^(\d{1,5})(s|m|h)$/.exec(settings?.cacheLifetime ?? '') ?? [];
	return number === undefined || Number(number) === 0
		? undefined
		: Math.min(longest, Number(number) * units[unit as keyof typeof units]);
};

/** The lifetime of the longest-lived part of a chain, in milliseconds. */
export const longestLifetime = (end: Held): number => lifetimeBehind(end, 0);

/** True if the provider guarantees the lifetime of a chain. */
export const isPromised = (end: Held): boolean => !livesByItself(end) || isFixedLifetime(end.model);

/** Milliseconds between two requests of a chain, from sending to sending. */
export const idleTime = (
	request: Pick<Request, 'start' | 'time'>,
	end: Pick<ChainEnd<unknown>, 'start' | 'time'>,
): number => sentAt(request.start, request.time) - sentAt(end.start, end.time);

/** True if everything that a chain had in the cache has expired. */
export const isStale = (request: Pick<Request, 'start' | 'time'>, end: ChainEnd<unknown>): boolean =>
	idleTime(request, end) > longestLifetime(end);

/** True if requests to a model can choose the lifetime of what they write. */
export const choosesLifetime = (model: string | undefined): boolean => cacheFamily(model) !== 'automatic';

/**
 * What a request would have read if all writes had the same lifetime.
 * @param lostToExpiry true if it lost tokens because a part of the chain had expired
 */
export const readsUnder = (
	request: Pick<Request, 'start' | 'time' | 'model'> & {readonly usage: NonNullable<Request['usage']>},
	end: ChainEnd<unknown>,
	lostToExpiry: boolean,
): {readonly readFiveMinutes: number; readonly readOneHour: number} => {
	const {cacheRead, cacheWrite5m, cacheWrite1h} = request.usage;
	const idle = idleTime(request, end);
	if (idle <= fiveMinutes || idle > oneHour || !choosesLifetime(request.model)) {
		return {readFiveMinutes: cacheRead, readOneHour: cacheRead};
	}
	return {
		// After five minutes, only entries with a lifetime of one hour remained.
		readFiveMinutes: end.oneHour > 0 ? 0 : cacheRead,
		readOneHour:
			lostToExpiry && end.others > 0 && cacheWrite5m > 0
				? Math.max(cacheRead, Math.min(end.oneHour + end.others, cacheRead + cacheWrite5m + cacheWrite1h))
				: cacheRead,
	};
};
