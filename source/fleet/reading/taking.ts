import {type Filter, isEmptyFilter, looksAtThreads} from '../../metrics/filter.js';
import {grouped} from '../../metrics/grouped.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {untimed} from '../../request.js';
import {hourLength, hourOf} from '../table/key.js';
import {integer} from '../table/literal.js';
import {laneSumTable, logSumTable} from '../table/tables.js';
import {type Hours, hoursOfDay, hoursSql} from './hours.js';
import {takenSql, where} from './where.js';

/** Where the requests of a question are read. */
export type Taking = {
	/** Condition on all of their rows. */
	readonly rows: string;
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
	/** Condition on the rows of requests that are in no sums. */
	readonly others: string;
};

/** Length of a slot of `lane_sum`, milliseconds. */
export const slotLength = 300_000;
/** Slots of an hour. */
export const slotsInHour = hourLength / slotLength;

/** What each kind of kept sums is made for: the length of its stretches, milliseconds. */
const grains = {[laneSumTable]: slotLength, [logSumTable]: hourLength} as const;

/**
 * The requests of a window that a filter takes: sums where they are kept and hold, rows at the edges and for hours that
 * changed. Sums do not tell threads apart, and those of lanes nothing that a filter looks at.
 */
export const takingOf = (window: Window, filter: Filter, table: keyof typeof grains, hours: Hours): Taking => {
	const rows = where(window, filter);
	const {from, to} = stretchesOf(window).at(-1) as Pick<Window, 'from' | 'to'>;
	const grain = grains[table];
	const begin = Math.ceil(from / grain) * grain;
	const end = Math.floor(to / grain) * grain;
	const kept = [...hours.kept].filter(([hour]) => startOf(hour) < end && startOf(hour + 1) > begin);
	if (kept.length === 0 || !isToldBySums(filter, table)) {
		return {rows};
	}
	const whole = new Set(kept.map(([hour]) => hour));
	const isCut = (hour: number): boolean => startOf(hour) < begin || startOf(hour + 1) > end;
	const [first, last] = [hourOf(from), hourOf(to)];
	const others = [...hours.states.keys(), first, last].filter(
		hour => (!whole.has(hour) || isCut(hour)) && (hour === timeless || (hour >= first && hour <= last)),
	);
	const inSums = `${hoursSql([...whole].filter(isCut))} AND time >= ${integer(begin)} AND time < ${integer(end)}`;
	return {
		rows,
		kept: {
			table,
			where:
				table === laneSumTable
					? `${makingsSql(kept.map(([hour, {gen}]) => [hour, gen]))} AND ${slotsSql(begin, end)}`
					: makingsSql(logMakings(hours, whole)),
			requests: kept.reduce((sum, [hour, {slots}]) => sum + requestsIn(slots, startOf(hour), begin, end), 0),
			taken: takenSql(filter),
			others: `${rows} AND ${hoursSql(others)} AND NOT (${inSums})`,
		},
	};
};

/** Which logs name models is asked of all rows, so that a filter by model is as well. */
const isToldBySums = (filter: Filter, table: keyof typeof grains): boolean =>
	isEmptyFilter(filter) || (table === logSumTable && !looksAtThreads(filter) && !filter.model);

/** The hour of requests without a time. */
const timeless = hourOf(untimed);

const startOf = (hour: number): number => hour * hourLength;

/** An hour, or the first one of a day, and which making of its sums is read. */
type Making = readonly [hour: number, gen: string];

/** The makings of sums by log for some hours, all of which are kept: those of days where all of a day's are among them. */
export const logMakings = ({states, kept, days}: Hours, hours: ReadonlySet<number>): readonly Making[] => {
	const whole = [...days].filter(([first]) => hoursOfDay(first).every(hour => !states.has(hour) || hours.has(hour)));
	const inDays = new Set(whole.flatMap(([first]) => hoursOfDay(first)));
	const single = [...hours].filter(hour => !inDays.has(hour));
	return [...whole, ...single.flatMap(hour => [[hour, kept.get(hour)?.gen ?? '0'] as const])];
};

/** The rows of makings, each of which is mostly of many hours. */
export const makingsSql = (makings: readonly Making[]): string => {
	const hours = [...grouped(makings, ([, gen]) => gen)].map(
		([gen, of]) => `(gen = ${gen} AND ${hoursSql(of.map(([hour]) => hour))})`,
	);
	return `(${hours.join(' OR ')})`;
};

/** The slots between two times. */
const slotsSql = (begin: number, end: number): string => {
	const slot = `(toInt64(hour) * ${slotsInHour} + slot)`;
	return `${slot} >= ${integer(begin / slotLength)} AND ${slot} < ${integer(end / slotLength)}`;
};

/** Requests of an hour's slots that lie between two times. */
const requestsIn = (slots: readonly number[], start: number, begin: number, end: number): number =>
	slots.reduce((sum, count, slot) => {
		const from = start + slot * slotLength;
		return from >= begin && from + slotLength <= end ? sum + count : sum;
	}, 0);
