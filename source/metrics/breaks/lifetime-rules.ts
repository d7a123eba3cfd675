import {toDollars} from '../money/money.js';
import type {Rule} from '../recommendations/recommendation.js';
import {plural} from '../words.js';

/** Gaps that a 1-hour cache would bridge, where bridging them is worth more than the dearer writes. */
const useOneHour: Rule = ({lifetimes: {longer}, days}) =>
	longer.threads > 0
		? {
				id: 'use-one-hour-cache',
				severity: 'warning',
				evidence: `The 5-minute cache of ${plural(longer.threads, 'thread')} expired in gaps of less than an hour.`,
				action: 'Use the 1-hour cache for them (ttl: "1h"): bridging the gaps is worth more than the dearer writes.',
				worthPerDay: toDollars(longer.worth) / days,
			}
		: undefined;

/** Threads that write for an hour and never pause for longer than five minutes. */
const useFiveMinutes: Rule = ({lifetimes: {shorter}, days}) =>
	shorter.threads > 0
		? {
				id: 'use-five-minute-cache',
				severity: 'note',
				evidence: `${plural(shorter.threads, 'thread')} wrote for an hour and never paused for longer than five minutes.`,
				action: 'Use the 5-minute cache for them: its writes cost 1.25 instead of 2 times the input.',
				worthPerDay: toDollars(shorter.worth) / days,
			}
		: undefined;

export const lifetimeRules: readonly Rule[] = [useOneHour, useFiveMinutes];
