import type {Request} from '../../../request.js';
import type {PriceList} from '../../money/pricing.js';
import {priceOfRequest} from '../../sums/parts.js';
import type {Counted} from '../facts.js';
import type {Around} from './around.js';
import {fewestBreaks, type Suspect, suspectsByLift} from './lift.js';
import {type Survived, survivedOf} from './survived.js';
import {isOpen, suspectsOf} from './suspicious.js';

/** Evidence about the breaks of a window. */
export type Evidence = {
	readonly suspects: readonly Suspect[];
	readonly survived: readonly Survived[];
	/** Number of the window's newest breaks and requests that were examined. */
	readonly breaks: number;
	readonly requests: number;
};

/** The evidence if nothing was examined. */
export const noEvidence: Evidence = {suspects: [], survived: [], breaks: 0, requests: 0};

/** Maximum number of breaks and of requests that are examined, newest first. */
const mostBreaks = 1000;
const mostRequests = 20_000;

/**
 * The ledger's question for evidence. Requests are queried only if an event precedes enough breaks.
 * @param prices for requests that have no price yet
 * @param most minimum number of breaks wanted
 */
export const evidenceQuestion = (prices: PriceList, most: number) => ({
	kind: 'breaks' as const,
	most: Math.max(most, mostBreaks),
	around: {
		most: mostRequests,
		priceOf: (request: Request) => priceOfRequest(request, prices),
		areWanted: (breaks: readonly Counted[]) => mayHaveSuspects(breaks.slice(-mostBreaks)),
	},
});

/**
 * Suspects and survivors of a window's breaks; exact for the breaks and requests examined.
 * @param found breaks of the window, oldest first @param around its newest requests
 */
export const evidenceOf = (found: readonly Counted[], around: Around): Evidence => {
	const breaks = found.slice(-mostBreaks);
	return {
		suspects: suspectsByLift(around),
		survived: survivedOf(breaks),
		breaks: breaks.length,
		requests: around.requests,
	};
};

const mayHaveSuspects = (breaks: readonly Counted[]): boolean => {
	const times = new Map<string, number>();
	for (const {request, facts} of breaks) {
		const kinds = facts.loss && isOpen(facts.loss.cause) ? suspectsOf(request).map(event => event.kind) : [];
		for (const kind of new Set(kinds)) {
			times.set(kind, (times.get(kind) ?? 0) + 1);
		}
	}
	return [...times.values()].some(broke => broke >= fewestBreaks);
};
