import type {Request} from '../../../request.js';
import type {PriceList} from '../../money/pricing.js';
import {priceOfRequest} from '../../sums/parts.js';
import {type Around, nothingAround, type PriceOf} from './around.js';
import {fewestBreaks, type Suspect, suspectsByLift} from './lift.js';
import type {OpenBreak, OpenBreaks} from './open-breaks.js';
import {type Survived, survivedOf} from './survived.js';
import {suspectsOf} from './suspicious.js';

/** What stands around the breaks of a window. */
export type Evidence = {
	readonly suspects: readonly Suspect[];
	readonly survived: readonly Survived[];
	/** How many of the window's newest breaks and requests were looked at. */
	readonly breaks: number;
	readonly requests: number;
};

/** So many of the newest breaks of a window are looked at, and so many of its requests. */
const mostBreaks = 1000;
const mostRequests = 20_000;

/** How much of a window is looked at for evidence. */
export type LookAt = {
	/** So many of the newest breaks. */
	readonly breaks: number;
	/** So many of the newest requests. They are asked for only where the breaks `mayHaveSuspects`. */
	readonly requests: number;
	/** For requests that are not priced yet. */
	readonly priceOf: PriceOf;
};

/** What evidence is told from. */
export type LookedAt = OpenBreaks & {
	/** The newest requests; none where the breaks gave no reason to look at them. */
	readonly around: Around;
};

/** What is known where nothing was looked at. */
export const nothingLookedAt: LookedAt = {breaks: 0, open: [], around: nothingAround};

/** What is looked at. @param prices what requests are priced at that are not priced yet */
export const evidenceFrom = (prices: PriceList): LookAt => ({
	breaks: mostBreaks,
	requests: mostRequests,
	priceOf: (request: Request) => priceOfRequest(request, prices),
});

/** Suspects and survivors of a window's breaks. Exact for what is looked at: the newest breaks, and the newest requests. */
export const evidenceOf = ({breaks, open, around}: LookedAt): Evidence => ({
	suspects: suspectsByLift(around),
	survived: survivedOf(open),
	breaks,
	requests: around.requests,
});

/** Whether an event stands before enough breaks to be a suspect. */
export const mayHaveSuspects = (open: readonly OpenBreak[]): boolean => {
	const times = new Map<string, number>();
	for (const broken of open) {
		for (const kind of new Set(suspectsOf(broken).map(event => event.kind))) {
			times.set(kind, (times.get(kind) ?? 0) + 1);
		}
	}
	return [...times.values()].some(broke => broke >= fewestBreaks);
};
