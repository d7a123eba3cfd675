import type {ThreadEvent} from '../../../request.js';
import {isMeasured} from '../../measured.js';
import type {PriceList} from '../../money/pricing.js';
import {breakOf} from '../breaks.js';
import type {Counted} from '../facts.js';
import {isOpen, suspectsOf} from './suspicious.js';

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

type Tally = ThreadEvent & {requests: number; breaks: number; lostCost: number | undefined};

/** The suspects of these requests' open breaks, the highest lift first. Requests that tell nothing of the cache are left out. */
export const suspectsByLift = (requests: readonly Counted[], prices: PriceList, now: number): readonly Suspect[] => {
	const tallies = new Map<string, Tally>();
	let all = 0;
	let open = 0;
	for (const counted of requests) {
		if (!isMeasured(counted.request)) {
			continue;
		}
		const found = breakOf(counted, prices, now);
		const broke = found && isOpen(found.cause) ? found : undefined;
		all++;
		open += broke ? 1 : 0;
		if (!counted.request.events?.length) {
			continue;
		}
		for (const [key, event] of distinct(suspectsOf(counted.request))) {
			const tally = tallies.get(key) ?? {...event, requests: 0, breaks: 0, lostCost: undefined};
			tallies.set(key, tally);
			tally.requests++;
			if (broke) {
				tally.breaks++;
				tally.lostCost = broke.lostCost === undefined ? tally.lostCost : (tally.lostCost ?? 0) + broke.lostCost;
			}
		}
	}
	const suspects = [...tallies.values()]
		.filter(({breaks}) => breaks >= fewestBreaks)
		.map(({kind, detail, breaks, requests, lostCost}) => ({
			kind,
			detail,
			breaks,
			requests,
			lift: breaks / open / (requests / all),
			lostCost,
		}))
		.filter(({lift}) => lift >= leastLift);
	return suspects
		.filter(suspect => !isToldInDetail(suspect, suspects))
		.sort((one, other) => other.lift - one.lift || other.breaks - one.breaks)
		.slice(0, mostSuspects);
};

/** Events by kind and by name, each once. */
const distinct = (events: readonly ThreadEvent[]): ReadonlyMap<string, ThreadEvent> =>
	new Map(
		events.flatMap(({kind, detail}) => [
			[kind, {kind}] as const,
			...(detail === undefined ? [] : [[`${kind}\n${detail}`, {kind, detail}] as const]),
		]),
	);

/** A kind of which one name accounts for all breaks says nothing that the name doesn't. */
const isToldInDetail = ({kind, detail, breaks}: Suspect, suspects: readonly Suspect[]): boolean =>
	detail === undefined &&
	suspects.some(other => other.kind === kind && other.detail !== undefined && other.breaks === breaks);
