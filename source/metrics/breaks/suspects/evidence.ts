import type {PriceList} from '../../money/pricing.js';
import {type Break, breakOf} from '../breaks.js';
import type {Counted} from '../facts.js';
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
 * What evidence is computed from. Its requests are asked for only where an event stands before enough breaks.
 * @param most so many breaks are wanted at least
 */
export const evidenceQuestion = (prices: PriceList, now: number, most: number) => ({
	kind: 'breaks' as const,
	most: Math.max(most, mostBreaks),
	requests: {
		most: mostRequests,
		areWanted: (counted: readonly Counted[]) =>
			mayHaveSuspects(counted.slice(-mostBreaks).flatMap(one => breakOf(one, prices, now) ?? [])),
	},
});

/**
 * Suspects and survivors of a window's breaks. Exact for what is looked at: the newest breaks, and the newest requests.
 * @param found breaks of the window, oldest first
 */
export const evidenceOf = (
	found: readonly Break[],
	requests: readonly Counted[],
	prices: PriceList,
	now: number,
): Evidence => {
	const breaks = found.slice(-mostBreaks);
	return {
		suspects: suspectsByLift(requests, prices, now),
		survived: survivedOf(breaks),
		breaks: breaks.length,
		requests: requests.length,
	};
};

const mayHaveSuspects = (breaks: readonly Break[]): boolean => {
	const times = new Map<string, number>();
	for (const {cause, request} of breaks) {
		for (const kind of isOpen(cause) ? new Set(suspectsOf(request).map(event => event.kind)) : []) {
			times.set(kind, (times.get(kind) ?? 0) + 1);
		}
	}
	return [...times.values()].some(broke => broke >= fewestBreaks);
};
