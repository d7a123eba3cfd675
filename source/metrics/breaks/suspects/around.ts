import type {Request, ThreadEvent} from '../../../request.js';
import {isMeasured} from '../../measured.js';
import type {ModelPrices} from '../../money/pricing.js';
import type {Counted} from '../facts.js';
import {noTokens, type PaidTokens} from '../lost.js';
import {isOpen} from './suspicious.js';

/** Measured requests that the same events stand before; there may be several of these for the same events. */
export type Told = {
	readonly events: readonly ThreadEvent[];
	readonly requests: number;
	/** Those of them that are breaks, of causes that leave open what changed the prompt. */
	readonly open: number;
	/** What these lost. */
	readonly lost: PaidTokens;
	/** Their price; undefined if none is known. */
	readonly price: ModelPrices | undefined;
};

/** The newest requests of a window, as far as suspects are told from them. */
export type Around = {
	/** How many requests there are. */
	readonly requests: number;
	/** Those of them whose log tells what was read from the cache. */
	readonly measured: number;
	/** Those of these that are breaks, of causes that leave open what changed the prompt. */
	readonly open: number;
	/** Those of the measured ones that events stand before. */
	readonly told: readonly Told[];
};

/** No requests, with nothing before them. */
export const nothingAround: Around = {requests: 0, measured: 0, open: 0, told: []};

/** The requests of both. */
export const bothAround = (one: Around, other: Around): Around => ({
	requests: one.requests + other.requests,
	measured: one.measured + other.measured,
	open: one.open + other.open,
	told: [...one.told, ...other.told],
});

/** What a request is priced at; undefined if that is not known. */
export type PriceOf = (request: Request) => ModelPrices | undefined;

/** What is around, of requests that are at hand. */
export const aroundOf = (requests: readonly Counted[], priceOf: PriceOf): Around => {
	const told: Told[] = [];
	let measured = 0;
	let open = 0;
	for (const {request, facts} of requests) {
		if (!isMeasured(request)) {
			continue;
		}
		const lost = facts.loss && isOpen(facts.loss.cause) ? facts.loss : undefined;
		measured++;
		open += lost ? 1 : 0;
		if (request.events?.length) {
			const price = lost && priceOf(request);
			told.push({events: request.events, requests: 1, open: lost ? 1 : 0, lost: lost ?? noTokens, price});
		}
	}
	return {requests: requests.length, measured, open, told};
};
