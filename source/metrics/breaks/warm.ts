import {byText} from '../../text/by-text.js';
import {type Picodollars, priceOf, toDollars} from '../money/money.js';
import type {Lane} from '../sums/parts.js';
import {type ChainEnd, held, isSameModel, marked, sentAt} from './chain.js';
import type {Facts} from './facts.js';
import {lifetimeBehind, oneHour} from './lifetime.js';

/** The end of a chain, its thread, and the lane of its latest request. */
export type LaneEnd = {readonly lane: Lane; readonly thread: string; readonly end: ChainEnd<unknown>};

/** A chain that is still in the cache. */
export type WarmChain = {
	readonly thread: string;
	readonly lane: Lane;
	/** Tokens in the cache now. */
	readonly tokens: number;
	/** When its first part expires unless it is read, in epoch milliseconds. */
	readonly expires: number;
	/** Tokens of that part. */
	readonly expiring: number;
	/** Cost of the next turn in dollars if it is in time, and if it is late and has to write the expired part again. */
	readonly warmCost: number | undefined;
	readonly coldCost: number | undefined;
	/** The difference for the expiring part: what being late costs, in dollars. */
	readonly stake: number | undefined;
};

/** Chains that are in the cache now, and what their expiry would cost. */
export type Warm = {
	/** Number of chains. */
	readonly count: number;
	readonly tokens: number;
	/** Dollars; undefined if no price is known. */
	readonly atStake: number | undefined;
	/** First to expire first. */
	readonly chains: readonly WarmChain[];
};

/** Maximum number of chains listed. */
const mostListed = 200;

/**
 * The chains that are still in the cache.
 * @param now epoch milliseconds, by the log's clock
 */
export const warmOf = (ends: readonly LaneEnd[], now: number): Warm => {
	const chains = ends
		.filter(({end}) => !end.suspended)
		.flatMap(({end, ...rest}) => {
			const chain = warmChain(end, rest, now);
			return chain ? [{chain, end}] : [];
		});
	const counted = chains.filter((one, index) => !isCountedOnce(one, chains, index)).map(({chain}) => chain);
	const stakes = counted.flatMap(({warmCost, coldCost}) =>
		warmCost === undefined || coldCost === undefined ? [] : [coldCost - warmCost],
	);
	return {
		count: counted.length,
		tokens: counted.reduce((sum, {tokens}) => sum + tokens, 0),
		atStake: stakes.length > 0 ? stakes.reduce((sum, stake) => sum + stake, 0) : undefined,
		chains: counted
			.sort((one, other) => one.expires - other.expires || byText(one.thread, other.thread))
			.slice(0, mostListed),
	};
};

type Ended = {readonly chain: WarmChain; readonly end: ChainEnd<unknown>};

/** Chains that were sent together may differ by this share. */
const sameShare = 0.02;

/** True if another chain that was sent together with this one has the same content and is counted instead. */
const isCountedOnce = (one: Ended, all: readonly Ended[], index: number): boolean =>
	one.end.sharesPrefix &&
	all.some(
		(other, at) =>
			other !== one &&
			isSameModel(other.end.model, one.end.model) &&
			(other.chain.thread === one.chain.thread || isSameProject(other, one)) &&
			held(other.end) >= held(one.end) * (1 - sameShare) &&
			(!other.end.sharesPrefix || at < index),
	);

const isSameProject = ({chain: {lane}}: Ended, other: Ended): boolean =>
	lane.project !== undefined && lane.project === other.chain.lane.project;

/** The end of a chain whose first request may have been sent together with others of its project. */
export const withSharedPrefix = <Key>(end: ChainEnd<Key>, factsOf: (key: Key) => Facts | undefined): ChainEnd<Key> =>
	!end.continued && !end.sharesPrefix && factsOf(end.key)?.cold?.kind === 'together'
		? marked(end, {sharesPrefix: true})
		: end;

const warmChain = (
	end: ChainEnd<unknown>,
	{lane, thread}: Omit<LaneEnd, 'end'>,
	now: number,
): WarmChain | undefined => {
	const {price} = lane;
	const since = sentAt(end.start, end.time);
	const parts = [
		{tokens: end.oneHour, until: since + oneHour, written: price?.cacheWrite1h},
		{
			tokens: end.others,
			until: since + lifetimeBehind(end, end.oneHour),
			written: end.automatic ? price?.input : price?.cacheWrite5m,
		},
	]
		.filter(({tokens, until}) => tokens > 0 && until > now)
		.sort((one, other) => one.until - other.until);
	const [first] = parts;
	if (!first) {
		return undefined;
	}
	const dollars = (some: typeof parts, each: (part: (typeof parts)[number]) => Picodollars | undefined) =>
		price && toDollars(some.reduce((sum, part) => sum + priceOf(part.tokens, each(part) ?? 0n), 0n));
	const lateBy = (part: (typeof parts)[number]) => price && (part.written ?? 0n) - price.cacheRead;
	return {
		thread,
		lane,
		tokens: parts.reduce((sum, {tokens}) => sum + tokens, 0),
		expires: first.until,
		expiring: first.tokens,
		warmCost: dollars(parts, () => price?.cacheRead),
		coldCost: dollars(parts, ({written}) => written),
		stake: dollars([first], lateBy),
	};
};
