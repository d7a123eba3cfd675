import {inputTokens, type Request, type Usage} from '../request.js';
import {type ColdKind, coldKinds, type Facts} from './breaks/facts.js';
import {fiveMinutes, oneHour} from './breaks/lifetime.js';
import {type BreakCause, breakCauses} from './breaks/loss.js';
import {tellsCache} from './measured.js';
import {isBelowMinimum, isPlannedHit} from './plan.js';

/** Anthropic's API takes so many cache breakpoints; backends number their blocks up to it. */
export const blockLimit = 4;

/** Blocks are counted one by one; those beyond the limit, which the API would refuse, together as the last. */
export const blockNumbers = [1, 2, 3, 4, 5] as const;
export type BlockNumber = (typeof blockNumbers)[number];

const slotOf = (number: number): BlockNumber => Math.max(1, Math.min(number, blockNumbers.length)) as BlockNumber;

/**
 * What is added up of requests, and kept of each thread in each hour: whole numbers only, so that sums are the same
 * whatever their order. Money is none of them: it follows from tokens and prices.
 */
export const threadMeasures = [
	'requests',
	/** Requests of which the log tells what was read from the cache. */
	'measured',
	'hits',
	'estimated',
	'uncached',
	'cacheRead',
	'cacheWrite5m',
	'cacheWrite1h',
	'output',
	/** Of the uncached tokens, those of requests with usage that says nothing about the cache. */
	'cacheUnknownInput',
	/** Requests with a plan, those of them that marked anything, the marked tokens, and the blocks that told them. */
	'planned',
	'plannedHits',
	'marked',
	'markedBlocks',
	/** Of the plans, those of which the log's level hides a part: their rate may not be known. */
	'hiddenPlans',
	/** What would have been read if all writes lived for five minutes, or for an hour. */
	'readFiveMinutes',
	'readOneHour',
	/** Gaps that an hour's cache bridges and five minutes' does not. */
	'pauses',
	'breaks',
	'lostOneHour',
	'lostFiveMinutes',
	'lostInput',
] as const;

type BlockMeasure = `block${BlockNumber}${'Requests' | 'Tokens' | 'Counted'}`;
type CauseMeasure = `${BreakCause}${'Breaks' | 'OneHour' | 'FiveMinutes' | 'Input'}`;
type SmallMeasure = `${'small' | 'automatic'}${'Losses' | 'OneHour' | 'FiveMinutes' | 'Input'}`;
type ColdMeasure = `${ColdKind}Start${'s' | 'OneHour' | 'FiveMinutes' | 'Input'}`;

/** What is added up of requests beside that, whatever their thread. */
export const otherMeasures: readonly (
	| 'markedMeasured'
	| 'atLimit'
	| 'belowMinimum'
	| 'tooSmall'
	| 'unsupported'
	| 'reused'
	| BlockMeasure
	| CauseMeasure
	| SmallMeasure
	| ColdMeasure
)[] = [
	'markedMeasured',
	'atLimit',
	'belowMinimum',
	'tooSmall',
	'unsupported',
	'reused',
	...blockNumbers.flatMap(
		number => [`block${number}Requests`, `block${number}Tokens`, `block${number}Counted`] as const,
	),
	...breakCauses.flatMap(
		cause => [`${cause}Breaks`, `${cause}OneHour`, `${cause}FiveMinutes`, `${cause}Input`] as const,
	),
	...(['small', 'automatic'] as const).flatMap(
		size => [`${size}Losses`, `${size}OneHour`, `${size}FiveMinutes`, `${size}Input`] as const,
	),
	...coldKinds.flatMap(
		kind => [`${kind}Starts`, `${kind}StartOneHour`, `${kind}StartFiveMinutes`, `${kind}StartInput`] as const,
	),
];

export type Measure = (typeof threadMeasures)[number] | (typeof otherMeasures)[number];

/** Every measure there is. */
export const allMeasures: readonly Measure[] = [...threadMeasures, ...otherMeasures];

/** Sums of measures; where only some were asked for, the others are 0. */
export type Measures = Record<Measure, number>;

const zeros = Object.fromEntries(allMeasures.map(name => [name, 0])) as Measures;

export const noMeasures = (): Measures => ({...zeros});

/** Adds sums to sums. */
export const addMeasures = (to: Measures, from: Measures): void => {
	for (const name of allMeasures) {
		to[name] += from[name];
	}
};

/**
 * Adds one request, or takes it away.
 * @param sign 1 or -1
 */
export const addRequest = (to: Measures, request: Request, facts: Facts, sign: 1 | -1 = 1): void => {
	const {usage} = request;
	to.requests += sign;
	if (usage) {
		addUsage(to, usage, sign);
	}
	if (request.plan) {
		addPlan(to, request, sign);
	}
	addFacts(to, facts, sign);
};

const addUsage = (to: Measures, usage: Usage, sign: 1 | -1): void => {
	to.estimated += usage.accuracy === 'exact' ? 0 : sign;
	to.output += sign * usage.output;
	if (!tellsCache(usage)) {
		const input = inputTokens(usage);
		to.uncached += sign * input;
		to.cacheUnknownInput += sign * input;
		return;
	}
	to.measured += sign;
	to.hits += usage.cacheRead > 0 ? sign : 0;
	to.uncached += sign * usage.uncached;
	to.cacheRead += sign * usage.cacheRead;
	to.cacheWrite5m += sign * usage.cacheWrite5m;
	to.cacheWrite1h += sign * usage.cacheWrite1h;
};

/** Adds what a request's thread tells about it, or takes it away: where only that changed, its tokens need not be known. */
export const addFacts = (to: Measures, facts: Facts, sign: 1 | -1): void => {
	const {gap, loss, small, cold} = facts;
	to.readFiveMinutes += sign * facts.readFiveMinutes;
	to.readOneHour += sign * facts.readOneHour;
	to.pauses += gap !== undefined && gap > fiveMinutes && gap <= oneHour ? sign : 0;
	if (loss) {
		to.breaks += sign;
		to.lostOneHour += sign * loss.oneHour;
		to.lostFiveMinutes += sign * loss.fiveMinutes;
		to.lostInput += sign * loss.input;
		const {cause} = loss;
		to[`${cause}Breaks`] += sign;
		to[`${cause}OneHour`] += sign * loss.oneHour;
		to[`${cause}FiveMinutes`] += sign * loss.fiveMinutes;
		to[`${cause}Input`] += sign * loss.input;
	}
	if (small) {
		const size = small.automatic ? 'automatic' : 'small';
		to[`${size}Losses`] += sign;
		to[`${size}OneHour`] += sign * small.oneHour;
		to[`${size}FiveMinutes`] += sign * small.fiveMinutes;
		to[`${size}Input`] += sign * small.input;
	}
	if (cold) {
		const {kind} = cold;
		to[`${kind}Starts`] += sign;
		to[`${kind}StartOneHour`] += sign * cold.oneHour;
		to[`${kind}StartFiveMinutes`] += sign * cold.fiveMinutes;
		to[`${kind}StartInput`] += sign * cold.input;
	}
};

const addPlan = (to: Measures, request: Request, sign: 1 | -1): void => {
	const plan = request.plan as NonNullable<Request['plan']>;
	const {blocks} = plan;
	to.planned += sign;
	to.markedMeasured += blocks.length > 0 && request.usage ? sign : 0;
	to.tooSmall += plan.skipped.length > 0 ? sign : 0;
	to.unsupported += plan.unsupported ? sign : 0;
	let marked = 0;
	let told = 0;
	let reused = false;
	const numbers = new Set<number>();
	for (const {number, tokens, reused: again} of blocks) {
		const slot = slotOf(number);
		reused ||= again;
		if (!numbers.has(slot)) {
			to[`block${slot}Requests`] += sign;
		}
		numbers.add(slot);
		if (tokens !== undefined) {
			marked += tokens;
			told++;
			to[`block${slot}Tokens`] += sign * tokens;
			to[`block${slot}Counted`] += sign;
		}
	}
	to.marked += sign * marked;
	to.markedBlocks += sign * told;
	to.reused += reused ? sign : 0;
	to.atLimit += numbers.size >= blockLimit ? sign : 0;
	to.belowMinimum += isBelowMinimum(request) ? sign : 0;
	to.hiddenPlans += plan.hidden ? sign : 0;
	to.plannedHits += isPlannedHit(request) ? sign : 0;
};
