import {type Request, writtenTokens} from '../request.js';
import type {Facts} from './breaks/facts.js';
import {type BreakCause, breakCauses} from './breaks/loss.js';
import {minimumCacheable} from './minimum-size.js';

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
	/** Requests with usage. */
	'measured',
	'hits',
	'estimated',
	'uncached',
	'cacheRead',
	'cacheWrite5m',
	'cacheWrite1h',
	'output',
	/** Requests with a plan, those of them that marked anything, the marked tokens, and the blocks that told them. */
	'planned',
	'plannedHits',
	'marked',
	'markedBlocks',
	/** What would have been read if all writes lived for five minutes, or for an hour. */
	'readFiveMinutes',
	'readOneHour',
	/** Gaps that an hour's cache bridges and five minutes' does not. */
	'pauses',
	'breaks',
	'lostOneHour',
	'lostFiveMinutes',
	'lostInput',
	/** Of these, what expired in gaps that an hour's cache would have bridged. */
	'bridgedOneHour',
	'bridgedFiveMinutes',
	'bridgedInput',
] as const;

type BlockMeasure = `block${BlockNumber}${'Requests' | 'Tokens' | 'Counted'}`;
type CauseMeasure = `${BreakCause}${'Breaks' | 'OneHour' | 'FiveMinutes' | 'Input'}`;

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

const minute = 60_000;

/**
 * Adds one request, or takes it away.
 * @param sign 1 or -1
 */
export const addRequest = (to: Measures, request: Request, facts: Facts, sign: 1 | -1 = 1): void => {
	const {usage} = request;
	to.requests += sign;
	if (usage) {
		to.measured += sign;
		to.hits += usage.cacheRead > 0 ? sign : 0;
		to.estimated += usage.accuracy === 'exact' ? 0 : sign;
		to.uncached += sign * usage.uncached;
		to.cacheRead += sign * usage.cacheRead;
		to.cacheWrite5m += sign * usage.cacheWrite5m;
		to.cacheWrite1h += sign * usage.cacheWrite1h;
		to.output += sign * usage.output;
		to.readFiveMinutes += sign * facts.readFiveMinutes;
		to.readOneHour += sign * facts.readOneHour;
		const {gap} = facts;
		to.pauses += gap !== undefined && gap > 5 * minute && gap <= 60 * minute ? sign : 0;
	}
	if (facts.loss) {
		addLoss(to, facts.loss, sign);
	}
	if (request.plan) {
		addPlan(to, request, sign);
	}
};

const addLoss = (to: Measures, {cause, gap, ...lost}: NonNullable<Facts['loss']>, sign: 1 | -1): void => {
	to.breaks += sign;
	to.lostOneHour += sign * lost.oneHour;
	to.lostFiveMinutes += sign * lost.fiveMinutes;
	to.lostInput += sign * lost.input;
	to[`${cause}Breaks`] += sign;
	to[`${cause}OneHour`] += sign * lost.oneHour;
	to[`${cause}FiveMinutes`] += sign * lost.fiveMinutes;
	to[`${cause}Input`] += sign * lost.input;
	if (cause === 'expired' && gap <= 60 * minute) {
		to.bridgedOneHour += sign * lost.oneHour;
		to.bridgedFiveMinutes += sign * lost.fiveMinutes;
		to.bridgedInput += sign * lost.input;
	}
};

/** The tools that stand before the system prompt are not in the plan's count: what was cached was large enough. */
const wasCached = ({usage}: Request): boolean => usage !== undefined && usage.cacheRead + writtenTokens(usage) > 0;

const addPlan = (to: Measures, request: Request, sign: 1 | -1): void => {
	const plan = request.plan as NonNullable<Request['plan']>;
	const {blocks} = plan;
	to.planned += sign;
	to.plannedHits += blocks.length > 0 ? sign : 0;
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
	const minimum =
		told > 0 && told === blocks.length && !wasCached(request) ? minimumCacheable(request.model) : undefined;
	to.belowMinimum += minimum !== undefined && marked < minimum ? sign : 0;
};
