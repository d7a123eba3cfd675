import {type Filter, isEmptyFilter, looksAtThreads} from '../../metrics/filter.js';
import {grouped} from '../../metrics/grouped.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {untimed} from '../../request.js';
import {hourLength, hourOf} from '../table/key.js';
import {integer} from '../table/literal.js';
import {laneSumTable, logSumTable, threadSumTable} from '../table/tables.js';
import {type Hours, hoursInDay, hoursOfDay, hoursSql, runsOf} from './hours.js';
import {allTaken, type Condition, narrowedBy, takenSql, where} from './where.js';

/** Where the requests of a question are read. */
export type Taking = {
	/** All of their rows. */
	readonly rows: Condition;
	readonly kept?: Kept | undefined;
};

/** Sums that stand for the rows of whole stretches of time. */
export type Kept = {
	readonly table: string;
	/** Which of its rows they are. */
	readonly where: string;
	/** How many requests these are of: an answer that tells of fewer is one of a replica that lacks some. */
	readonly requests: number;
	/** Which of them are taken, as a condition. */
	readonly taken: string;
	/** The rows of requests that are in no sums. */
	readonly others: Condition;
};

/** Length of a slot of `lane_sum`, milliseconds. */
export const slotLength = 300_000;
/** Slots of an hour. */
export const slotsInHour = hourLength / slotLength;

/** What each kind of kept sums is made for: the length of its stretches, milliseconds. */
const grains = {[laneSumTable]: slotLength, [logSumTable]: hourLength, [threadSumTable]: hourLength} as const;

type SumTable = keyof typeof grains;

/**
 * The requests of a window that a filter takes: sums where they are kept and hold, rows at the edges and for hours that
 * changed. Sums of lanes tell nothing that a filter looks at, and only those of threads tell threads apart.
 * @param cuts times at which the answer is to be cut: what sums do not tell apart there is read from rows
 * @param byDay whether sums of whole days may stand for those of their hours
 */
export const takingOf = (
	window: Window,
	filter: Filter,
	table: SumTable,
	hours: Hours,
	{cuts = [], byDay = true}: {readonly cuts?: readonly number[]; readonly byDay?: boolean} = {},
): Taking => {
	const rows = where(window, filter);
	const {from, to} = stretchesOf(window).at(-1) as Pick<Window, 'from' | 'to'>;
	const grain = grains[table];
	const begin = Math.ceil(from / grain) * grain;
	const end = Math.floor(to / grain) * grain;
	const cut = new Set(cuts.flatMap(time => (time % grain === 0 ? [] : Math.floor(time / grain) * grain)));
	/** The stretches of an hour that sums stand for, by when they begin. */
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
	if (whole.size === 0 || !isToldBySums(filter, table)) {
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
			where: `${makingsSql(makingsOf(hours, whole, isOfDay))}${
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

/** What of a taking is of a thread. @param thread condition on the column, of rows and of sums */
export const ofThread = ({rows, kept}: Taking, thread: string): Taking => ({
	rows: narrowedBy(rows, {keyed: thread}),
	kept: kept && {...kept, taken: `${kept.taken} AND ${thread}`, others: narrowedBy(kept.others, {keyed: thread})},
});

/** Some groups of a taking whose sums were read already, all of them: only their own are read again. */
type Groups = {
	/** Which they are, as a condition on rows, and on sums. */
	readonly ofRow: Partial<Condition>;
	readonly ofKept: string;
	/** Of how many requests sums were read. */
	readonly held: number;
};

/** What of a taking is of some groups. */
export const amongGroups = ({rows, kept}: Taking, {ofRow, ofKept, held}: Groups): Taking => ({
	rows: narrowedBy(rows, ofRow),
	kept: kept && {
		...kept,
		where: `${kept.where} AND ${kept.taken} AND ${ofKept}`,
		taken: allTaken,
		requests: held,
		others: narrowedBy(kept.others, ofRow),
	},
});

/** Which logs name models is asked of all rows, so that a filter by model is as well. */
const isToldBySums = (filter: Filter, table: SumTable): boolean =>
	isEmptyFilter(filter) ||
	(table === logSumTable && !looksAtThreads(filter) && !filter.model) ||
	(table === threadSumTable && !filter.text && !filter.model);

/** The hour of requests without a time. */
const timeless = hourOf(untimed);

const startOf = (hour: number): number => hour * hourLength;

/** An hour, or the first one of a day, and which making of its sums is read. */
type Making = readonly [hour: number, gen: string];

/**
 * The makings of the sums of some hours, all of which are kept: those of days where all of a day's hours are among them.
 * @param isOfDay whether what is kept of a day may stand for this hour
 */
export const makingsOf = (
	{states, kept, days}: Hours,
	hours: Pick<ReadonlyMap<number, unknown>, 'has' | 'keys'>,
	isOfDay: (hour: number) => boolean = () => true,
): readonly Making[] => {
	const whole = [...days].filter(([first]) =>
		hoursOfDay(first).every(hour => !states.has(hour) || (hours.has(hour) && isOfDay(hour))),
	);
	const inDays = new Set(whole.flatMap(([first]) => hoursOfDay(first)));
	const single = [...hours.keys()].filter(hour => !inDays.has(hour));
	return [...whole, ...single.flatMap(hour => [[hour, kept.get(hour)?.gen ?? '0'] as const])];
};

/** Hours of one making that follow one another and are more than a day's are named as a stretch: there may be years. */
const longRun = hoursInDay;

/**
 * The rows of makings. A server looks a row up among many pairs as fast as among few; conditions on each would take the
 * longer the more there are.
 */
export const makingsSql = (makings: readonly Making[]): string => {
	const runs = [...grouped(makings, ([, gen]) => gen)].flatMap(([gen, of]) =>
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

/** The slots between two times but for some. */
const slotsSql = (begin: number, end: number, without: readonly number[]): string => {
	const slot = `(toInt64(hour) * ${slotsInHour} + slot)`;
	const numbers = without.map(start => integer(start / slotLength));
	return [
		`${slot} >= ${integer(begin / slotLength)} AND ${slot} < ${integer(end / slotLength)}`,
		...(numbers.length > 0 ? [`${slot} NOT IN (${numbers.join(', ')})`] : []),
	].join(' AND ');
};

/** Requests of an hour's slots that lie in stretches of it. */
const requestsIn = (slots: readonly number[], hour: number, stretches: readonly number[], grain: number): number =>
	stretches.reduce((sum, start) => {
		const first = (start - hour) / slotLength;
		return sum + slots.slice(first, first + grain / slotLength).reduce((one, count) => one + count, 0);
	}, 0);
