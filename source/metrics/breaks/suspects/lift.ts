import {costOfLoss} from '../../money/cost.js';
import {type Picodollars, toDollars} from '../../money/money.js';
import type {Around, EventGroup} from './around.js';
import {eventWords, suspectsOf} from './suspicious.js';

/** An event that precedes breaks more often than other requests: a correlation, not a proof. */
export type Suspect = {
	readonly kind: string;
	/** Undefined for all events of the kind together. */
	readonly detail: string | undefined;
	/** Number of breaks right after it. */
	readonly breaks: number;
	/** Number of all requests right after it. */
	readonly requests: number;
	/** The share of breaks that it precedes, divided by the share of all requests that it precedes. */
	readonly lift: number;
	/** The cost of the breaks after it in dollars; undefined without a price. */
	readonly lostCost: number | undefined;
};

/** With fewer breaks, a correlation may be chance. */
export const fewestBreaks = 3;
const leastLift = 2;
const mostSuspects = 20;

type Found = Pick<Suspect, 'kind' | 'detail' | 'breaks'>;

/** Requests after an event, and those of them that are breaks. */
type Tally = Pick<Suspect, 'kind' | 'detail'> & {
	requests: number;
	breaks: number;
	readonly broken: EventGroup[];
	/** Counted last: the same event may precede a request several times. */
	latest: EventGroup | undefined;
};

/** The suspects of the open breaks, highest lift first; events that do not correlate with breaks are left out. */
export const suspectsByLift = ({measured, open, told}: Around): readonly Suspect[] => {
	const tallies = new Map<string, Tally>();
	for (const one of told) {
		for (const {kind, detail} of suspectsOf(one)) {
			addTold(tallies, kind, undefined, one);
			if (detail !== undefined) {
				addTold(tallies, kind, detail, one);
			}
		}
	}
	const suspects = [...tallies.values()]
		.filter(({breaks}) => breaks >= fewestBreaks)
		.map(({kind, detail, breaks, requests, broken}) => ({
			kind,
			detail,
			breaks,
			requests,
			lift: breaks / open / (requests / measured),
			broken,
		}))
		.filter(({lift}) => lift >= leastLift);
	return suspects
		.filter(suspect => !isToldInDetail(suspect, suspects))
		.sort((one, other) => other.lift - one.lift || other.breaks - one.breaks || byName(one, other))
		.slice(0, mostSuspects)
		.map(({broken, ...suspect}) => ({...suspect, lostCost: costOf(broken)}));
};

/** @param detail undefined for all events of the kind together */
const addTold = (tallies: Map<string, Tally>, kind: string, detail: string | undefined, told: EventGroup): void => {
	const key = detail === undefined ? kind : `${kind}\n${detail}`;
	let tally = tallies.get(key);
	if (!tally) {
		tally = {kind, detail, requests: 0, breaks: 0, broken: [], latest: undefined};
		tallies.set(key, tally);
	}
	if (tally.latest === told) {
		return;
	}
	tally.latest = told;
	tally.requests += told.requests;
	if (told.open > 0) {
		tally.breaks += told.open;
		tally.broken.push(told);
	}
};

/** Computed only for the suspects that are listed: few of a thousand events are. */
const costOf = (broken: readonly EventGroup[]): number | undefined => {
	let cost: Picodollars | undefined;
	for (const {lost, price} of broken) {
		if (price) {
			cost = (cost ?? 0n) + costOfLoss(lost, price);
		}
	}
	return cost === undefined ? undefined : toDollars(cost);
};

/** Order among equals, independent of the order of requests. */
const byName = (one: Found, other: Found): number => (eventWords(one) < eventWords(other) ? -1 : 1);

/** A kind is redundant if one of its names accounts for all of its breaks. */
const isToldInDetail = ({kind, detail, breaks}: Found, suspects: readonly Found[]): boolean =>
	detail === undefined &&
	suspects.some(other => other.kind === kind && other.detail !== undefined && other.breaks === breaks);
