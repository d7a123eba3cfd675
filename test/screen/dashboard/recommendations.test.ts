import {expect, test} from 'vitest';
import type {Recommendation} from '../../../source/metrics/recommendations/recommendation.js';
import type {Snapshot} from '../../../source/monitor/snapshot.js';
import {adviceLines, recommendations} from '../../../source/screen/dashboard/recommendations.js';
import {textOf} from '../../../source/screen/text/line.js';
import {paneRows} from '../../support/panes.js';
import {snapshotOf} from '../../support/snapshots.js';

const item = (evidence: string, action: string, cost?: number, worthPerMonth?: number): Recommendation => ({
	id: evidence,
	severity: 'note',
	evidence,
	action,
	cost,
	worthPerDay: cost,
	worthPerMonth,
});

const having = (...items: readonly Recommendation[]): Snapshot => {
	const snapshot = snapshotOf();
	return {...snapshot, report: {...snapshot.report, recommendations: items}};
};

const three = having(
	item(
		'The cache of 23 threads expired in gaps of less than an hour.',
		'Use the 1-hour cache for 23 threads.',
		9.8,
		42,
	),
	item('Second.', 'Do the second.', 4.2),
	item('Third.', 'Do the third.'),
);
const drawing = {columns: 60, dense: false, unicode: true, timeZone: 'UTC', rateLine: true, keys: true};
const asideOf = (rows: number, selected: number) => {
	const {aside} = recommendations.title(three, {...drawing, rows, selected});
	return typeof aside === 'object' ? textOf(aside) : aside;
};

test('one line each: what it cost, and what to do', () => {
	expect(paneRows(recommendations, three, {columns: 60, rows: 9})).toEqual([
		'  $9.80  Use the 1-hour cache for 23 threads.',
		'  $4.20  Do the second.',
		'         Do the third.',
	]);
	expect(recommendations.need(three, drawing)).toEqual({least: 1, most: 3});
});

test('a line that is too long ends with an ellipsis', () => {
	expect(paneRows(recommendations, three, {columns: 30, rows: 1})).toEqual(['  $9.80  Use the 1-hour cache…']);
});

test('the selected one is marked, and always in sight', () => {
	expect(paneRows(recommendations, three, {columns: 60, rows: 2, selected: 0})[0]).toMatch(/\$9\.80/);
	expect(paneRows(recommendations, three, {columns: 60, rows: 2, selected: 3})).toEqual([
		'  $4.20  Do the second.',
		'▸        Do the third.',
	]);
	expect(asideOf(2, 0)).toBe('1–2 of 3 · j k select');
	expect(asideOf(2, 3)).toBe('2–3 of 3 · Enter: the whole text');
	expect(asideOf(3, 1)).toBe('Enter: the whole text');
});

test('the whole text: what was seen, what to do, and what it is worth', () => {
	const {lines, sections} = adviceLines(three.report.recommendations, 50);
	expect(lines.map(textOf)).toEqual([
		'1 $9.80 in this window, about $42.00 a month',
		'  The cache of 23 threads expired in gaps of less',
		'  than an hour.',
		'  → Use the 1-hour cache for 23 threads.',
		'',
		'2 $4.20 in this window',
		'  Second.',
		'  → Do the second.',
		'',
		'3 not a matter of money',
		'  Third.',
		'  → Do the third.',
	]);
	expect(sections).toEqual([0, 5, 9]);
});

test('nothing from a log reaches the terminal as it is', () => {
	const hostile = having(item('model \u001B[2Jx\nnext', 'do\u0007 \u001B[2J'));
	expect(paneRows(recommendations, hostile, {rows: 9})).toEqual(['  do\uFFFD \uFFFD[2J']);
	expect(adviceLines(hostile.report.recommendations, 50).lines.map(textOf).join()).not.toMatch(/\p{Cc}/u);
});

test('without recommendations there is no pane', () => {
	expect(recommendations.need(having(), drawing)).toEqual({least: 0, most: 0});
});
