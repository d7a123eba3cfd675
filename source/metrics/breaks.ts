import {type Request, type Usage, writtenTokens} from '../request.js';
import {firstLifetimes, lifetimeOf} from './lifetime.js';
import {minimumCacheable} from './minimum-size.js';
import {type Picodollars, priceOf, toDollars} from './money.js';
import type {ModelPrices, PriceList} from './pricing.js';
import {sayGap} from './words.js';

export type BreakCause = 'reported' | 'model-switched' | 'expired' | 'rebuilt' | 'prefix-changed' | 'unknown';

/** A request that lost cached tokens which its thread had in the cache before it. */
export type Break = {
	readonly request: Request;
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or what was seen. */
	readonly detail: string;
	/** True where the provider itself named the cause; all others are inferred. */
	readonly reported: boolean;
	/** Since the thread's request before it, milliseconds. */
	readonly gap: number;
	readonly lostTokens: number;
	/** Dollars; undefined without a price. */
	readonly lostCost: number | undefined;
};

export type CauseTotal = {
	readonly cause: BreakCause;
	readonly reported: boolean;
	readonly breaks: number;
	readonly lostTokens: number;
	readonly lostCost: number | undefined;
};

export type Breaks = {
	readonly all: readonly Break[];
	readonly lostTokens: number;
	/** Dollars; undefined where no break has a price. */
	readonly lostCost: number | undefined;
	/** By cause, dearest first. */
	readonly byCause: readonly CauseTotal[];
};

/** A request that lost less than this share of what was expected is no break. */
const tolerance = 0.05;
/** Where a model's minimum is not known, the one that most have. */
const usualMinimum = 1024;

type Cached = {
	readonly request: Request;
	readonly usage: Usage;
	readonly lifetime: number;
	/** Tokens up to which blocks of the thread were cached so far. */
	readonly boundaries: Set<number>;
};

/** The ends of blocks that are remembered of a thread. */
const mostBoundaries = 64;

const causeOf = (request: Request, usage: Usage, before: Cached): Pick<Break, 'cause' | 'detail' | 'reported'> => {
	if (request.missReason !== undefined) {
		return {cause: 'reported', detail: request.missReason, reported: true};
	}
	if (request.model !== before.request.model && request.model !== undefined && before.request.model !== undefined) {
		return {
			cause: 'model-switched',
			detail: `${before.request.model} → ${request.model}`,
			reported: false,
		};
	}
	const gap = request.time - before.request.time;
	if (gap > before.lifetime) {
		return {
			cause: 'expired',
			detail: `${sayGap(gap)} after the last use, the cache lives ${sayGap(before.lifetime)}`,
			reported: false,
		};
	}
	if (request.rebuilt) {
		return {cause: 'rebuilt', detail: 'blocks were dropped or the context compressed', reported: false};
	}
	if (usage.cacheRead === 0) {
		return {
			cause: 'prefix-changed',
			detail:
				writtenTokens(usage) === 0
					? 'nothing was read or written: tools or system prompt changed, or nothing was marked'
					: 'nothing was read: tools or system prompt changed',
			reported: false,
		};
	}
	return endsAtBlock(request, usage.cacheRead, before.boundaries)
		? {cause: 'prefix-changed', detail: 'read up to an earlier block only: messages changed', reported: false}
		: {cause: 'unknown', detail: 'read up to where no block of the thread is known to end', reported: false};
};

/** Token counts of one block differ a little from request to request. */
const nearby = 0.02;

/**
 * Whether what was read ends where an earlier block of the thread did, or inside the first that is known of (the system
 * prompt alone). Caches that providers keep by themselves, without marked blocks, end anywhere.
 */
const endsAtBlock = ({model}: Request, read: number, boundaries: ReadonlySet<number>): boolean =>
	!/claude|anthropic/i.test(model ?? '') ||
	read < Math.min(...boundaries) ||
	[...boundaries].some(boundary => Math.abs(boundary - read) <= boundary * nearby);

/** Adds where the cache of one more request begins and ends: what it read, and what was cached after it. */
const addBoundaries = (boundaries: Set<number>, {cacheRead, ...usage}: Usage): void => {
	for (const boundary of [cacheRead, cacheRead + writtenTokens({cacheRead, ...usage})]) {
		if (boundary > 0) {
			boundaries.delete(boundary);
			boundaries.add(boundary);
		}
	}
	for (const oldest of boundaries) {
		if (boundaries.size <= mostBoundaries) {
			break;
		}
		boundaries.delete(oldest);
	}
};

/**
 * Finds the breaks of requests in order of time. A thread's first request is a cold start, not a break.
 * @param counts whether a break at this time belongs to the window; earlier requests only set what was expected
 */
export const findBreaks = (
	requests: readonly Request[],
	prices: PriceList,
	counts: (request: Request) => boolean = () => true,
): Breaks => {
	const threads = new Map<string, Cached>();
	const firstLifetime = firstLifetimes(requests);
	const all: Break[] = [];
	for (const request of requests) {
		const {thread, usage} = request;
		if (thread === undefined || !usage || usage.accuracy === 'estimated' || usage.accuracy === 'fallback') {
			continue;
		}
		const before = threads.get(thread);
		const found = before && counts(request) ? breakOf(request, usage, before, prices) : undefined;
		if (found) {
			all.push(found);
		}
		const boundaries = before?.boundaries ?? new Set<number>();
		addBoundaries(boundaries, usage);
		threads.set(thread, {
			request,
			usage,
			lifetime: lifetimeOf(usage, before?.lifetime ?? firstLifetime(thread)),
			boundaries,
		});
	}
	return total(all);
};

/** The break that a request is after the one before it, if it is one. */
const breakOf = (request: Request, usage: Usage, before: Cached, prices: PriceList): Break | undefined => {
	const expected = before.usage.cacheRead + writtenTokens(before.usage);
	const lost = Math.max(0, expected - usage.cacheRead);
	if (lost <= expected * tolerance || lost <= (minimumCacheable(request.model) ?? usualMinimum)) {
		return undefined;
	}
	const price = prices.of(request);
	return {
		request,
		...causeOf(request, usage, before),
		gap: request.time - before.request.time,
		lostTokens: lost,
		lostCost: price && toDollars(costOfLoss(lost, usage, price)),
	};
};

/** Lost tokens cost what was paid for them instead of reading: as writes as far as they were written again, else as input. */
const costOfLoss = (lost: number, usage: Usage, price: ModelPrices): Picodollars => {
	const written = writtenTokens(usage);
	const rewritten = Math.min(lost, written);
	// Of what was written for an hour and what for five minutes, the lost tokens are a share of each.
	const hourly = written === 0 ? 0 : Math.round((rewritten * usage.cacheWrite1h) / written);
	return (
		priceOf(hourly, price.cacheWrite1h - price.cacheRead) +
		priceOf(rewritten - hourly, price.cacheWrite5m - price.cacheRead) +
		priceOf(lost - rewritten, price.input - price.cacheRead)
	);
};

const sum = (costs: readonly (number | undefined)[]): number | undefined => {
	const known = costs.filter(cost => cost !== undefined);
	return known.length > 0 ? known.reduce((one, other) => one + other, 0) : undefined;
};

const total = (all: readonly Break[]): Breaks => ({
	all,
	...lossOf(all),
	byCause: groupByCause(all),
});

/** Tokens and dollars that breaks lost together; the dollars are undefined where none of them has a price. */
export const lossOf = (
	breaks: readonly Break[],
): {readonly lostTokens: number; readonly lostCost: number | undefined} => ({
	lostTokens: breaks.reduce((tokens, {lostTokens}) => tokens + lostTokens, 0),
	lostCost: sum(breaks.map(({lostCost}) => lostCost)),
});

const groupByCause = (all: readonly Break[]): readonly CauseTotal[] => {
	const causes = new Map<BreakCause, Break[]>();
	for (const found of all) {
		const same = causes.get(found.cause);
		if (same) {
			same.push(found);
		} else {
			causes.set(found.cause, [found]);
		}
	}
	return [...causes]
		.map(([cause, found]) => ({
			cause,
			reported: found.every(({reported}) => reported),
			breaks: found.length,
			...lossOf(found),
		}))
		.sort((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens);
};
