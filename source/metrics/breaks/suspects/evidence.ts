import type {Request} from '../../../request.js';
import type {PriceList} from '../../money/pricing.js';
import {priceOfRequest} from '../../sums/parts.js';
import {type Around, nothingAround, type PriceOf} from './around.js';
import {fewestBreaks, type Suspect, suspectsByLift} from './lift.js';
import type {OpenBreak, OpenBreaks} from './open-breaks.js';
import {type Survived, survivedOf} from './survived.js';
import {suspectsOf} from './suspicious.js';

/** Evidence about the breaks of a window. */
export type Evidence = {
	readonly suspects: readonly Suspect[];
	readonly survived: readonly Survived[];
	/** Number of the window's newest breaks and requests that were examined. */
	readonly breaks: number;
	readonly requests: number;
};

/** Maximum number of breaks and of requests that are examined, newest first. */
const mostBreaks = 1000;
const mostRequests = 20_000;

/** How much of a window is examined for evidence. */
export type Examine = {
	/** Maximum number of breaks. */
	readonly breaks: number;
	/** Maximum number of requests; queried only if the breaks `mayHaveSuspects`. */
	readonly requests: number;
	/** For requests that have no price yet. */
	readonly priceOf: PriceOf;
};

/** The breaks and requests that evidence is computed from. */
export type Examined = OpenBreaks & {
	/** The newest requests; empty if the breaks gave no reason to query them. */
	readonly around: Around;
};

/** The result if nothing was examined. */
export const nothingExamined: Examined = {breaks: 0, open: [], around: nothingAround};

/** How much a report examines. @param prices for requests that have no price yet */
export const evidenceFrom = (prices: PriceList): Examine => ({
	breaks: mostBreaks,
	requests: mostRequests,
	priceOf: (request: Request) => priceOfRequest(request, prices),
});

/** Suspects and survivors of a window's breaks; exact for the breaks and requests examined. */
export const evidenceOf = ({breaks, open, around}: Examined): Evidence => ({
	suspects: suspectsByLift(around),
	survived: survivedOf(open),
	breaks,
	requests: around.requests,
});

/** Whether an event precedes enough breaks to be a suspect. */
export const mayHaveSuspects = (open: readonly OpenBreak[]): boolean => {
	const times = new Map<string, number>();
	return open.some(broken =>
		[...new Set(suspectsOf(broken).map(event => event.kind))].some(kind => {
			const broke = (times.get(kind) ?? 0) + 1;
			times.set(kind, broke);
			return broke >= fewestBreaks;
		}),
	);
};
