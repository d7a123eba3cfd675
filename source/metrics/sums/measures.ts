import {type ColdKind, coldKinds} from '../breaks/facts.js';
import {type BreakCause, breakCauses} from '../breaks/loss.js';

/** Maximum cache breakpoints in Anthropic's API, up to which backends number their blocks. */
export const blockLimit = 4;

/** Numbers of counted blocks; the last one stands for all beyond the limit, which the API would reject. */
export const blockNumbers = [1, 2, 3, 4, 5] as const;
/** One of `blockNumbers`. */
export type BlockNumber = (typeof blockNumbers)[number];

/**
 * Measures stored for each thread and hour: whole numbers, so that sums do not depend on their order. Money is not
 * stored, but computed from tokens and prices.
 */
export const threadMeasures = [
	'requests',
	/** Requests for which the log reports what was read from the cache. */
	'measured',
	'hits',
	'estimated',
	'uncached',
	'cacheRead',
	'cacheWrite5m',
	'cacheWrite1h',
	'output',
	/** The part of the uncached tokens that belongs to requests whose usage says nothing about the cache. */
	'cacheUnknownInput',
	/** Requests with a plan, those that marked anything, the marked tokens, and the blocks that report tokens. */
	'planned',
	'plannedHits',
	'marked',
	'markedBlocks',
	/** Plans of which the log's level hides a part, so that their rate may be unknown. */
	'hiddenPlans',
	/** Tokens that would have been read if all writes had a lifetime of five minutes, or of one hour. */
	'readFiveMinutes',
	'readOneHour',
	/** Gaps that an hour's cache bridges, but five minutes' does not. */
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

/** Measures stored in addition, independent of the thread. */
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

/** Name of a measure. */
export type Measure = (typeof threadMeasures)[number] | (typeof otherMeasures)[number];

/** All measures. */
export const allMeasures: readonly Measure[] = [...threadMeasures, ...otherMeasures];

/** The measures that a series is computed from. */
export const sliceMeasures: readonly Measure[] = [
	...threadMeasures,
	...blockNumbers.map(number => `block${number}Requests` as const),
];
