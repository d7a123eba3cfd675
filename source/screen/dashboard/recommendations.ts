import type {Recommendation} from '../../metrics/recommendations/recommendation.js';
import type {Snapshot} from '../../monitor/monitor.js';
import {formatCount, formatMoney} from '../../output/numbers.js';
import {fitting, sanitize} from '../../text/sanitize.js';
import {atEdges} from '../text/arrange.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import type {Room} from './layout.js';
import {type Drawing, nothing, type Pane} from './pane.js';

const indent = 3;
const gap = 2;
/** What it is worth is left out where the sentence would be narrower than this beside it. */
const leastText = 24;
/** The first item is shown whole, unless it is longer than that. */
const mostOfFirst = 3;

const worth = ({cost, worthPerMonth}: Recommendation): Line =>
	cost === undefined
		? []
		: [
				...styledAs('status.fair', formatMoney(cost)),
				...(worthPerMonth === undefined ? [] : muted(`, ${formatMoney(worthPerMonth)} a month`)),
			];

/** Evidence, then what to do about it; what it cost, and what it is worth, stands at the right of the first row. */
const itemLines = (item: Recommendation, number: number, {columns, dense}: Room): readonly Line[] => {
	const room = columns - indent;
	const value = worth(item);
	const right = room - widthOf(value) - gap >= leastText ? value : [];
	const evidence = strong(sanitize(item.evidence));
	const action: Line = [...muted('→'), ...primary(sanitize(item.action))];
	const firstRoom = right.length > 0 ? room - widthOf(right) - gap : room;
	// Where rows are dear, the action goes on in the row in which the evidence ends.
	const rows = dense
		? flow([...evidence, ...action], room, firstRoom)
		: [...flow(evidence, room, firstRoom), ...flow(action, room)];
	return rows.map((row, index) =>
		index === 0
			? atEdges([...styledAs('accent', `${number}`.padEnd(indent)), ...row], right, columns)
			: [...space(indent), ...row],
	);
};

const itemsOf = ({report}: Snapshot, room: Room): readonly (readonly Line[])[] =>
	report.recommendations.map((item, index) => itemLines(item, index + 1, room));

/** How many items fit whole from one on; one at least, however long it is. */
const countFrom = (items: readonly (readonly Line[])[], first: number, rows: number): number => {
	let left = rows;
	let count = 0;
	for (const {length} of items.slice(first)) {
		left -= length;
		if (left < 0) {
			break;
		}
		count++;
	}
	return Math.max(1, count);
};

/** How far one can scroll, item by item: to where the last one is in sight. */
export const scrollOf = (
	snapshot: Snapshot,
	{rows, scrolled, ...room}: Room & Pick<Drawing, 'rows' | 'scrolled'>,
): {readonly most: number; readonly page: number} => {
	const items = itemsOf(snapshot, room);
	const most = Math.max(
		0,
		items.findIndex((_, index) => index + countFrom(items, index, rows) >= items.length),
	);
	return {most, page: countFrom(items, Math.min(scrolled, most), rows)};
};

const wholeWords = (text: string, columns: number): string => {
	const taken = fitting(text, columns);
	return taken.length < text.length ? taken.replace(/\s?\S*$/, '') : taken;
};

/** A row that ends although the text goes on. */
const goesOn = (line: Line, columns: number): Line => {
	const before = line.slice(0, -1);
	return line
		.slice(-1)
		.flatMap(({text, token}) => [
			...before,
			...styledAs(token, `${wholeWords(text.trimEnd(), columns - widthOf(before) - 2)} …`),
		]);
};

/** What to do, by money. */
export const recommendations: Pane = {
	title: (snapshot, drawing) => {
		const {rows, scrolled} = drawing;
		const items = itemsOf(snapshot, drawing);
		const count = countFrom(items, scrolled, rows);
		const range = count === 1 ? formatCount(scrolled + 1) : `${scrolled + 1}–${scrolled + count}`;
		return {
			title: 'What to do',
			aside: count < items.length ? `${range} of ${items.length}, j k scroll` : undefined,
		};
	},
	need: (snapshot, room) => {
		const items = itemsOf(snapshot, room);
		const [first] = items;
		return first ? {least: Math.min(mostOfFirst, first.length), most: items.flat().length} : nothing;
	},
	draw: (snapshot, drawing) => {
		const {columns, rows, scrolled} = drawing;
		const items = itemsOf(snapshot, drawing);
		const shown = items.slice(scrolled, scrolled + countFrom(items, scrolled, rows)).flat();
		const last = shown[rows - 1];
		return shown.length > rows && last ? [...shown.slice(0, rows - 1), goesOn(last, columns)] : shown;
	},
};
