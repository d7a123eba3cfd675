import {type Picodollars, priceOf} from '../money/money.js';
import type {TellingPart, Threads} from '../threads.js';

/** Threads for which another cache lifetime would be cheaper, and the total savings. */
export type Gain = {readonly threads: number; readonly worth: Picodollars};

/** What other cache lifetimes would save, thread by thread; only threads that gain are counted. */
export type Lifetimes = {
	/**
	 * One hour instead of five minutes, which bridges longer gaps: the cost minus the cost under that policy, as in
	 * `whatIfOf`.
	 */
	readonly longer: Gain;
	/** Five minutes instead of an hour if no gap needs the hour: the lower price of writes. */
	readonly shorter: Gain;
};

/** The additional price of writing tokens for an hour. */
const premium = ({lane: {price}}: TellingPart, tokens: number): Picodollars =>
	price ? priceOf(tokens, price.cacheWrite1h - price.cacheWrite5m) : 0n;

const sumOf = (parts: readonly TellingPart[], value: (part: TellingPart) => Picodollars): Picodollars =>
	parts.reduce((sum, part) => sum + value(part), 0n);

/** Savings by reading what an hour's cache would have kept, instead of writing it again for an hour. */
const bridged = ({lane: {price}, measures}: TellingPart): Picodollars =>
	price ? priceOf(measures.readOneHour - measures.cacheRead, price.cacheWrite1h - price.cacheRead) : 0n;

const isBridged = ({readOneHour, cacheRead}: TellingPart['measures']): boolean => readOneHour > cacheRead;

/** The savings of a thread with a lifetime of one hour; undefined if there are none. */
const longerFor = (thread: readonly TellingPart[]): Picodollars | undefined => {
	if (!thread.some(({measures}) => isBridged(measures))) {
		return undefined;
	}
	const gain = sumOf(thread, bridged) - sumOf(thread, part => premium(part, part.measures.cacheWrite5m));
	return gain > 0n ? gain : undefined;
};

/** The savings of a thread with a lifetime of five minutes; undefined if there are none. */
const shorterFor = (thread: readonly TellingPart[]): Picodollars | undefined => {
	if (thread.some(({measures}) => measures.pauses > 0)) {
		return undefined;
	}
	const gain = sumOf(thread, part => premium(part, part.measures.cacheWrite1h));
	return gain > 0n ? gain : undefined;
};

const gainOf = (
	threads: Threads<TellingPart>,
	gainFor: (thread: readonly TellingPart[]) => Picodollars | undefined,
): Gain => {
	let count = 0;
	let worth = 0n;
	for (const [name, thread] of threads) {
		const gain = name === undefined ? undefined : gainFor(thread);
		if (gain !== undefined) {
			count++;
			worth += gain;
		}
	}
	return {threads: count, worth};
};

/** The savings with other cache lifetimes, summed over the threads that gain. */
export const lifetimesOf = (threads: Threads<TellingPart>): Lifetimes => ({
	longer: gainOf(threads, longerFor),
	shorter: gainOf(threads, shorterFor),
});
