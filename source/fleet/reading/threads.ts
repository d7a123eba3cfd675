import type {Lifetimes} from '../../metrics/breaks/lifetimes.js';
import type {ThreadsFound} from '../../metrics/ledger.js';
import type {ThreadPart} from '../../metrics/sums/parts.js';
import {tellingMeasures} from '../../metrics/threads.js';
import {chunksOf} from '../table/chunks.js';
import {integer, literals} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {amongGroups, type Selection} from './selection.js';
import {allDimensions, keyOf, piecesSql, sumsOf} from './sums.js';

/** Maximum number of threads listed; all are counted. */
const mostThreads = 20_000;

/** The threads of a selection, with all sums of the listed ones. The server ranks the threads. */
export const threadsOf = async (ask: Ask, selection: Selection, most: number): Promise<ThreadsFound> => {
	const wanted = Math.min(most, mostThreads);
	const {count, notable, lifetimes} = await rankingOf(ask, selection, wanted);
	const selections =
		count <= wanted
			? [selection]
			: chunksOf([...notable.keys()]).map(names => {
					const isOne = `thread IN ${literals(names)}`;
					const held = names.reduce((sum, name) => sum + (notable.get(name) ?? 0), 0);
					return amongGroups(selection, {ofRow: isOne, ofKept: isOne, held});
				});
	const sums = {keys: [keyOf('thread')], by: allDimensions, detail: 'threads'} as const;
	const parts = notable.size === 0 ? [] : await Promise.all(selections.map(one => sumsOf(ask, sums, one)));
	return {
		count,
		parts: parts.flat().map(({keys: [thread], held: _, ...part}): ThreadPart => ({...part, thread: nameFrom(thread)})),
		lifetimes,
	};
};

type Ranking = Pick<ThreadsFound, 'count' | 'lifetimes'> & {
	/** The most notable threads as in the column, with the number of their requests that stored sums cover. */
	readonly notable: ReadonlyMap<string, number>;
};

type Ranked = readonly [thread: string, ofSums: unknown];

const rankingOf = async (ask: Ask, selection: Selection, most: number): Promise<Ranking> => {
	const [[held, count, ...found] = []] = await ask(rankingSql(selection, most));
	// A replica may lack rows that another has.
	if (selection.kept && Number(held) !== selection.kept.requests) {
		return rankingOf(ask, {rows: selection.rows}, most);
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

/** SQL for one price of a `priceText`, by its index; 0 if it is missing. */
const price = (place: number): string => `toInt64OrZero(splitByChar('"', k1)[${2 * place}])`;
const [cacheRead, cacheWrite5m, cacheWrite1h] = [2, 3, 4].map(price);

/** SQL for the cost of tokens at the difference of two prices. Products of 64-bit numbers need more than 64 bits. */
const worth = (tokens: string, more: string | undefined, less: string | undefined): string =>
	`toDecimal128(${tokens}, 0) * toDecimal128(${more} - ${less}, 0)`;

/** SQL for what `mostNotable` and `lifetimesOf` need, by thread and price. */
const tellingSql = (selection: Selection): string => {
	const bridged = `(${measure('readOneHour')} - ${measure('cacheRead')})`;
	return `SELECT k0 AS thread, held,
		${measure('requests')} AS asked,
		${measure('lostOneHour')} + ${measure('lostFiveMinutes')} + ${measure('lostInput')} AS lost,
		${measure('pauses')} AS paused,
		${bridged} AS bridged,
		${worth(bridged, cacheWrite1h, cacheRead)} - ${worth(measure('cacheWrite5m'), cacheWrite1h, cacheWrite5m)} AS longer,
		${worth(measure('cacheWrite1h'), cacheWrite1h, cacheWrite5m)} AS shorter
		FROM (${piecesSql({keys: [keyOf('thread')], by: [], detail: 'telling'}, selection)})`;
};

/**
 * SQL for the number of requests covered by sums, the number of threads, their gain under other lifetimes, and the most
 * notable threads.
 */
const rankingSql = (selection: Selection, most: number): string => {
	const threads = `SELECT thread, sum(held) AS ofSums, sum(asked) AS requests, sum(lost) AS losses,
		if(thread != '' AND sum(bridged) > 0, sum(longer), toDecimal128(0, 0)) AS gainLonger,
		if(thread != '' AND sum(paused) = 0, sum(shorter), toDecimal128(0, 0)) AS gainShorter
		FROM (${tellingSql(selection)}) GROUP BY thread`;
	const gain = (name: string) => `countIf(${name} > 0), toString(sumIf(${name}, ${name} > 0))`;
	const first = (count: number, ranked: string) =>
		`arrayMap(one -> (one.3, one.4), arraySlice(arrayReverseSort(one -> (one.1, one.2, one.3), ${ranked}), 1, ${integer(count)}))`;
	// Groups outside of the selection are combined into one thread without a name.
	return `SELECT sum(ofSums), countIf(requests > 0), ${gain('gainLonger')}, ${gain('gainShorter')},
		${first(Math.floor(most / 2), 'groupArrayIf((losses, requests, thread, ofSums), losses > 0)')},
		${first(most, 'groupArrayIf((requests, losses, thread, ofSums), requests > 0)')}
		FROM (${threads})`;
};
