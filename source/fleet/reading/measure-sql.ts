import {coldKinds} from '../../metrics/breaks/facts.js';
import {fiveMinutes, oneHour} from '../../metrics/breaks/lifetime.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import {blockNumbers, type Measure} from '../../metrics/sums/measures.js';
import {planFlags} from '../table/columns.js';

const flagged = (name: keyof typeof planFlags): string => `sum(bitAnd(plan_flags, ${planFlags[name]}) > 0)`;

const input = 'uncached + cache_read + write_5m + write_1h';

/** The sum over the blocks of one slot. @param values an array parallel to `block_slots` */
const ofSlot = (slot: number, values: string): string =>
	`sum(arraySum(arrayMap((s, v) -> if(s = ${slot}, v, 0), block_slots, ${values})))`;

const sumsBy = <Name extends string>(names: readonly Name[], sums: (name: Name, place: number) => [string, string][]) =>
	Object.fromEntries(names.flatMap((name, index) => sums(name, index + 1)));

/** Every measure as SQL over rows of the table; mirrors `addRequest`. */
export const measureSql: Readonly<Record<Measure, string>> = {
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
	markedMeasured: `sum(bitAnd(plan_flags, ${planFlags.marks}) > 0 AND used)`,
	atLimit: flagged('atLimit'),
	belowMinimum: flagged('belowMinimum'),
	tooSmall: flagged('tooSmall'),
	unsupported: flagged('unsupported'),
	reused: flagged('reused'),
	...sumsBy(
		blockNumbers.map(number => `block${number}`),
		(name, slot) => [
			[`${name}Requests`, `sum(has(slots, ${slot}))`],
			[`${name}Tokens`, ofSlot(slot, 'block_tokens')],
			[`${name}Counted`, ofSlot(slot, 'block_counted')],
		],
	),
	...sumsBy(breakCauses, (cause, place) => [
		[`${cause}Breaks`, `sum(cause = ${place})`],
		[`${cause}OneHour`, `sumIf(lost_1h, cause = ${place})`],
		[`${cause}FiveMinutes`, `sumIf(lost_5m, cause = ${place})`],
		[`${cause}Input`, `sumIf(lost_input, cause = ${place})`],
	]),
	...sumsBy(['small', 'automatic'], (size, place) => [
		[`${size}Losses`, `sum(small = ${place})`],
		[`${size}OneHour`, `sumIf(small_1h, small = ${place})`],
		[`${size}FiveMinutes`, `sumIf(small_5m, small = ${place})`],
		[`${size}Input`, `sumIf(small_input, small = ${place})`],
	]),
	// Mirrors `coldStart`.
	...sumsBy(coldKinds, (kind, place) => [
		[`${kind}Starts`, `sum(cold = ${place})`],
		[`${kind}StartOneHour`, `sumIf(write_1h, cold = ${place})`],
		[`${kind}StartFiveMinutes`, `sumIf(write_5m, cold = ${place})`],
		[`${kind}StartInput`, `sumIf(uncached, cold = ${place})`],
	]),
} as Record<Measure, string>;
