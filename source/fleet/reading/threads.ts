import {lifetimesOf} from '../../metrics/breaks/lifetimes.js';
import type {ThreadsFound} from '../../metrics/ledger.js';
import {threadMeasures} from '../../metrics/sums/measures.js';
import type {ThreadPart} from '../../metrics/sums/parts.js';
import {byThread, mostNotable, tellingMeasures} from '../../metrics/threads.js';
import {chunksOf} from '../table/chunks.js';
import {literals} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {textOf} from '../table/values.js';
import type {Ask} from './ask.js';
import {allDimensions, keyOf, sumsOf, type Wanted} from './sums.js';

/** So many threads are listed at most; all are counted. */
const mostThreads = 20_000;

const partsOf = async (ask: Ask, sums: Omit<Wanted, 'keys'>, rows: string): Promise<readonly ThreadPart[]> =>
	(await sumsOf(ask, {...sums, keys: [keyOf('thread')]}, {rows})).map(({keys: [thread], ...part}) => ({
		...part,
		thread: nameFrom(thread),
	}));

/**
 * The threads of a condition: few sums of all of them, by price; and all sums of those that are wanted.
 * @param condition which requests
 */
export const threadsOf = async (ask: Ask, condition: string, most: number): Promise<ThreadsFound> => {
	const all = byThread(await partsOf(ask, {by: [], measures: tellingMeasures}, condition));
	const wanted = mostNotable(all, Math.min(most, mostThreads));
	const sums = {by: allDimensions, measures: threadMeasures};
	const conditions =
		wanted.size === all.size
			? [condition]
			: chunksOf([...wanted.keys()].map(textOf)).map(names => `${condition} AND thread IN ${literals(names)}`);
	const parts = wanted.size === 0 ? [] : await Promise.all(conditions.map(one => partsOf(ask, sums, one)));
	return {count: all.size, parts: parts.flat(), lifetimes: lifetimesOf(all)};
};
