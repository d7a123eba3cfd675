import {inputTokens, type Plan, type Request, type Usage} from '../../request.js';
import {type ColdKind, coldKinds, type Facts} from '../breaks/facts.js';
import {fiveMinutes, oneHour} from '../breaks/lifetime.js';
import {type BreakCause, breakCauses} from '../breaks/loss.js';
import type {PaidTokens} from '../breaks/paid-tokens.js';
import {tellsCache} from '../measured.js';
import {isBelowMinimum, isPlannedHit} from '../plan.js';
import {hasAll, type MeasureSums, placeOf} from './measure-sums.js';
import {allMeasures, type BlockNumber, blockLimit, blockNumbers, type Measure} from './measures.js';

/** The index of each measure in sums. */
const at = Object.fromEntries(allMeasures.map(name => [name, placeOf(name)])) as Readonly<Record<Measure, number>>;

// Constants, because looking them up by name for each request would take longer than adding.
const {requests, measured, hits, estimated, uncached, cacheRead, cacheWrite5m, cacheWrite1h, output} = at;
const {cacheUnknownInput, planned, plannedHits, marked, markedBlocks, hiddenPlans} = at;
const {readFiveMinutes, readOneHour, pauses, breaks, lostOneHour, lostFiveMinutes, lostInput} = at;
const {markedMeasured, atLimit, belowMinimum, tooSmall, unsupported, reused} = at;

/** The indices of each block's measures, by block number. */
const ofBlock = blockNumbers.map(number => ({
	requests: at[`block${number}Requests`],
	tokens: at[`block${number}Tokens`],
	counted: at[`block${number}Counted`],
}));

/** The indices of measures about tokens that were paid for. */
type PaidPlaces = Readonly<Record<'count' | 'oneHour' | 'fiveMinutes' | 'input', number>>;

const placesBy = <Name extends string>(
	names: readonly Name[],
	places: (name: Name) => PaidPlaces,
): Readonly<Record<Name, PaidPlaces>> =>
	Object.fromEntries(names.map(name => [name, places(name)])) as Record<Name, PaidPlaces>;

const ofCause = placesBy(breakCauses, (cause: BreakCause) => ({
	count: at[`${cause}Breaks`],
	oneHour: at[`${cause}OneHour`],
	fiveMinutes: at[`${cause}FiveMinutes`],
	input: at[`${cause}Input`],
}));
const ofSmall = placesBy(['small', 'automatic'], size => ({
	count: at[`${size}Losses`],
	oneHour: at[`${size}OneHour`],
	fiveMinutes: at[`${size}FiveMinutes`],
	input: at[`${size}Input`],
}));
const ofCold = placesBy(coldKinds, (kind: ColdKind) => ({
	count: at[`${kind}Starts`],
	oneHour: at[`${kind}StartOneHour`],
	fiveMinutes: at[`${kind}StartFiveMinutes`],
	input: at[`${kind}StartInput`],
}));

const add = (to: MeasureSums, place: number, value: number): void => {
	to[place] = (to[place] as number) + value;
};

/** The parts of a request that are summed. */
type Summed = Pick<Request, 'usage' | 'plan' | 'model'>;

/**
 * Adds a request to sums, or subtracts it. Defines what every measure means.
 * @param to sums of all measures, or of a thread or log
 * @param sign 1 or -1
 */
export const addRequest = (to: MeasureSums, request: Summed, facts: Facts, sign: 1 | -1 = 1): void => {
	const {usage, plan} = request;
	add(to, requests, sign);
	if (usage) {
		addUsage(to, usage, sign);
	}
	if (plan) {
		addPlan(to, request, plan, sign);
	}
	addFacts(to, facts, sign);
};

const addUsage = (to: MeasureSums, usage: Usage, sign: 1 | -1): void => {
	add(to, estimated, usage.accuracy === 'exact' ? 0 : sign);
	add(to, output, sign * usage.output);
	if (!tellsCache(usage)) {
		const input = inputTokens(usage);
		add(to, uncached, sign * input);
		add(to, cacheUnknownInput, sign * input);
		return;
	}
	add(to, measured, sign);
	add(to, hits, usage.cacheRead > 0 ? sign : 0);
	add(to, uncached, sign * usage.uncached);
	add(to, cacheRead, sign * usage.cacheRead);
	add(to, cacheWrite5m, sign * usage.cacheWrite5m);
	add(to, cacheWrite1h, sign * usage.cacheWrite1h);
};

/** Adds or subtracts only the facts of a request. If only those changed, its tokens need not be known. */
export const addFacts = (to: MeasureSums, facts: Facts, sign: 1 | -1): void => {
	const {gap, loss} = facts;
	add(to, readFiveMinutes, sign * facts.readFiveMinutes);
	add(to, readOneHour, sign * facts.readOneHour);
	add(to, pauses, gap !== undefined && gap > fiveMinutes && gap <= oneHour ? sign : 0);
	if (loss) {
		add(to, breaks, sign);
		add(to, lostOneHour, sign * loss.oneHour);
		add(to, lostFiveMinutes, sign * loss.fiveMinutes);
		add(to, lostInput, sign * loss.input);
	}
	if (hasAll(to)) {
		addKinds(to, facts, sign);
	}
};

/** Adds or subtracts facts by their kinds. */
const addKinds = (to: MeasureSums, {loss, small, cold}: Facts, sign: 1 | -1): void => {
	if (loss) {
		addPaid(to, ofCause[loss.cause], loss, sign);
	}
	if (small) {
		addPaid(to, ofSmall[small.automatic ? 'automatic' : 'small'], small, sign);
	}
	if (cold) {
		addPaid(to, ofCold[cold.kind], cold, sign);
	}
};

const addPaid = (
	to: MeasureSums,
	places: PaidPlaces,
	{oneHour, fiveMinutes, input}: PaidTokens,
	sign: 1 | -1,
): void => {
	add(to, places.count, sign);
	add(to, places.oneHour, sign * oneHour);
	add(to, places.fiveMinutes, sign * fiveMinutes);
	add(to, places.input, sign * input);
};

const addPlan = (to: MeasureSums, request: Summed, plan: Plan, sign: 1 | -1): void => {
	add(to, planned, sign);
	for (const {tokens} of plan.blocks) {
		if (tokens !== undefined) {
			add(to, marked, sign * tokens);
			add(to, markedBlocks, sign);
		}
	}
	add(to, hiddenPlans, plan.hidden ? sign : 0);
	add(to, plannedHits, isPlannedHit(request) ? sign : 0);
	if (hasAll(to)) {
		addBlocks(to, request, plan, sign);
	}
};

const slotOf = (number: number): BlockNumber => Math.max(1, Math.min(number, blockNumbers.length)) as BlockNumber;

const addBlocks = (to: MeasureSums, request: Summed, plan: Plan, sign: 1 | -1): void => {
	const {blocks} = plan;
	add(to, markedMeasured, blocks.length > 0 && request.usage ? sign : 0);
	add(to, tooSmall, plan.skipped.length > 0 ? sign : 0);
	add(to, unsupported, plan.unsupported ? sign : 0);
	let isReused = false;
	/** A bit for each number that occurred, and their count. */
	let seen = 0;
	let numbers = 0;
	for (const {number, tokens, reused: again} of blocks) {
		const slot = slotOf(number);
		const places = ofBlock[slot - 1] as (typeof ofBlock)[number];
		isReused ||= again;
		if ((seen & (1 << slot)) === 0) {
			seen |= 1 << slot;
			numbers++;
			add(to, places.requests, sign);
		}
		if (tokens !== undefined) {
			add(to, places.tokens, sign * tokens);
			add(to, places.counted, sign);
		}
	}
	add(to, reused, isReused ? sign : 0);
	add(to, atLimit, numbers >= blockLimit ? sign : 0);
	add(to, belowMinimum, isBelowMinimum(request) ? sign : 0);
};
