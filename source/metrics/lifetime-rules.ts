import {type Request, writtenTokens} from '../request.js';
import {priceOf, toDollars} from './money.js';
import type {PriceList} from './pricing.js';
import type {Facts, Rule} from './recommendation.js';
import {plural} from './words.js';

const minute = 60_000;

/** What it would cost more to write a thread's 5-minute tokens for an hour; dollars. */
const dearer = (requests: readonly Request[], prices: PriceList, tokensOf: (request: Request) => number): number =>
	toDollars(
		requests.reduce((sum, request) => {
			const price = prices.of(request);
			return price ? sum + priceOf(tokensOf(request), price.cacheWrite1h - price.cacheWrite5m) : sum;
		}, 0n),
	);

const byThread = (requests: readonly Request[]): ReadonlyMap<string, Request[]> => {
	const threads = new Map<string, Request[]>();
	for (const request of requests) {
		if (request.thread === undefined || !request.usage) {
			continue;
		}
		const thread = threads.get(request.thread);
		if (thread) {
			thread.push(request);
		} else {
			threads.set(request.thread, [request]);
		}
	}
	return threads;
};

/** Gaps that a 1-hour cache would bridge, where bridging them is worth more than the dearer writes. */
const useOneHour: Rule = ({requests, breaks, prices, days}: Facts) => {
	const threads = byThread(requests);
	const lost = new Map<string, number>();
	for (const {request, cause, lostCost, gap} of breaks.all) {
		if (cause === 'expired' && request.thread !== undefined && gap <= 60 * minute) {
			lost.set(request.thread, (lost.get(request.thread) ?? 0) + (lostCost ?? 0));
		}
	}
	let worth = 0;
	let count = 0;
	for (const [thread, cost] of lost) {
		const gain = cost - dearer(threads.get(thread) ?? [], prices, request => request.usage?.cacheWrite5m ?? 0);
		if (gain > 0) {
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
const useFiveMinutes: Rule = ({requests, prices, days}: Facts) => {
	let worth = 0;
	let count = 0;
	for (const thread of byThread(requests).values()) {
		const writes = thread.reduce((sum, {usage}) => sum + (usage?.cacheWrite1h ?? 0), 0);
		const pauses = thread.some((request, index) => {
			const gap = index === 0 ? 0 : request.time - (thread[index - 1]?.time ?? 0);
			return gap > 5 * minute && gap <= 60 * minute;
		});
		if (writes > 0 && !pauses && thread.some(({usage}) => usage && writtenTokens(usage) > 0)) {
			worth += dearer(thread, prices, request => request.usage?.cacheWrite1h ?? 0);
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
