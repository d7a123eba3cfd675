import {inputTokens, type Plan, type Request, type Usage} from '../request.js';
import {type ColdKind, coldKinds, type Facts} from './breaks/facts.js';
import {fiveMinutes, oneHour} from './breaks/lifetime.js';
import {type BreakCause, breakCauses} from './breaks/loss.js';
import type {PaidTokens} from './breaks/lost.js';
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

/** The measures of each block, cause, size and kind: names are put together once, not for each request. */
const ofBlock = Object.fromEntries(
	blockNumbers.map(number => [
		number,
		{requests: `block${number}Requests`, tokens: `block${number}Tokens`, counted: `block${number}Counted`},
	]),
) as Readonly<Record<BlockNumber, Readonly<Record<'requests' | 'tokens' | 'counted', BlockMeasure>>>>;

type PaidMeasures = Readonly<Record<'count' | 'oneHour' | 'fiveMinutes' | 'input', Measure>>;

const countedBy = <Name extends string>(
	names: readonly Name[],
	measures: (name: Name) => PaidMeasures,
): Readonly<Record<Name, PaidMeasures>> =>
	Object.fromEntries(names.map(name => [name, measures(name)])) as Record<Name, PaidMeasures>;

const ofCause = countedBy(breakCauses, cause => ({
	count: `${cause}Breaks`,
	oneHour: `${cause}OneHour`,
	fiveMinutes: `${cause}FiveMinutes`,
	input: `${cause}Input`,
}));
const ofSmall = countedBy(['small', 'automatic'], size => ({
	count: `${size}Losses`,
	oneHour: `${size}OneHour`,
	fiveMinutes: `${size}FiveMinutes`,
	input: `${size}Input`,
}));
const ofCold = countedBy(coldKinds, kind => ({
	count: `${kind}Starts`,
	oneHour: `${kind}StartOneHour`,
	fiveMinutes: `${kind}StartFiveMinutes`,
	input: `${kind}StartInput`,
}));

/** Sums of measures; where only some were asked for, the others are 0. */
export type Measures = Record<Measure, number>;

const zeros = Object.fromEntries(allMeasures.map(name => [name, 0])) as Measures;

export const noMeasures = (): Measures => ({...zeros});

/** Sums of the measures that are kept of a thread or a log. */
export type ThreadMeasures = Record<(typeof threadMeasures)[number], number>;

const threadZeros = Object.fromEntries(threadMeasures.map(name => [name, 0])) as ThreadMeasures;

export const noThreadMeasures = (): ThreadMeasures => ({...threadZeros});

/** Adds sums to sums. */
export const addMeasures = (to: Measures, from: Measures): void => {
	for (const name of allMeasures) {
		to[name] += from[name];
	}
};

/** Whether sums are of all measures. */
export const hasAll = (sums: Measures | ThreadMeasures): sums is Measures => 'belowMinimum' in sums;

/** Those of some measures that sums have, in the order of the measures. */
export const valuesOf = (sums: Measures | ThreadMeasures, measures: readonly Measure[]): number[] =>
	measures.map(name => (sums as Measures)[name]);

/** Adds those of some measures that both have. */
export const addSums = (
	to: Measures | ThreadMeasures,
	from: Measures | ThreadMeasures,
	measures: readonly Measure[],
): void => {
	for (const name of measures as readonly (keyof ThreadMeasures)[]) {
		to[name] += from[name];
	}
};

/**
 * Adds one request, or takes it away.
 * @param sign 1 or -1
 */
export const addRequest = (to: Measures, request: Request, facts: Facts, sign: 1 | -1 = 1): void => {
	addThreadRequest(to, request, facts, sign);
	if (request.plan) {
		addBlocks(to, request, request.plan, sign);
	}
	addKinds(to, facts, sign);
};

/** The same of the measures of threads and logs alone. */
export const addThreadRequest = (to: ThreadMeasures, request: Request, facts: Facts, sign: 1 | -1 = 1): void => {
	const {usage, plan} = request;
	to.requests += sign;
	if (usage) {
		addUsage(to, usage, sign);
	}
	if (plan) {
		addPlan(to, request, plan, sign);
	}
	addThreadFacts(to, facts, sign);
};

const addUsage = (to: ThreadMeasures, usage: Usage, sign: 1 | -1): void => {
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
	addThreadFacts(to, facts, sign);
	addKinds(to, facts, sign);
};

/** The same of the measures of threads and logs alone. */
export const addThreadFacts = (to: ThreadMeasures, {gap, loss, ...facts}: Facts, sign: 1 | -1): void => {
	to.readFiveMinutes += sign * facts.readFiveMinutes;
	to.readOneHour += sign * facts.readOneHour;
	to.pauses += gap !== undefined && gap > fiveMinutes && gap <= oneHour ? sign : 0;
	if (loss) {
		to.breaks += sign;
		to.lostOneHour += sign * loss.oneHour;
		to.lostFiveMinutes += sign * loss.fiveMinutes;
		to.lostInput += sign * loss.input;
	}
};

/** What a thread tells of a request by its kind. */
const addKinds = (to: Measures, {loss, small, cold}: Facts, sign: 1 | -1): void => {
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
	to: Measures,
	measures: PaidMeasures,
	{oneHour, fiveMinutes, input}: PaidTokens,
	sign: 1 | -1,
): void => {
	to[measures.count] += sign;
	to[measures.oneHour] += sign * oneHour;
	to[measures.fiveMinutes] += sign * fiveMinutes;
	to[measures.input] += sign * input;
};

const addPlan = (to: ThreadMeasures, request: Request, {blocks, hidden}: Plan, sign: 1 | -1): void => {
	to.planned += sign;
	for (const {tokens} of blocks) {
		if (tokens !== undefined) {
			to.marked += sign * tokens;
			to.markedBlocks += sign;
		}
	}
	to.hiddenPlans += hidden ? sign : 0;
	to.plannedHits += isPlannedHit(request) ? sign : 0;
};

const addBlocks = (to: Measures, request: Request, {blocks, skipped, unsupported}: Plan, sign: 1 | -1): void => {
	to.markedMeasured += blocks.length > 0 && request.usage ? sign : 0;
	to.tooSmall += skipped.length > 0 ? sign : 0;
	to.unsupported += unsupported ? sign : 0;
	let reused = false;
	/** A bit for each number that occurred, and how many there are. */
	let seen = 0;
	let numbers = 0;
	for (const {number, tokens, reused: again} of blocks) {
		const slot = slotOf(number);
		const measures = ofBlock[slot];
		reused ||= again;
		if ((seen & (1 << slot)) === 0) {
			seen |= 1 << slot;
			numbers++;
			to[measures.requests] += sign;
		}
		if (tokens !== undefined) {
			to[measures.tokens] += sign * tokens;
			to[measures.counted] += sign;
		}
	}
	to.reused += reused ? sign : 0;
	to.atLimit += numbers >= blockLimit ? sign : 0;
	to.belowMinimum += isBelowMinimum(request) ? sign : 0;
};
