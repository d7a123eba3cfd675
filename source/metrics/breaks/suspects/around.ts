import type {Request, ThreadEvent} from '../../../request.js';
import {isMeasured} from '../../measured.js';
import type {ModelPrices} from '../../money/pricing.js';
import type {Facts} from '../facts.js';
import {noTokens, type PaidTokens} from '../paid-tokens.js';
import {isOpen} from './suspicious.js';

/** Measured requests that the same events precede; several of these may have the same events. */
export type EventGroup = {
	readonly events: readonly ThreadEvent[];
	readonly requests: number;
	/** Number of these requests with breaks whose cause leaves open what changed the prompt. */
	readonly open: number;
	/** The total loss of these breaks. */
	readonly lost: PaidTokens;
	/** Their price; undefined if unknown. */
	readonly price: ModelPrices | undefined;
};

/** The newest requests of a window, as input for finding suspects. */
export type Around = {
	/** Number of requests. */
	readonly requests: number;
	/** Number of measured requests. */
	readonly measured: number;
	/** Number of measured requests with breaks whose cause leaves open what changed the prompt. */
	readonly open: number;
	/** The measured requests with events. */
	readonly told: readonly EventGroup[];
};

/** No requests, with nothing before them. */
export const nothingAround: Around = {requests: 0, measured: 0, open: 0, told: []};

/** The union of both. */
export const bothAround = (one: Around, other: Around): Around => ({
	requests: one.requests + other.requests,
	measured: one.measured + other.measured,
	open: one.open + other.open,
	told: [...one.told, ...other.told],
});

/** Returns the price of a request; undefined if unknown. */
export type PriceOf = (request: Request) => ModelPrices | undefined;

/** What is asked of a request and its facts. */
type Surrounding<Asked> = {readonly request: Asked; readonly facts: Pick<Facts, 'loss'>};

/**
 * Summarises a list of requests.
 * @param priceOf called only for breaks after events
 */
export const aroundOf = <Asked extends Pick<Request, 'usage' | 'events'>>(
	requests: readonly Surrounding<Asked>[],
	priceOf: (request: Asked) => ModelPrices | undefined,
): Around => {
	const told: EventGroup[] = [];
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
