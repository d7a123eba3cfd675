import type {ThreadEvent} from '../../../request.js';
import {costOfLoss} from '../../money/cost.js';
import {type Picodollars, toDollars} from '../../money/money.js';
import type {Around, Told} from './around.js';
import {eventWords, suspectsOf} from './suspicious.js';

/** Something that happens more often before breaks than before other requests: a correlation, no proof. */
export type Suspect = {
	readonly kind: string;
	/** Undefined for all events of the kind together. */
	readonly detail: string | undefined;
	/** Breaks right after it. */
	readonly breaks: number;
	/** All requests right after it. */
	readonly requests: number;
	/** The share of breaks that it stands before, against its share of all requests. */
	readonly lift: number;
	/** Dollars that the breaks after it cost; undefined without a price. */
	readonly lostCost: number | undefined;
};

/** Fewer breaks may be chance. */
export const fewestBreaks = 3;
const leastLift = 2;
const mostSuspects = 20;

type Found = Pick<Suspect, 'kind' | 'detail' | 'breaks'>;

/** Requests that an event stands before. `broken` are those of them that broke. */
type Tally = ThreadEvent & {requests: number; breaks: number; readonly broken: Told[]};

/** The suspects of the open breaks among requests, the highest lift first. Those that tell nothing of the cache are left out. */
export const suspectsByLift = ({measured, open, told}: Around): readonly Suspect[] => {
	const tallies = new Map<string, Tally>();
	for (const one of told) {
		for (const [key, event] of distinct(suspectsOf(one))) {
			let tally = tallies.get(key);
			if (!tally) {
				tally = {...event, requests: 0, breaks: 0, broken: []};
				tallies.set(key, tally);
			}
			tally.requests += one.requests;
			if (one.open > 0) {
				tally.breaks += one.open;
				tally.broken.push(one);
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

/** Priced at last, and only for what is listed: of a thousand events a few are suspects. */
const costOf = (broken: readonly Told[]): number | undefined => {
	let cost: Picodollars | undefined;
	for (const {lost, price} of broken) {
		if (price) {
			cost = (cost ?? 0n) + costOfLoss(lost, price);
		}
	}
	return cost === undefined ? undefined : toDollars(cost);
};

/** Of equals, so that their order never depends on that of requests. */
const byName = (one: Found, other: Found): number => (eventWords(one) < eventWords(other) ? -1 : 1);

/** Events by kind and by name, each once. */
const distinct = (events: readonly ThreadEvent[]): ReadonlyMap<string, ThreadEvent> =>
	new Map(
		events.flatMap(({kind, detail}) => [
			[kind, {kind}] as const,
			...(detail === undefined ? [] : [[`${kind}\n${detail}`, {kind, detail}] as const]),
		]),
	);

/** A kind of which one name accounts for all breaks says nothing that the name doesn't. */
const isToldInDetail = ({kind, detail, breaks}: Found, suspects: readonly Found[]): boolean =>
	detail === undefined &&
	suspects.some(other => other.kind === kind && other.detail !== undefined && other.breaks === breaks);
