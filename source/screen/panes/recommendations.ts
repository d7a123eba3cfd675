import type {Recommendation} from '../../metrics/recommendation.js';
import type {Snapshot} from '../../monitor.js';
import {formatCount, formatMoney} from '../../output/numbers.js';
import {fitting, sanitize} from '../../output/sanitize.js';
import {wrap} from '../../output/wrap.js';
import {atEdges} from '../text/arrange.js';
import {type Line, muted, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import {type Drawing, nothing, type Pane} from './pane.js';

const indent = 3;
/** What it is worth is left out where the sentence would be narrower than this beside it. */
const leastText = 24;

const worth = ({worthPerDay}: Recommendation): Line =>
	worthPerDay === undefined
		? []
		: [...muted('worth '), ...styledAs('status.good', formatMoney(worthPerDay)), ...muted(' a day')];

const oneLine = (text: string): string => sanitize(text).replaceAll(/\s+/g, ' ').trim();

/** Evidence, then what to do about it; what that is worth stands at the right of the first row. */
const itemLines = (item: Recommendation, number: number, columns: number): readonly Line[] => {
	const right = columns - indent - widthOf(worth(item)) - 2 >= leastText ? worth(item) : [];
	const text = oneLine(item.evidence);
	const [first = ''] = wrap(text, columns - indent - (right.length > 0 ? widthOf(right) + 2 : 0));
	const rest = wrap(text.slice(first.length).trim(), columns - indent);
	const head: Line = [...styledAs('accent', `${number}`.padEnd(indent)), ...strong(first)];
	const action = wrap(oneLine(item.action), columns - indent - 2);
	return [
		atEdges(head, right, columns),
		...rest.map(row => [...space(indent), ...strong(row)]),
		...action.map((row, index) => [...space(indent), ...muted(index === 0 ? '→ ' : '  '), ...primary(row)]),
	];
};

const itemsOf = ({report}: Snapshot, columns: number): readonly (readonly Line[])[] =>
	report.recommendations.map((item, index) => itemLines(item, index + 1, columns));

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
	{columns, rows, scrolled}: Pick<Drawing, 'columns' | 'rows' | 'scrolled'>,
): {readonly most: number; readonly page: number} => {
	const items = itemsOf(snapshot, columns);
	const most = Math.max(
		0,
		items.findIndex((_, index) => index + countFrom(items, index, rows) >= items.length),
	);
	return {most, page: countFrom(items, Math.min(scrolled, most), rows)};
};

/** A row that ends although the text goes on. */
const goesOn = (line: Line, columns: number): Line => {
	const before = line.slice(0, -1);
	return line
		.slice(-1)
		.flatMap(({text, token}) => [
			...before,
			...styledAs(token, `${fitting(text.trimEnd(), columns - widthOf(before) - 1)}…`),
		]);
};

/** What to do, by money. */
export const recommendations: Pane = {
	title: (snapshot, {columns, rows, scrolled}) => {
		const items = itemsOf(snapshot, columns);
		const count = countFrom(items, scrolled, rows);
		const range = count === 1 ? formatCount(scrolled + 1) : `${scrolled + 1}–${scrolled + count}`;
		return {
			title: 'What to do',
			aside: count < items.length ? `${range} of ${items.length}, j k scroll` : undefined,
		};
	},
	need: (snapshot, {columns}) => {
		const items = itemsOf(snapshot, columns);
		const [first] = items;
		return first ? {least: Math.min(2, first.length), most: items.flat().length} : nothing;
	},
	draw: (snapshot, {columns, rows, scrolled}) => {
		const items = itemsOf(snapshot, columns);
		const shown = items.slice(scrolled, scrolled + countFrom(items, scrolled, rows)).flat();
		const last = shown[rows - 1];
		return shown.length > rows && last ? [...shown.slice(0, rows - 1), goesOn(last, columns)] : shown;
	},
};
