import {paidAtStarts} from '../breaks/cold-starts.js';
import {addPaid, type PaidTokens, sumOfPaid} from '../breaks/paid-tokens.js';
import type {Measures} from '../sums/measure-sums.js';
import type {Part} from '../sums/parts.js';
import {costOf, costOfLoss, costOfPaid} from './cost.js';
import {type Picodollars, priceOf, toDollars} from './money.js';

/** Where the money went: four parts that add up to the cost with cache, in dollars. */
export type CostParts = {
	/** Everything but the reads of the first requests of chains. */
	readonly firstWrites: number;
	/** What later requests added to their chains, and requests outside of chains. */
	readonly growth: number;
	/** Reads, including lost tokens at the price of reading them. */
	readonly reads: number;
	/** What breaks and small losses cost in addition to the price of reading. */
	readonly lost: number;
};

/** All lost tokens, of breaks and of small losses. */
const lostTokens = (measures: Measures): PaidTokens =>
	addPaid(
		{oneHour: measures.lostOneHour, fiveMinutes: measures.lostFiveMinutes, input: measures.lostInput},
		addPaid(
			{oneHour: measures.smallOneHour, fiveMinutes: measures.smallFiveMinutes, input: measures.smallInput},
			{oneHour: measures.automaticOneHour, fiveMinutes: measures.automaticFiveMinutes, input: measures.automaticInput},
		),
	);

/** Requires parts with all measures; undefined if none of them has a price. */
export const costPartsOf = (parts: readonly Part[]): CostParts | undefined => {
	let total: Picodollars = 0n;
	let first: Picodollars = 0n;
	let reads: Picodollars = 0n;
	let lost: Picodollars = 0n;
	let isPriced = false;
	for (const {
		lane: {price},
		measures,
	} of parts) {
		if (price) {
			isPriced = true;
			const again = lostTokens(measures);
			total += costOf(measures, price).with;
			first += costOfPaid(paidAtStarts(measures), price);
			reads += priceOf(measures.cacheRead + sumOfPaid(again), price.cacheRead);
			lost += costOfLoss(again, price);
		}
	}
	return isPriced
		? {
				firstWrites: toDollars(first),
				growth: toDollars(total - first - reads - lost),
				reads: toDollars(reads),
				lost: toDollars(lost),
			}
		: undefined;
};
