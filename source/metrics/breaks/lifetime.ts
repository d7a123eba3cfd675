import type {Request} from '../../request.js';
import {automaticLifetime, cacheFamily, isFixedLifetime, isOpenAi} from './cache-family.js';
import {type ChainEnd, sentAt} from './chain.js';

const minute = 60_000;
/** Milliseconds that Anthropic keeps an entry unless asked for longer. */
export const fiveMinutes = 5 * minute;
/** Milliseconds that Anthropic keeps an entry with `ttl: "1h"`. */
export const oneHour = 60 * minute;

type Held = Pick<ChainEnd<unknown>, 'automatic' | 'model' | 'oneHour' | 'settings'>;

/** Whether the provider, not the request, decides how long the cache lives. */
export const livesByItself = ({automatic, model}: Pick<Held, 'automatic' | 'model'>): boolean =>
	automatic || isOpenAi(model);

/**
 * How long the part of a chain lives that begins behind so many tokens, milliseconds since the chain's latest request
 * was sent: an hour or five minutes as it was written, or what the provider keeps by itself.
 */
export const lifetimeBehind = (end: Held, tokens: number): number =>
	livesByItself(end)
		? (toldLifetime(end) ?? automaticLifetime(end.model))
		: tokens < end.oneHour
			? oneHour
			: fiveMinutes;

const units = {s: 1000, m: minute, h: oneHour} as const;
/** The longest time that any provider keeps a cache entry, milliseconds. */
const longest = 24 * oneHour;

/** What the provider was asked for where that is a time; `in_memory` is its own choice. */
const toldLifetime = ({settings}: Pick<Held, 'settings'>): number | undefined => {
	const [, number, unit] = /^(\d{1,5})(s|m|h)$/.exec(settings?.cacheLifetime ?? '') ?? [];
	return number === undefined || Number(number) === 0
		? undefined
		: Math.min(longest, Number(number) * units[unit as keyof typeof units]);
};

/** How long anything of a chain lives, milliseconds. */
export const longestLifetime = (end: Held): number => lifetimeBehind(end, 0);

/** Whether the provider promises how long it keeps a chain. */
export const isPromised = (end: Held): boolean => !livesByItself(end) || isFixedLifetime(end.model);

/** Time between two requests of a chain, from when each was sent, milliseconds. */
export const idleTime = (
	request: Pick<Request, 'start' | 'time'>,
	end: Pick<ChainEnd<unknown>, 'start' | 'time'>,
): number => sentAt(request.start, request.time) - sentAt(end.start, end.time);

/** Whether all that a chain holds is older than it lives. */
export const isStale = (request: Pick<Request, 'start' | 'time'>, end: ChainEnd<unknown>): boolean =>
	idleTime(request, end) > longestLifetime(end);

/** Whether a request can choose how long what it writes lives. */
export const choosesLifetime = (model: string | undefined): boolean => cacheFamily(model) !== 'automatic';

/**
 * What a request of a chain would have read had all writes lived equally long, beside what it read.
 * @param lostToExpiry whether it lost tokens because a part of the chain had expired
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
		// After five minutes only what lives for an hour was there to be read.
		readFiveMinutes: end.oneHour > 0 ? 0 : cacheRead,
		readOneHour:
			lostToExpiry && end.others > 0 && cacheWrite5m > 0
				? Math.max(cacheRead, Math.min(end.oneHour + end.others, cacheRead + cacheWrite5m + cacheWrite1h))
				: cacheRead,
	};
};
