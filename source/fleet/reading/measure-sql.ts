import {fiveMinutes, oneHour} from '../../metrics/breaks/lifetime.js';
import {blockNumbers, type Measure, type threadMeasures} from '../../metrics/sums/measures.js';
import {planFlags} from '../table/columns.js';

const flagged = (name: keyof typeof planFlags): string => `sum(bitAnd(plan_flags, ${planFlags[name]}) > 0)`;

const input = 'uncached + cache_read + write_5m + write_1h';

type ThreadMeasure = (typeof threadMeasures)[number];

/** The `threadMeasures` as SQL over rows of the table; mirrors `addRequest`. */
export const usualSql: Readonly<Record<ThreadMeasure, string>> = {
	requests: 'count()',
	measured: 'sum(measured)',
	hits: 'sum(measured AND cache_read > 0)',
	estimated: 'sum(used AND accuracy > 0)',
	// Usage without cache counts is uncached input.
	uncached: `sum(if(measured, uncached, ${input}))`,
	cacheRead: 'sum(if(measured, cache_read, 0))',
	cacheWrite5m: 'sum(if(measured, write_5m, 0))',
	cacheWrite1h: 'sum(if(measured, write_1h, 0))',
	output: 'sum(output)',
	cacheUnknownInput: `sum(if(measured, 0, ${input}))`,
	planned: flagged('planned'),
	plannedHits: flagged('plannedHit'),
	marked: 'sum(arraySum(block_tokens))',
	markedBlocks: 'sum(arraySum(block_counted))',
	hiddenPlans: flagged('hidden'),
	readFiveMinutes: 'sum(read_5m)',
	readOneHour: 'sum(read_1h)',
	pauses: `sum(gap > ${fiveMinutes} AND gap <= ${oneHour})`,
	breaks: 'sum(cause > 0)',
	lostOneHour: 'sum(lost_1h)',
	lostFiveMinutes: 'sum(lost_5m)',
	lostInput: 'sum(lost_input)',
};

/** The tokens that first requests of chains paid for; mirrors `coldStart`. */
export const coldSql = {
	oneHour: 'sumIf(write_1h, cold > 0)',
	fiveMinutes: 'sumIf(write_5m, cold > 0)',
	input: 'sumIf(uncached, cold > 0)',
} as const;

/** The tokens of small losses. */
export const smallSql = {
	oneHour: 'sum(small_1h)',
	fiveMinutes: 'sum(small_5m)',
	input: 'sum(small_input)',
} as const;

/** Measures of plans. */
export const planSql = {
	markedMeasured: `sum(bitAnd(plan_flags, ${planFlags.marks}) > 0 AND used)`,
	atLimit: flagged('atLimit'),
	belowMinimum: flagged('belowMinimum'),
	tooSmall: flagged('tooSmall'),
	unsupported: flagged('unsupported'),
	reused: flagged('reused'),
	...Object.fromEntries(blockNumbers.map(number => [`block${number}Requests`, `sum(has(slots, ${number}))`])),
} as Readonly<Partial<Record<Measure, string>>>;

/** An array column with the length of `block_slots`, whatever a host sent. */
const besideSlots = (column: string): string => `CAST(arrayResize(${column}, length(block_slots)) AS Array(UInt64))`;

/** The tokens of marked blocks, and the number of blocks with known tokens, by slot. */
export const blocksSql = `sumMap(block_slots, ${besideSlots('block_tokens')}, ${besideSlots('block_counted')})`;
