import {lossOfParts} from './breaks.js';
import type {Measures} from './measures.js';
import {priceOf, toDollars} from './money.js';
import type {Part} from './parts.js';
import type {Facts, Rule} from './recommendation.js';
import {plural} from './words.js';

/** What it costs more to write tokens for an hour than for five minutes; dollars. */
const dearer = (parts: readonly Part[], tokensOf: (measures: Measures) => number): number =>
	toDollars(
		parts.reduce(
			(sum, {lane: {price}, measures}) =>
				price ? sum + priceOf(tokensOf(measures), price.cacheWrite1h - price.cacheWrite5m) : sum,
			0n,
		),
	);

const sumOf = (parts: readonly Part[], measure: keyof Measures): number =>
	parts.reduce((sum, {measures}) => sum + measures[measure], 0);

/** What expired in gaps of less than an hour, of which an hour's cache would have kept alive. */
const bridged = (measures: Measures) => ({
	oneHour: measures.bridgedOneHour,
	fiveMinutes: measures.bridgedFiveMinutes,
	input: measures.bridgedInput,
});

const isBridged = ({bridgedOneHour, bridgedFiveMinutes, bridgedInput}: Measures): boolean =>
	bridgedOneHour + bridgedFiveMinutes + bridgedInput > 0;

/** Gaps that a 1-hour cache would bridge, where bridging them is worth more than the dearer writes. */
const useOneHour: Rule = ({threads, days}: Facts) => {
	let worth = 0;
	let count = 0;
	for (const [name, thread] of threads) {
		if (name === undefined || !thread.some(({measures}) => isBridged(measures))) {
			continue;
		}
		const {lostCost = 0} = lossOfParts(thread, bridged);
		const gain = lostCost - dearer(thread, ({cacheWrite5m}) => cacheWrite5m);
		if (lostCost > 0 && gain > 0) {
			worth += gain;
			count++;
		}
	}
	return count > 0
		? {
				id: 'use-one-hour-cache',
				severity: 'warning',
				evidence: `The 5-minute cache of ${plural(count, 'thread')} expired in gaps of less than an hour.`,
				action: 'Use the 1-hour cache for them (ttl: "1h"): bridging the gaps is worth more than the dearer writes.',
				worthPerDay: worth / days,
			}
		: undefined;
};

/** Threads that write for an hour and never pause for longer than five minutes. */
const useFiveMinutes: Rule = ({threads, days}: Facts) => {
	let worth = 0;
	let count = 0;
	for (const [name, thread] of threads) {
		if (name === undefined) {
			continue;
		}
		if (sumOf(thread, 'cacheWrite1h') > 0 && sumOf(thread, 'pauses') === 0) {
			worth += dearer(thread, ({cacheWrite1h}) => cacheWrite1h);
			count++;
		}
	}
	return count > 0 && worth > 0
		? {
				id: 'use-five-minute-cache',
				severity: 'note',
				evidence: `${plural(count, 'thread')} wrote for an hour and never paused for longer than five minutes.`,
				action: 'Use the 5-minute cache for them: its writes cost 1.25 instead of 2 times the input.',
				worthPerDay: worth / days,
			}
		: undefined;
};

export const lifetimeRules: readonly Rule[] = [useOneHour, useFiveMinutes];
