import {type Picodollars, priceOf} from '../money/money.js';
import type {TellingPart, Threads} from '../threads.js';

/** Threads that another lifetime of the cache would be cheaper for, and by how much altogether. */
export type Gain = {readonly threads: number; readonly worth: Picodollars};

/** What other lifetimes of the cache would be worth, thread by thread: only threads that gain by them count. */
export type Lifetimes = {
	/** An hour instead of five minutes, where gaps would be bridged: what was paid less what would have been, as `whatIfOf` has it. */
	readonly longer: Gain;
	/** Five minutes instead of an hour, where no gap needs the hour: what its writes cost less. */
	readonly shorter: Gain;
};

/** What it costs more to write tokens for an hour than for five minutes. */
const premium = ({lane: {price}}: TellingPart, tokens: number): Picodollars =>
	price ? priceOf(tokens, price.cacheWrite1h - price.cacheWrite5m) : 0n;

const sumOf = (parts: readonly TellingPart[], value: (part: TellingPart) => Picodollars): Picodollars =>
	parts.reduce((sum, part) => sum + value(part), 0n);

/** What reading what an hour's cache would have kept costs less than writing it again did, for an hour. */
const bridged = ({lane: {price}, measures}: TellingPart): Picodollars =>
	price ? priceOf(measures.readOneHour - measures.cacheRead, price.cacheWrite1h - price.cacheRead) : 0n;

const isBridged = ({readOneHour, cacheRead}: TellingPart['measures']): boolean => readOneHour > cacheRead;

/** What an hour would be worth to one thread; undefined if it is worth nothing. */
const longerFor = (thread: readonly TellingPart[]): Picodollars | undefined => {
	if (!thread.some(({measures}) => isBridged(measures))) {
		return undefined;
	}
	const gain = sumOf(thread, bridged) - sumOf(thread, part => premium(part, part.measures.cacheWrite5m));
	return gain > 0n ? gain : undefined;
};

/** What five minutes would be worth to one thread; undefined if they are worth nothing. */
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

/** What another lifetime of the cache would have been worth, summed over the threads that gain by it. */
export const lifetimesOf = (threads: Threads<TellingPart>): Lifetimes => ({
	longer: gainOf(threads, longerFor),
	shorter: gainOf(threads, shorterFor),
});
