import {type Filter, isEmptyFilter, looksAtThreads} from '../../metrics/filter.js';
import {grouped} from '../../metrics/grouped.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {untimed} from '../../request.js';
import {hourLength, hourOf} from '../table/key.js';
import {integer} from '../table/literal.js';
import {laneSumTable, logSumTable, threadSumTable} from '../table/tables.js';
import {type Hours, hoursInDay, hoursOfDay, hoursSql, runsOf} from './hours.js';
import {allTaken, type Condition, narrowedBy, takenSql, where} from './where.js';

/** Where the requests of a question are read from. */
export type Selection = {
	/** Condition on all their rows. */
	readonly rows: Condition;
	readonly kept?: Kept | undefined;
};

/** Stored sums that replace rows of whole periods. */
export type Kept = {
	readonly table: string;
	/** Condition that selects the sums. */
	readonly where: string;
	/** Number of requests that the sums cover; if an answer covers fewer, its replica lacks some. */
	readonly requests: number;
	/** Condition for those of the sums that match the filter. */
	readonly taken: string;
	/** Condition on rows that no sum covers. */
	readonly others: Condition;
};

/** Length of a slot of `lane_sum`, in milliseconds. */
export const slotLength = 300_000;
/** Slots of an hour. */
export const slotsInHour = hourLength / slotLength;

/** Length of the periods of each table of sums, in milliseconds. */
const grains = {[laneSumTable]: slotLength, [logSumTable]: hourLength, [threadSumTable]: hourLength} as const;

type SumTable = keyof typeof grains;

/**
 * Selects the requests of a window that match a filter: from sums where they are valid, and from rows at the edges and
 * for hours that changed. Sums of lanes do not support filters, and only sums of threads distinguish threads.
 * @param cuts times at which the answer is divided; periods that contain one are read from rows
 * @param byDay true if sums of a day may replace those of its hours
 */
export const selectionOf = (
	window: Window,
	filter: Filter,
	table: SumTable,
	hours: Hours,
	{cuts = [], byDay = true}: {readonly cuts?: readonly number[]; readonly byDay?: boolean} = {},
): Selection => {
	const rows = where(window, filter);
	const {from, to} = stretchesOf(window).at(-1) as Pick<Window, 'from' | 'to'>;
	const grain = grains[table];
	const begin = Math.ceil(from / grain) * grain;
	const end = Math.floor(to / grain) * grain;
	const cut = new Set(cuts.flatMap(time => (time % grain === 0 ? [] : Math.floor(time / grain) * grain)));
	/** The starts of the periods of an hour that sums cover as a whole. */
	const wholeIn = (hour: number): readonly number[] =>
		Array.from({length: hourLength / grain}, (_, index) => startOf(hour) + index * grain).filter(
			start => start >= begin && start + grain <= end && !cut.has(start),
		);
	const whole = new Map(
		[...hours.kept.keys()]
			.filter(hour => startOf(hour) < end && startOf(hour + 1) > begin)
			.flatMap(hour => {
				const found = wholeIn(hour);
				return found.length > 0 ? [[hour, found] as const] : [];
			}),
	);
	if (whole.size === 0 || !areInSums(filter, table)) {
		return {rows};
	}
	const partly = [...whole].filter(([, found]) => found.length < hourLength / grain);
	const [first, last] = [hourOf(from), hourOf(to)];
	const isPartly = new Set(partly.map(([hour]) => hour));
	const day = hoursInDay * hourLength;
	const cutDays = new Set(cuts.flatMap(time => (time % day === 0 ? [] : Math.floor(time / day))));
	const isOfDay = (hour: number) => byDay && !isPartly.has(hour) && !cutDays.has(Math.floor(hour / hoursInDay));
	const others = [...hours.states.keys(), first, last].filter(
		hour => (!whole.has(hour) || isPartly.has(hour)) && (hour === timeless || (hour >= first && hour <= last)),
	);
	const inSums = runsOf(partly.flatMap(([, found]) => found.map(start => start / grain))).map(
		([begun, ended]) => `(time >= ${integer(begun * grain)} AND time < ${integer((ended + 1) * grain)})`,
	);
	return {
		rows,
		kept: {
			table,
			where: `${generationsSql(generationsOf(hours, whole, isOfDay))}${
				table === laneSumTable ? ` AND ${slotsSql(begin, end, [...cut])}` : ''
			}`,
			requests: [...whole].reduce(
				(sum, [hour, found]) => sum + requestsIn(hours.kept.get(hour)?.slots ?? [], startOf(hour), found, grain),
				0,
			),
			taken: takenSql(filter, 'host'),
			others: narrowedBy(rows, {
				keyed: `${hoursSql(others)}${inSums.length > 0 ? ` AND NOT (${inSums.join(' OR ')})` : ''}`,
			}),
		},
	};
};

/** A selection narrowed to a thread. @param thread condition on the column of rows and of sums */
export const ofThread = ({rows, kept}: Selection, thread: string): Selection => ({
	rows: narrowedBy(rows, {keyed: thread}),
	kept: kept && {...kept, taken: `${kept.taken} AND ${thread}`, others: narrowedBy(kept.others, {keyed: thread})},
});

/** Groups of a selection whose sums have been read: only their own rows are read again. */
type Groups = {
	/** Conditions on rows and on sums that select the groups. */
	readonly ofRow: Partial<Condition>;
	readonly ofKept: string;
	/** Number of requests that stored sums cover. */
	readonly held: number;
};

/** A selection limited to some groups. */
export const amongGroups = ({rows, kept}: Selection, {ofRow, ofKept, held}: Groups): Selection => ({
	rows: narrowedBy(rows, ofRow),
	kept: kept && {
		...kept,
		where: `${kept.where} AND ${kept.taken} AND ${ofKept}`,
		taken: allTaken,
		requests: held,
		others: narrowedBy(kept.others, ofRow),
	},
});

/** Whether a log names models is determined from all rows, so filters by model need rows. */
const areInSums = (filter: Filter, table: SumTable): boolean =>
	isEmptyFilter(filter) ||
	(table === logSumTable && !looksAtThreads(filter) && !filter.model) ||
	(table === threadSumTable && !filter.text && !filter.model);

/** The hour of requests without a time. */
const timeless = hourOf(untimed);

const startOf = (hour: number): number => hour * hourLength;

/** An hour, or the first hour of a day, and the generation of its sums to read. */
export type Generation = readonly [hour: number, gen: string];

/**
 * The generations of the sums of some hours, all of which have sums. Uses those of a day if all of its hours are
 * included.
 * @param isOfDay whether sums of a day may replace those of this hour
 */
export const generationsOf = (
	{states, kept, days}: Hours,
	hours: Pick<ReadonlyMap<number, unknown>, 'has' | 'keys'>,
	isOfDay: (hour: number) => boolean = () => true,
): readonly Generation[] => {
	const whole = [...days].filter(([first]) =>
		hoursOfDay(first).every(hour => !states.has(hour) || (hours.has(hour) && isOfDay(hour))),
	);
	const inDays = new Set(whole.flatMap(([first]) => hoursOfDay(first)));
	const single = [...hours.keys()].filter(hour => !inDays.has(hour));
	return [...whole, ...single.flatMap(hour => [[hour, kept.get(hour)?.gen ?? '0'] as const])];
};

/** Longer runs of hours become ranges, since there may be years of them. */
const longRun = hoursInDay;

/**
 * SQL that selects the rows of generations, by pairs of hour and number: looking a row up in a set takes the same time
 * however many there are, whereas conditions for each would be checked one after the other.
 */
export const generationsSql = (generations: readonly Generation[]): string => {
	const runs = [...grouped(generations, ([, gen]) => gen)].flatMap(([gen, of]) =>
		runsOf(of.map(([hour]) => hour)).map(([first, last]) => ({gen, first, last})),
	);
	const long = runs.filter(({first, last}) => last - first >= longRun);
	const short = runs.filter(({first, last}) => last - first < longRun);
	const pairs = short.flatMap(({gen, first, last}) =>
		Array.from({length: last - first + 1}, (_, index) => `(${integer(first + index)}, ${gen})`),
	);
	const conditions = [
		...(pairs.length > 0 ? [`(hour, gen) IN (${pairs.join(', ')})`] : []),
		...long.map(({gen, first, last}) => `(gen = ${gen} AND hour BETWEEN ${integer(first)} AND ${integer(last)})`),
	];
	return conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`;
};

/** SQL that selects the slots between two times, without some. */
const slotsSql = (begin: number, end: number, without: readonly number[]): string => {
	const slot = `(toInt64(hour) * ${slotsInHour} + slot)`;
	const numbers = without.map(start => integer(start / slotLength));
	return [
		`${slot} >= ${integer(begin / slotLength)} AND ${slot} < ${integer(end / slotLength)}`,
		...(numbers.length > 0 ? [`${slot} NOT IN (${numbers.join(', ')})`] : []),
	].join(' AND ');
};

/** Number of requests of an hour whose slots are within the periods. */
const requestsIn = (slots: readonly number[], hour: number, stretches: readonly number[], grain: number): number =>
	stretches.reduce((sum, start) => {
		const first = (start - hour) / slotLength;
		return sum + slots.slice(first, first + grain / slotLength).reduce((one, count) => one + count, 0);
	}, 0);
