import type {Lifetimes} from '../../metrics/breaks/lifetimes.js';
import type {ThreadsFound} from '../../metrics/ledger.js';
import type {ThreadPart} from '../../metrics/sums/parts.js';
import {chunksOf} from '../table/chunks.js';
import {integer, literals} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {noWorth, rankedKept, rankedRows} from './ranked-sql.js';
import {amongGroups, type Selection} from './selection.js';
import {allDimensions, keyOf, sumsOf} from './sums.js';

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
					return amongGroups(selection, {ofRow: {keyed: isOne}, ofKept: isOne, held});
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

const rankingOf = async (ask: Ask, selection: Selection, most: number): Promise<Ranking> => {
	const [[total, count, ...found] = []] = await ask(rankingSql(selection, most));
	// A replica may lack rows that another has.
	if (selection.kept && Number(total) !== selection.kept.requests) {
		return rankingOf(ask, {rows: selection.rows}, most);
	}
	const [longer, longerWorth, shorter, shorterWorth, ...first] = found;
	const [lossy = [], lossyHeld = [], busy = [], busyHeld = []] = first as (readonly unknown[])[];
	const lifetimes: Lifetimes = {
		longer: {threads: Number(longer), worth: BigInt(String(longerWorth))},
		shorter: {threads: Number(shorter), worth: BigInt(String(shorterWorth))},
	};
	const held = [...lossyHeld, ...busyHeld];
	const ranked = [...lossy, ...busy].map((thread, index) => [String(thread), Number(held[index])] as const);
	const notable = [...new Map(ranked)].slice(0, most);
	return {count: Number(count), lifetimes, notable: new Map(notable)};
};

/**
 * SQL for the number of requests covered by sums, the number of threads, their gain under other lifetimes, and the most
 * notable threads.
 */
const rankingSql = ({kept, rows: condition}: Selection, most: number): string => {
	const pieces = kept ? `${rankedKept(kept)} UNION ALL ${rankedRows(kept.others)}` : rankedRows(condition);
	const threads = `SELECT name, sum(held) AS ofSums, sum(asked) AS requests, sum(of_lost) AS losses,
		if(name != '' AND sum(of_bridged) > 0, sum(of_longer), ${noWorth}) AS gainLonger,
		if(name != '' AND sum(of_pauses) = 0, sum(of_shorter), ${noWorth}) AS gainShorter
		FROM (${pieces}) GROUP BY name`;
	const gain = (name: string) => `countIf(${name} > 0), toString(sumIf(${name}, ${name} > 0))`;
	return `SELECT sum(ofSums), countIf(requests > 0), ${gain('gainLonger')}, ${gain('gainShorter')},
		${firstSql(Math.floor(most / 2), 'losses', 'requests')},
		${firstSql(most, 'requests', 'losses')}
		FROM (${threads})`;
};

/**
 * SQL for two arrays: the names of the threads with the highest number, and how many of their requests stored sums
 * cover. Sorts the numbers alone first, and whole threads only above the limit that this gives.
 */
const firstSql = (most: number, by: string, then: string): string => {
	const all = (column: string) => `groupArrayIf(${column}, ${by} > 0)`;
	// 0 if there are fewer threads.
	const least = `arrayReverseSort(${all(by)})[${integer(Math.max(1, most))}]`;
	const among = (column: string) => `arrayFilter((one, many) -> many >= ${least}, ${all(column)}, ${all(by)})`;
	const sorted = (column: string) =>
		`arraySlice(arrayReverseSort((one, many, more, called) -> (many, more, called), ${[column, by, then, 'name'].map(among).join(', ')}), 1, ${integer(most)})`;
	return `${sorted('name')}, ${sorted('ofSums')}`;
};
