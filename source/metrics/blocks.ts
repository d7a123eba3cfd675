import {ratio} from './report/summary.js';
import type {Measures} from './sums/measure-sums.js';
import {blockNumbers} from './sums/measures.js';

/** The use of one cache block. */
export type BlockUsage = {
	/** 1 is the system prompt; numbers beyond the API's limit are counted as the first number beyond. */
	readonly number: number;
	/** Number of requests whose plan marked it. */
	readonly requests: number;
	/** Share of the requests with any marks, 0–1. */
	readonly share: number | undefined;
	/** Undefined if the log reports no tokens for it. */
	readonly tokens: number | undefined;
	readonly averageTokens: number | undefined;
	/** Number of requests that marked it, per slice of the window. */
	readonly series: readonly number[];
};

/** How requests marked their prompts for caching, from their plans. */
export type Blocks = {
	readonly usage: readonly BlockUsage[];
	/** Number of requests that marked as many blocks as the API allows. */
	readonly atLimit: number;
	/**
	 * Number of requests whose marked tokens are all below the model's minimum and thus cannot be cached. Undefined if
	 * the log's level hides blocks.
	 */
	readonly belowMinimum: number | undefined;
	/** Number of requests for which the log's level hides all blocks but the first. */
	readonly hidden: number;
	/** Number of requests with a part of the prompt left unmarked as too small. */
	readonly tooSmall: number;
	/** Number of requests to models that the application knows not to cache. */
	readonly unsupported: number;
	/** Number of requests that reused stored blocks. */
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
