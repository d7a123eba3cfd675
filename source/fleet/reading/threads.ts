import type {Lifetimes} from '../../metrics/breaks/lifetimes.js';
import type {ThreadsFound} from '../../metrics/ledger.js';
import type {ThreadPart} from '../../metrics/sums/parts.js';
import {tellingMeasures} from '../../metrics/threads.js';
import {chunksOf} from '../table/chunks.js';
import {integer, literals} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {allDimensions, keyOf, piecesSql, sumsOf} from './sums.js';
import {amongGroups, type Taking} from './taking.js';

/** Threads that are listed at most; all are counted. */
const mostThreads = 20_000;

/** The threads of some requests, and all sums of those that are wanted. Which these are the server finds out by itself. */
export const threadsOf = async (ask: Ask, taking: Taking, most: number): Promise<ThreadsFound> => {
	const wanted = Math.min(most, mostThreads);
	const {count, notable, lifetimes} = await rankingOf(ask, taking, wanted);
	const takings =
		count <= wanted
			? [taking]
			: chunksOf([...notable.keys()]).map(names => {
					const isOne = `thread IN ${literals(names)}`;
					const held = names.reduce((sum, name) => sum + (notable.get(name) ?? 0), 0);
					return amongGroups(taking, {ofRow: isOne, ofKept: isOne, held});
				});
	const sums = {keys: [keyOf('thread')], by: allDimensions, detail: 'threads'} as const;
	const parts = notable.size === 0 ? [] : await Promise.all(takings.map(one => sumsOf(ask, sums, one)));
	return {
		count,
		parts: parts.flat().map(({keys: [thread], held: _, ...part}): ThreadPart => ({...part, thread: nameFrom(thread)})),
		lifetimes,
	};
};

type Ranking = Pick<ThreadsFound, 'count' | 'lifetimes'> & {
	/** The most notable threads, as in the column, and of how many of their requests kept sums were read. */
	readonly notable: ReadonlyMap<string, number>;
};

type Ranked = readonly [thread: string, ofSums: unknown];

const rankingOf = async (ask: Ask, taking: Taking, most: number): Promise<Ranking> => {
	const [[held, count, ...found] = []] = await ask(rankingSql(taking, most));
	// A replica may lack what another has.
	if (taking.kept && Number(held) !== taking.kept.requests) {
		return rankingOf(ask, {rows: taking.rows}, most);
	}
	const [longer, longerWorth, shorter, shorterWorth, lossy, busy] = found;
	const lifetimes: Lifetimes = {
		longer: {threads: Number(longer), worth: BigInt(String(longerWorth))},
		shorter: {threads: Number(shorter), worth: BigInt(String(shorterWorth))},
	};
	const ranked = [...(lossy as readonly Ranked[]), ...(busy as readonly Ranked[])];
	const notable = [...new Map(ranked.map(([thread, ofSums]) => [thread, Number(ofSums)]))].slice(0, most);
	return {count: Number(count), lifetimes, notable: new Map(notable)};
};

const measure = (name: (typeof tellingMeasures)[number]): string =>
	`toInt64(added[${tellingMeasures.indexOf(name) + 1}])`;

/** A price of `priceText`, by its place there. Without one a token costs nothing. */
const price = (place: number): string => `toInt64OrZero(splitByChar('"', k1)[${2 * place}])`;
const [cacheRead, cacheWrite5m, cacheWrite1h] = [2, 3, 4].map(price);

/** What tokens cost, where they cost as much more as these two prices differ: products of 64 bits do not fit into 64. */
const worth = (tokens: string, more: string | undefined, less: string | undefined): string =>
	`toDecimal128(${tokens}, 0) * toDecimal128(${more} - ${less}, 0)`;

/** Of pieces of threads at one price what `mostNotable` and `lifetimesOf` look at. */
const tellingSql = (taking: Taking): string => {
	const bridged = `(${measure('readOneHour')} - ${measure('cacheRead')})`;
	return `SELECT k0 AS thread, held,
		${measure('requests')} AS asked,
		${measure('lostOneHour')} + ${measure('lostFiveMinutes')} + ${measure('lostInput')} AS lost,
		${measure('pauses')} AS paused,
		${bridged} AS bridged,
		${worth(bridged, cacheWrite1h, cacheRead)} - ${worth(measure('cacheWrite5m'), cacheWrite1h, cacheWrite5m)} AS longer,
		${worth(measure('cacheWrite1h'), cacheWrite1h, cacheWrite5m)} AS shorter
		FROM (${piecesSql({keys: [keyOf('thread')], by: [], detail: 'telling'}, taking)})`;
};

/** How many requests sums were of; how many threads there are; what they gain by other lifetimes; the most notable. */
const rankingSql = (taking: Taking, most: number): string => {
	const threads = `SELECT thread, sum(held) AS ofSums, sum(asked) AS requests, sum(lost) AS losses,
		if(thread != '' AND sum(bridged) > 0, sum(longer), toDecimal128(0, 0)) AS gainLonger,
		if(thread != '' AND sum(paused) = 0, sum(shorter), toDecimal128(0, 0)) AS gainShorter
		FROM (${tellingSql(taking)}) GROUP BY thread`;
	const gain = (name: string) => `countIf(${name} > 0), toString(sumIf(${name}, ${name} > 0))`;
	const first = (count: number, ranked: string) =>
		`arrayMap(one -> (one.3, one.4), arraySlice(arrayReverseSort(one -> (one.1, one.2, one.3), ${ranked}), 1, ${integer(count)}))`;
	// What is not taken was asked nothing, as one thread without a name.
	return `SELECT sum(ofSums), countIf(requests > 0), ${gain('gainLonger')}, ${gain('gainShorter')},
		${first(Math.floor(most / 2), 'groupArrayIf((losses, requests, thread, ofSums), losses > 0)')},
		${first(most, 'groupArrayIf((requests, losses, thread, ofSums), requests > 0)')}
		FROM (${threads})`;
};
