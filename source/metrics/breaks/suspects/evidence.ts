import type {Request} from '../../../request.js';
import type {PriceList} from '../../money/pricing.js';
import {priceOfRequest} from '../../sums/parts.js';
import type {Counted} from '../facts.js';
import type {Around} from './around.js';
import {fewestBreaks, type Suspect, suspectsByLift} from './lift.js';
import {type Survived, survivedOf} from './survived.js';
import {isOpen, suspectsOf} from './suspicious.js';

/** What stands around the breaks of a window. */
export type Evidence = {
	readonly suspects: readonly Suspect[];
	readonly survived: readonly Survived[];
	/** How many of the window's newest breaks and requests were looked at. */
	readonly breaks: number;
	readonly requests: number;
};

/** What is found where nothing was looked at. */
export const noEvidence: Evidence = {suspects: [], survived: [], breaks: 0, requests: 0};

/** So many of the newest breaks of a window are looked at, and so many of its requests. */
const mostBreaks = 1000;
const mostRequests = 20_000;

/**
 * What evidence is computed from. The requests around are asked for only where an event stands before enough breaks.
 * @param prices what requests are priced at that are not priced yet
 * @param most so many breaks are wanted at least
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
 * Suspects and survivors of a window's breaks. Exact for what is looked at: the newest breaks, and the newest requests.
 * @param found breaks of the window, oldest first  @param around its newest requests
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
