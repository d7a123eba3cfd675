import type {Filter} from '../../filter.js';
import type {Ledger} from '../../ledger.js';
import type {PriceList} from '../../money/pricing.js';
import type {Window} from '../../windows/window.js';
import {type Break, breakOf} from '../breaks.js';
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

export const noEvidence: Evidence = {suspects: [], survived: [], breaks: 0, requests: 0};

/** So many of the newest breaks of a window are looked at, and so many of its requests. */
const mostBreaks = 1000;
const mostRequests = 20_000;

/**
 * Suspects and survivors of a window's breaks. Exact for what is looked at: the newest breaks, and the newest requests.
 * The latter are asked for only where an event stands before enough breaks.
 */
export const evidenceOf = (
	ledger: Ledger,
	window: Window,
	filter: Filter,
	prices: PriceList,
	now: number,
): Evidence => {
	const breaks = ledger.breaks(window, filter, mostBreaks).flatMap(counted => breakOf(counted, prices, now) ?? []);
	const requests = mayHaveSuspects(breaks) ? ledger.requests(window, filter, mostRequests) : [];
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
