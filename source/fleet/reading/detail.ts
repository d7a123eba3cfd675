import {coldKinds} from '../../metrics/breaks/facts.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import {type MeasureSums, placeOf, placesOf} from '../../metrics/sums/measure-sums.js';
import {blockNumbers, type Measure, threadMeasures} from '../../metrics/sums/measures.js';
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

/** @param place of the measure in the sums */
const addAt = (to: MeasureSums, place: number, value: unknown): void => {
	to[place] = (to[place] as number) + Number(value);
};

const add = (to: MeasureSums, measure: Measure, value: unknown): void => addAt(to, placeOf(measure), value);

const addPaid = (to: MeasureSums, name: string, [oneHour, fiveMinutes, input]: Numbers): void => {
	add(to, `${name}OneHour` as Measure, oneHour);
	add(to, `${name}FiveMinutes` as Measure, fiveMinutes);
	add(to, `${name}Input` as Measure, input);
};

const usualPlaces = placesOf(threadMeasures);
const planPlaces = placesOf(Object.keys(planSql) as Measure[]);
/** The values 1 and 2 of the column `small`. */
const smallKinds = ['small', 'automatic'] as const;

/**
 * Adds the sums of a row.
 * @param of the values of the level's `kinds`
 * @param sums the row's sums, in the level's order
 */
export const addSums = (to: MeasureSums, detail: Detail, of: Numbers, sums: readonly Numbers[]): void => {
	const [usual = [], coldPaid = [], smallPaid = [], plans = [], slots = []] = sums;
	for (const [index, value] of usual.entries()) {
		addAt(to, usualPlaces[index] as number, value);
	}
	const kind = (name: (typeof kinds)[number]): number => Number(of[details[detail].kinds.indexOf(name)] ?? 0) - 1;
	const requests = Number(usual[0]);
	const cold = coldKinds[kind('cold')];
	if (cold) {
		add(to, `${cold}Starts`, requests);
		addPaid(to, `${cold}Start`, coldPaid);
	}
	const small = smallKinds[kind('small')];
	if (small) {
		add(to, `${small}Losses`, requests);
		addPaid(to, small, smallPaid);
	}
	const cause = breakCauses[kind('cause')];
	if (cause) {
		add(to, `${cause}Breaks`, requests);
		const lost = (['lostOneHour', 'lostFiveMinutes', 'lostInput'] as const).map(
			name => usual[threadMeasures.indexOf(name)],
		);
		addPaid(to, cause, lost);
	}
	for (const [index, value] of plans.entries()) {
		addAt(to, planPlaces[index] as number, value);
	}
	const [numbers = [], tokens = [], counted = []] = slots as readonly Numbers[];
	for (const [index, slot] of numbers.entries()) {
		const number = blockNumbers.find(one => one === Number(slot));
		if (number) {
			add(to, `block${number}Tokens`, tokens[index]);
			add(to, `block${number}Counted`, counted[index]);
		}
	}
};
