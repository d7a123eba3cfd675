import {type ColdKind, coldKinds} from '../breaks/facts.js';
import {type BreakCause, breakCauses} from '../breaks/loss.js';

/** Anthropic's API takes so many cache breakpoints; backends number their blocks up to it. */
export const blockLimit = 4;

/** Blocks are counted one by one; those beyond the limit, which the API would refuse, together as the last. */
export const blockNumbers = [1, 2, 3, 4, 5] as const;
/** One of `blockNumbers`. */
export type BlockNumber = (typeof blockNumbers)[number];

/**
 * What is added up of requests, and kept of each thread in each hour: whole numbers only, so that sums are the same
 * whatever their order. Money is none of them: it follows from tokens and prices.
 */
export const threadMeasures = [
	'requests',
	/** Requests of which the log reports what was read from the cache. */
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
const otherMeasures: readonly (
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

/** The name of something that is added up of requests. */
export type Measure = (typeof threadMeasures)[number] | (typeof otherMeasures)[number];

/** Every measure there is. */
export const allMeasures: readonly Measure[] = [...threadMeasures, ...otherMeasures];

/** Sums of measures; where only some were asked for, the others are 0. */
export type Measures = Record<Measure, number>;

const zeros = Object.fromEntries(allMeasures.map(name => [name, 0])) as Measures;

/** The sums of no requests: 0 of everything. */
export const noMeasures = (): Measures => ({...zeros});

/** Adds sums to sums. */
export const addMeasures = (to: Measures, from: Measures): void => {
	for (const name of allMeasures) {
		to[name] += from[name];
	}
};
