import {isEmptyFilter} from '../../metrics/filter.js';
import {grouped} from '../../metrics/grouped.js';
import type {Dimension, Question} from '../../metrics/ledger.js';
import {addMeasures, noMeasures} from '../../metrics/sums/measures.js';
import type {Part, SlicePart} from '../../metrics/sums/parts.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {hourLength} from '../table/key.js';
import {integer} from '../table/literal.js';
import {laneKeys, laneSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {type Hours, hoursInDay} from './hours.js';
import {type Key, type KeyedPart, sumsOf} from './sums.js';
import {slotLength, slotsInHour, takingOf} from './taking.js';

/** A question about what lanes tell apart, in whole windows or slices of them. */
type LaneQuestion = Extract<Question, {kind: 'parts' | 'slices'}>;

const isOfLanes = (question: Question | undefined): question is LaneQuestion =>
	(question?.kind === 'parts' || (question?.kind === 'slices' && question.width % slotLength === 0)) &&
	isEmptyFilter(question.filter) &&
	question.by.every(name => (laneKeys as readonly string[]).includes(name));

/**
 * Answers questions that sums of lanes answer. A report asks several of windows that overlap or follow one another: all
 * of these are one statement, of the sums between all of their edges, from which each is added up.
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

/** Edges of what has a time: whole milliseconds. */
const edgesOf = (window: Window): {readonly from: number; readonly to: number} => {
	const {from, to} = stretchesOf(window).at(-1) as Pick<Window, 'from' | 'to'>;
	return {from: Math.ceil(from), to: Math.max(Math.ceil(from), Math.ceil(to))};
};

/** Questions of windows between which no time lies, by the beginning of their windows. */
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

/** What some questions are answered from. */
type Pieces = {
	readonly edges: readonly number[];
	readonly widths: readonly number[];
	/** By how many of the edges came before, and the slice of each width. */
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
	const taking = takingOf(whole, {}, laneSumTable, hours, {cuts: edges, byDay});
	const parts = await sumsOf(ask, {keys: [edgesBefore(edges), ...widths.map(sliceOf)], by, detail: 'all'}, taking);
	return {edges, widths, parts};
};

const answerFrom = ({edges, widths, parts}: Pieces, question: LaneQuestion): readonly (Part | SlicePart)[] => {
	const {from, to} = edgesOf(question.window);
	const [first, last] = [edges.indexOf(from), edges.indexOf(to)];
	const own = parts.filter(({keys: [before]}) => {
		const place = Number(before);
		// Before all edges there is what has no time.
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

/** Parts of equal lanes, which are one object, as one. */
const merged = (parts: readonly KeyedPart[]): readonly Part[] =>
	[...grouped(parts, ({lane}) => lane)].map(([lane, of]) => {
		const measures = noMeasures();
		for (const part of of) {
			addMeasures(measures, part.measures);
		}
		return {
			lane,
			measures,
			firstTime: Math.min(...of.map(({firstTime}) => firstTime)),
			lastTime: Math.max(...of.map(({lastTime}) => lastTime)),
		};
	});

const ofBoth = (expression: (time: string) => string): Key => ({
	ofRow: expression('time'),
	ofKept: expression(`((toInt64(hour) * ${slotsInHour} + slot) * ${slotLength})`),
});

/** How many of some times came before. */
const edgesBefore = (edges: readonly number[]): Key =>
	ofBoth(time => edges.map(edge => `(${time} >= ${integer(edge)})`).join(' + '));

/** The slice of a width, milliseconds, that a time is in, by when it begins. */
export const sliceOf = (width: number): Key => {
	// A remainder is only as wide as what it is divided by.
	const wide = `toInt64(${integer(width)})`;
	return ofBoth(time => `${time} - modulo(modulo(${time}, ${wide}) + ${wide}, ${wide})`);
};
