import {toDollars} from '../money/money.js';
import {plural} from '../number-words.js';
import type {Rule} from './recommendation.js';

/** Gaps that a 1-hour cache would bridge, if it saves more than the higher write price costs. */
const useOneHour: Rule = ({lifetimes: {longer}}) =>
	longer.threads > 0
		? {
				id: 'use-one-hour-cache',
				severity: 'warning',
				evidence: `The 5-minute cache of ${plural(longer.threads, 'thread')} expired in gaps of less than an hour.`,
				action: `Use the 1-hour cache (ttl: "1h") for ${plural(longer.threads, 'thread')}: it saves more than the higher write price costs.`,
				cost: toDollars(longer.worth),
			}
		: undefined;

/** Threads that use the 1-hour cache but are never idle for more than five minutes. */
const useFiveMinutes: Rule = ({lifetimes: {shorter}}) =>
	shorter.threads > 0
		? {
				id: 'use-five-minute-cache',
				severity: 'note',
				evidence: `${plural(shorter.threads, 'thread')} used the 1-hour cache but ${shorter.threads === 1 ? 'was' : 'were'} never idle for more than 5 minutes.`,
				action: `Use the 5-minute cache for ${plural(shorter.threads, 'thread')}: writing costs 1.25× the input price instead of 2×.`,
				cost: toDollars(shorter.worth),
			}
		: undefined;

/** Advice on how long to cache. */
export const lifetimeRules: readonly Rule[] = [useOneHour, useFiveMinutes];
