import type {ThreadEvent} from '../../../request.js';
import {costOfLoss} from '../../money/cost.js';
import {type Picodollars, toDollars} from '../../money/money.js';
import type {Around} from './around.js';
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

type Tally = ThreadEvent & {requests: number; breaks: number; lost: Picodollars | undefined};

/** The suspects of the open breaks, highest lift first; events that do not correlate with breaks are left out. */
export const suspectsByLift = ({measured, open, told}: Around): readonly Suspect[] => {
	const tallies = new Map<string, Tally>();
	for (const {events, requests, open: breaks, lost, price} of told) {
		for (const [key, event] of distinct(suspectsOf({events}))) {
			const tally = tallies.get(key) ?? {...event, requests: 0, breaks: 0, lost: undefined};
			tallies.set(key, tally);
			tally.requests += requests;
			tally.breaks += breaks;
			if (breaks > 0 && price) {
				tally.lost = (tally.lost ?? 0n) + costOfLoss(lost, price);
			}
		}
	}
	const suspects = [...tallies.values()]
		.filter(({breaks}) => breaks >= fewestBreaks)
		.map(({kind, detail, breaks, requests, lost}) => ({
			kind,
			detail,
			breaks,
			requests,
			lift: breaks / open / (requests / measured),
			lostCost: lost === undefined ? undefined : toDollars(lost),
		}))
		.filter(({lift}) => lift >= leastLift);
	return suspects
		.filter(suspect => !isToldInDetail(suspect, suspects))
		.sort((one, other) => other.lift - one.lift || other.breaks - one.breaks || byName(one, other))
		.slice(0, mostSuspects);
};

/** Order among equals, independent of the order of requests. */
const byName = (one: Suspect, other: Suspect): number => (eventWords(one) < eventWords(other) ? -1 : 1);

/** Events by kind and by name, without duplicates. */
const distinct = (events: readonly ThreadEvent[]): ReadonlyMap<string, ThreadEvent> =>
	new Map(
		events.flatMap(({kind, detail}) => [
			[kind, {kind}] as const,
			...(detail === undefined ? [] : [[`${kind}\n${detail}`, {kind, detail}] as const]),
		]),
	);

/** A kind is redundant if one of its names accounts for all of its breaks. */
const isToldInDetail = ({kind, detail, breaks}: Suspect, suspects: readonly Suspect[]): boolean =>
	detail === undefined &&
	suspects.some(other => other.kind === kind && other.detail !== undefined && other.breaks === breaks);
