import {coldKinds} from '../../metrics/breaks/facts.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import {blockNumbers, type Measure, type Measures, threadMeasures} from '../../metrics/sums/measures.js';
import {blocksSql, coldSql, planSql, smallSql, usualSql} from './measure-sql.js';

/** How many measures are read; reading few is faster. */
export type Detail = 'requests' | 'threads' | 'groups' | 'all';

/**
 * Columns of requests and of stored sums that sums are grouped by as well, so that there is one sum of lost tokens
 * instead of one per cause: an old server needs milliseconds to prepare a statement with a hundred sums.
 */
export const kinds = ['cause', 'small', 'cold'] as const;

const arrayOf = (sums: Readonly<Record<string, string>>): string => `[${Object.values(sums).join(', ')}]`;

/** Sums, as SQL over rows of requests and over stored sums. */
type Summed = {readonly ofRows: string; readonly ofKept: string};

/** The array columns of stored sums, as SQL over rows of requests. */
export const arrayColumns = {
	usual: arrayOf(Object.fromEntries(threadMeasures.map(name => [name, usualSql[name]]))),
	cold_paid: arrayOf(coldSql),
	small_paid: arrayOf(smallSql),
	plans: arrayOf(planSql),
} as const;

const kept = (name: keyof typeof arrayColumns): Summed => ({ofRows: arrayColumns[name], ofKept: `sumForEach(${name})`});

/** The columns of stored sums that are parallel arrays by slot of marked blocks. */
export const blockColumns = ['block_slots', 'block_tokens', 'block_counted'] as const;
const blocks: Summed = {ofRows: blocksSql, ofKept: `sumMap(${blockColumns.join(', ')})`};

const details: Readonly<
	Record<Detail, {readonly kinds: readonly (typeof kinds)[number][]; readonly sums: readonly Summed[]}>
> = {
	requests: {kinds: [], sums: [{ofRows: '[count()]', ofKept: '[sum(requests)]'}]},
	threads: {kinds: [], sums: [kept('usual')]},
	groups: {kinds: ['cold'], sums: [kept('usual'), kept('cold_paid')]},
	all: {kinds, sums: [kept('usual'), kept('cold_paid'), kept('small_paid'), kept('plans'), blocks]},
};

/** The groupings and sums of a level. */
export const detailOf = (detail: Detail): (typeof details)[Detail] => details[detail];

type Numbers = readonly unknown[];

const addPaid = (to: Measures, name: string, [oneHour, fiveMinutes, input]: Numbers): void => {
	to[`${name}OneHour` as Measure] += Number(oneHour);
	to[`${name}FiveMinutes` as Measure] += Number(fiveMinutes);
	to[`${name}Input` as Measure] += Number(input);
};

const planMeasures = Object.keys(planSql) as Measure[];
/** The values 1 and 2 of the column `small`. */
const smallKinds = ['small', 'automatic'] as const;

/**
 * Adds the sums of a row to measures.
 * @param of the values of the level's `kinds`
 * @param sums the row's sums, in the level's order
 */
export const addSums = (to: Measures, detail: Detail, of: Numbers, sums: readonly Numbers[]): void => {
	const [usual = [], coldPaid = [], smallPaid = [], plans = [], slots = []] = sums;
	for (const [index, value] of usual.entries()) {
		to[threadMeasures[index] as Measure] += Number(value);
	}
	const kind = (name: (typeof kinds)[number]): number => Number(of[details[detail].kinds.indexOf(name)] ?? 0) - 1;
	const requests = Number(usual[0]);
	const cold = coldKinds[kind('cold')];
	if (cold) {
		to[`${cold}Starts`] += requests;
		addPaid(to, `${cold}Start`, coldPaid);
	}
	const small = smallKinds[kind('small')];
	if (small) {
		to[`${small}Losses`] += requests;
		addPaid(to, small, smallPaid);
	}
	const cause = breakCauses[kind('cause')];
	if (cause) {
		to[`${cause}Breaks`] += requests;
		const lost = (['lostOneHour', 'lostFiveMinutes', 'lostInput'] as const).map(
			name => usual[threadMeasures.indexOf(name)],
		);
		addPaid(to, cause, lost);
	}
	for (const [index, value] of plans.entries()) {
		to[planMeasures[index] as Measure] += Number(value);
	}
	const [numbers = [], tokens = [], counted = []] = slots as readonly Numbers[];
	for (const [index, slot] of numbers.entries()) {
		const number = blockNumbers.find(one => one === Number(slot));
		if (number) {
			to[`block${number}Tokens`] += Number(tokens[index]);
			to[`block${number}Counted`] += Number(counted[index]);
		}
	}
};
