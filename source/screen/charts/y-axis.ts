import {isPresent, type Series} from './buckets.js';

/** A labelled value on the y axis. */
type Tick = {
	readonly value: number;
	/** Row of the plot for the value; 0 is the top row. */
	readonly row: number;
};

// Half of each is a round step, too.
const roundTops = [1, 2, 3, 4, 5, 6, 8, 10] as const;
const roundSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 10] as const;

const magnitudeOf = (value: number): number => 10 ** Math.floor(Math.log10(value));

const isRound = (step: number): boolean => {
	const factor = step / magnitudeOf(step);
	return roundSteps.some(round => Math.abs(factor - round) < 1e-9);
};

/** About one label every three rows, and one in the middle as soon as there is a row for it. */
const mostIntervals = (rows: number): number => (rows < 3 ? 1 : Math.max(2, Math.floor(rows / 3)));

/** The top of the axis: `top` if it is usable, else a round number at or above the largest value. */
export const axisTop = (top: number | undefined, values: Series): number => {
	if (isPresent(top) && top > 0) {
		return top;
	}

	const peak = values.filter(isPresent).reduce((most, value) => Math.max(most, value), 0);
	if (peak < 1e-9) {
		return 1;
	}

	const magnitude = magnitudeOf(peak);
	const rounded = magnitude * (roundTops.find(factor => factor * magnitude >= peak) ?? 10);
	return Number.isFinite(rounded) ? rounded : peak;
};

/** Evenly spaced round values from 0 to `top`, as many as the rows allow: 0, 50 and 100 on 5 rows. One row shows `top` alone. */
export const ticksFor = (top: number, rows: number): readonly Tick[] => {
	let intervals = mostIntervals(rows);
	while (intervals > 1 && !isRound(top / intervals)) {
		intervals--;
	}

	const lastDot = rows * 4 - 1;
	const ticks = Array.from({length: intervals + 1}, (_, index) => ({
		value: top * (index / intervals),
		row: Math.floor((lastDot * (1 - index / intervals)) / 4),
	}));
	return rows === 1 ? ticks.slice(-1) : ticks;
};

const suffixes = [
	[1e12, ' T'],
	[1e9, ' G'],
	[1e6, ' M'],
	[1e3, ' k'],
] as const;

/** The default y label: three significant digits, thousands as `60 k` from 10,000 up. */
export const formatTick = (value: number): string => {
	const [divisor, suffix] = (value >= 1e4 && suffixes.find(([least]) => value >= least)) || [1, ''];
	return `${Number((value / divisor).toPrecision(divisor === 1 ? 4 : 3))}${suffix}`;
};
