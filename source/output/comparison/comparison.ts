import type {BreakCause, Breaks} from '../../metrics/breaks/breaks.js';
import {filterNames} from '../../metrics/filter.js';
import type {Report} from '../../metrics/report/report.js';
import type {Window} from '../../metrics/windows/window.js';
import {sanitize} from '../../text/sanitize.js';
import {formatChange, formatCount, formatMoney, formatTokens} from '../numbers.js';
import {causeNames, filterPhrase, windowPhrase} from '../phrases.js';
import {headPairs, morePairs, type Pair} from './pairs.js';

/** Two reports compared, formatted for people. */
export type Comparison = {
	/** Describes the second side: `previous, 21 Nov 13:00 to 22 Nov 13:00 (UTC), model with "opus"`. */
	readonly against: string;
	/** Why the sides cannot be compared fairly; undefined if they can. */
	readonly note: string | undefined;
	/** Column headings: the other side first, then this one. */
	readonly names: readonly [string, string];
	/** The most telling figures, with every cell formatted. */
	readonly head: readonly ComparedRow[];
	/** All other figures. */
	readonly more: readonly ComparedRow[];
	/** Causes of breaks on either side, largest change of money first. */
	readonly causes: readonly ComparedRow[];
};

/** A figure of the other side and of this one, and the change between them; the change is empty if there is none. */
export type ComparedRow = {
	readonly label: string;
	readonly before: string;
	readonly now: string;
	readonly change: string;
	/** Whether the change is for the better; undefined if it is neither. */
	readonly isBetter: boolean | undefined;
};

/** @param other the report of the other window or group */
export const comparisonOf = (report: Report, other: Report, zone: string, ascii = false): Comparison => ({
	against: [windowPhrase(other, zone), filterPhrase(other.filter)].filter(text => text !== undefined).join(', '),
	note: noteOf(report, other),
	names: namesOf(report, other),
	head: figureRows(headPairs, report, other, ascii),
	more: figureRows(morePairs, report, other, ascii),
	causes: causeRows(report, other, ascii),
});

/** The figures that are known for at least one of the sides. */
const figureRows = (pairs: typeof headPairs, report: Report, other: Report, ascii: boolean): readonly ComparedRow[] =>
	pairs(report, other)
		.filter(({now, before}) => now !== undefined || before !== undefined)
		.map(pair => comparedRow(pair, isFair(report, other) || pair.size !== undefined, ascii));

const length = ({from, to}: Window): number => to - from;

/** Whether sums can be compared: those of a longer window are larger, which is neither better nor worse. */
const isFair = (one: Pick<Report, 'window'>, other: Pick<Report, 'window'>): boolean =>
	length(one.window) === length(other.window);

const noteOf = ({summary, window}: Report, other: Report): string | undefined => {
	if (other.count === 0) {
		return 'It has no requests.';
	}
	if (summary.basis !== other.summary.basis && summary.basis !== undefined) {
		return 'One side is measured, the other planned: their hits and savings do not compare.';
	}
	return isFair({window}, other) ? undefined : 'The windows are not equally long: compare rates, not sums.';
};

/**
 * Formats a figure of both sides.
 * @param isFair false if more or less is neither better nor worse
 */
export const comparedRow = (
	{label, now, before, format, size = format, better}: Pair,
	isFair = true,
	ascii = false,
): ComparedRow => {
	const change = formatChange(now, before, size, ascii);
	const rose = (now ?? 0) > (before ?? 0);
	return {
		label,
		before: format(before),
		now: format(now),
		change,
		isBetter: better === undefined || change === '' || !isFair ? undefined : rose === (better === 'more'),
	};
};

/** Losses to a cause on one side. */
type LostTo = {readonly times: number; readonly tokens: number; readonly cost: number | undefined};

const lostTo = ({byCause}: Breaks, wanted: BreakCause): LostTo => {
	const found = byCause.find(({cause}) => cause === wanted);
	return found ? {times: found.breaks, tokens: found.lostTokens, cost: found.lostCost} : {times: 0, tokens: 0, cost: 0};
};

const causeRows = (report: Report, other: Report, ascii: boolean): readonly ComparedRow[] =>
	[...new Set([...report.breaks.byCause, ...other.breaks.byCause].map(({cause}) => cause))]
		.map(cause => ({cause, now: lostTo(report.breaks, cause), before: lostTo(other.breaks, cause)}))
		.toSorted((one, two) => difference(two) - difference(one))
		.map(({cause, now, before}) => {
			// Compare tokens if the cost is unknown on either side.
			const isPriced = now.cost !== undefined && before.cost !== undefined;
			const format = isPriced ? formatMoney : formatTokens;
			const size = (side: LostTo) => (isPriced ? side.cost : side.tokens);
			const cell = (side: LostTo) =>
				side.times === 0 ? 'none' : `${format(size(side))} in ${formatCount(side.times)}`;
			const change = formatChange(size(now), size(before), format, ascii);
			return {
				label: causeNames[cause],
				before: cell(before),
				now: cell(now),
				change,
				isBetter: change === '' || !isFair(report, other) ? undefined : (size(now) ?? 0) < (size(before) ?? 0),
			};
		});

const difference = ({now, before}: {readonly now: LostTo; readonly before: LostTo}): number =>
	Math.abs((now.cost ?? 0) - (before.cost ?? 0));

/** Short names of the sides: their filters if they differ, else their windows. A custom range has no name. */
const namesOf = (report: Report, other: Report): readonly [string, string] => {
	const part = [...filterNames, 'text' as const].find(name => report.filter[name] !== other.filter[name]);
	const nameOf = ({window, filter}: Report) =>
		sanitize(part === undefined ? window.name : (filter[part] ?? `any ${part}`), {columns: 20});
	const [before, now] = [nameOf(other), nameOf(report)];
	return before === now ? ['other', 'this'] : [before === 'custom' ? 'other' : before, now === 'custom' ? 'this' : now];
};
