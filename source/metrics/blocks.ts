import {ratio} from './report/summary.js';
import {blockNumbers, type Measures} from './sums/measures.js';

/** How one cache block was used. */
export type BlockUsage = {
	/** 1 is the system prompt; what lies beyond the API's limit counts as the first number beyond. */
	readonly number: number;
	/** Requests whose plan marked it. */
	readonly requests: number;
	/** Of the requests whose plan marked anything, 0–1. */
	readonly share: number | undefined;
	/** Undefined if the log reports no tokens for it. */
	readonly tokens: number | undefined;
	readonly averageTokens: number | undefined;
	/** Requests that marked it, per slice of the window. */
	readonly series: readonly number[];
};

/** How a set of requests marked its prompts for caching, from their plans. */
export type Blocks = {
	readonly usage: readonly BlockUsage[];
	/** Requests that marked as many blocks as the API allows. */
	readonly atLimit: number;
	/**
	 * Requests all of whose marked tokens fall below the model's minimum: they cannot be cached, whatever the log says.
	 * Undefined if the level of the log hides blocks.
	 */
	readonly belowMinimum: number | undefined;
	/** Requests of which the level of the log hides all blocks but the first. */
	readonly hidden: number;
	/** Requests in which a part of the prompt was left unmarked as too small. */
	readonly tooSmall: number;
	/** Requests to a model that the application knows not to cache. */
	readonly unsupported: number;
	/** Requests that used stored blocks again. */
	readonly reused: number;
};

/** @param slices the sums of each slice of the window, oldest first */
export const blocksOf = (total: Measures, slices: readonly Measures[]): Blocks => ({
	usage: blockNumbers
		.filter(number => total[`block${number}Requests`] > 0)
		.map(number => {
			const counted = total[`block${number}Counted`];
			const tokens = total[`block${number}Tokens`];
			return {
				number,
				requests: total[`block${number}Requests`],
				share: ratio(total[`block${number}Requests`], total.plannedHits),
				tokens: counted > 0 ? tokens : undefined,
				averageTokens: ratio(tokens, counted),
				series: slices.map(slice => slice[`block${number}Requests`]),
			};
		}),
	atLimit: total.atLimit,
	belowMinimum: total.hiddenPlans > 0 ? undefined : total.belowMinimum,
	hidden: total.hiddenPlans,
	tooSmall: total.tooSmall,
	unsupported: total.unsupported,
	reused: total.reused,
});
