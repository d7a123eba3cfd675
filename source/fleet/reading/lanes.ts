import {isEmptyFilter} from '../../metrics/filter.js';
import {grouped} from '../../metrics/grouped.js';
import type {Dimension, Question} from '../../metrics/ledger.js';
import {type Part, type SlicePart, totalOf} from '../../metrics/sums/parts.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {hourLength} from '../table/key.js';
import {integer} from '../table/literal.js';
import {laneKeys, laneSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {type Hours, hoursInDay} from './hours.js';
import {selectionOf, slotLength, slotsInHour} from './selection.js';
import {type Key, type KeyedPart, sumsOf} from './sums.js';

/** A question that sums of lanes can answer: totals or slices of windows. */
type LaneQuestion = Extract<Question, {kind: 'parts' | 'slices'}>;

const isOfLanes = (question: Question | undefined): question is LaneQuestion =>
	(question?.kind === 'parts' || (question?.kind === 'slices' && question.width % slotLength === 0)) &&
	isEmptyFilter(question.filter) &&
	question.by.every(name => (laneKeys as readonly string[]).includes(name));

/**
 * Answers such questions. A report asks about several overlapping or adjacent windows. One statement reads the sums
 * between all of their edges, and every answer is added up from those.
 */
export const lanesOf = (
	ask: Ask,
	questions: readonly (Question | undefined)[],
	hours: Hours,
): ReadonlyMap<Question, Promise<readonly (Part | SlicePart)[]>> =>
	new Map(
		together(questions.filter(isOfLanes)).flatMap(some => {
			const pieces = piecesOf(ask, some, hours);
			return some.map(question => [question, pieces.then(found => answerFrom(found, question))] as const);
		}),
	);

/** The edges of a window in whole milliseconds; requests without a time have none. */
const edgesOf = (window: Window): {readonly from: number; readonly to: number} => {
	const {from, to} = stretchesOf(window).at(-1) as Pick<Window, 'from' | 'to'>;
	return {from: Math.ceil(from), to: Math.max(Math.ceil(from), Math.ceil(to))};
};

/** Groups questions whose windows are adjacent or overlap, by the start of their windows. */
const together = (questions: readonly LaneQuestion[]): readonly (readonly LaneQuestion[])[] => {
	const found: LaneQuestion[][] = [];
	let end = Number.NEGATIVE_INFINITY;
	for (const question of [...questions].sort((one, other) => edgesOf(one.window).from - edgesOf(other.window).from)) {
		const {from, to} = edgesOf(question.window);
		if (from > end) {
			found.push([]);
		}
		end = Math.max(end, to);
		found.at(-1)?.push(question);
	}
	return found;
};

/** The sums that answers are added up from. */
type Pieces = {
	readonly edges: readonly number[];
	readonly widths: readonly number[];
	/** Keyed by the number of edges before them and by the slice of each width. */
	readonly parts: readonly KeyedPart[];
};

const piecesOf = async (ask: Ask, questions: readonly LaneQuestion[], hours: Hours): Promise<Pieces> => {
	const windows = questions.map(({window}) => edgesOf(window));
	const edges = [...new Set(windows.flatMap(({from, to}) => [from, to]))].sort((one, other) => one - other);
	const widths = [...new Set(questions.flatMap(question => (question.kind === 'slices' ? question.width : [])))];
	const asked = new Set<string>(questions.flatMap(({by}) => by));
	const by = laneKeys.filter((name): name is Exclude<typeof name, 'price'> & Dimension => asked.has(name));
	const whole = {
		from: edges[0] as number,
		to: edges.at(-1) as number,
		name: questions.some(({window}) => window.name === 'all') ? 'all' : 'custom',
	};
	const byDay = widths.every(width => width % (hoursInDay * hourLength) === 0);
	const selection = selectionOf(whole, {}, laneSumTable, hours, {cuts: edges, byDay});
	const parts = await sumsOf(ask, {keys: [edgesBefore(edges), ...widths.map(sliceOf)], by, detail: 'all'}, selection);
	return {edges, widths, parts};
};

const answerFrom = ({edges, widths, parts}: Pieces, question: LaneQuestion): readonly (Part | SlicePart)[] => {
	const {from, to} = edgesOf(question.window);
	const [first, last] = [edges.indexOf(from), edges.indexOf(to)];
	const own = parts.filter(({keys: [before]}) => {
		const place = Number(before);
		// Requests without a time are before all edges.
		return place === 0 ? question.window.name === 'all' : place > first && place <= last;
	});
	if (question.kind === 'parts') {
		return merged(own);
	}
	const place = widths.indexOf(question.width) + 1;
	return [...grouped(own, ({keys}) => Number(keys[place]))].flatMap(([slice, of]) =>
		merged(of).map(part => ({...part, slice})),
	);
};

/** Adds up parts of the same lane, whose lanes are one object. */
const merged = (parts: readonly KeyedPart[]): readonly Part[] =>
	[...grouped(parts, ({lane}) => lane)].map(([lane, of]) => ({
		lane,
		measures: totalOf(of),
		firstTime: Math.min(...of.map(({firstTime}) => firstTime)),
		lastTime: Math.max(...of.map(({lastTime}) => lastTime)),
	}));

const ofBoth = (expression: (time: string) => string): Key => ({
	ofRow: expression('time'),
	ofKept: expression(`((toInt64(hour) * ${slotsInHour} + slot) * ${slotLength})`),
});

/** SQL for the number of edges before a row. */
const edgesBefore = (edges: readonly number[]): Key =>
	ofBoth(time => edges.map(edge => `(${time} >= ${integer(edge)})`).join(' + '));

/** SQL for the start of the slice that a row is in. @param width milliseconds */
export const sliceOf = (width: number): Key => {
	// In ClickHouse, the remainder has the type of the divisor.
	const wide = `toInt64(${integer(width)})`;
	return ofBoth(time => `${time} - modulo(modulo(${time}, ${wide}) + ${wide}, ${wide})`);
};
