import {expect, test} from 'vitest';
import type {Recommendation} from '../../../source/metrics/recommendations/recommendation.js';
import type {Snapshot} from '../../../source/monitor/monitor.js';
import {recommendations, scrollOf} from '../../../source/screen/dashboard/recommendations.js';
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
	item('The cache of 23 threads expired in gaps of less than an hour.', 'Use the 1-hour cache for them.', 9.8, 42),
	item('Second.', 'Do the second.', 4.2),
	item('Third.', 'Do the third.'),
);
const room = {columns: 60, dense: false};

test('evidence, action, and what it is worth', () => {
	expect(paneRows(recommendations, three, {...room, rows: 9})).toEqual(
		[
			'1  The cache of 23 threads expired in       $9.80, $42.00 a month',
			'   gaps of less than an hour.',
			'   → Use the 1-hour cache for them.',
			'2  Second.                                  $4.20',
			'   → Do the second.',
			'3  Third.',
			'   → Do the third.',
		].map(row => expect.stringMatching(new RegExp(`^${row.replaceAll(/[.$()]/g, '\\$&').replace(/ {4,}/, ' +')}$`))),
	);
});

test('where rows are dear, the action follows the evidence', () => {
	expect(paneRows(recommendations, three, {columns: 60, dense: true, rows: 9})[1]).toBe(
		'   gaps of less than an hour. → Use the 1-hour cache for',
	);
});

test('items are shown whole, and the rest can be scrolled to', () => {
	expect(paneRows(recommendations, three, {...room, rows: 4})).toHaveLength(3);
	expect(recommendations.title(three, {...room, rows: 4, scrolled: 0, unicode: true, timeZone: 'UTC'}).aside).toBe(
		'1 of 3, j k scroll',
	);
	expect(scrollOf(three, {...room, rows: 4, scrolled: 0})).toEqual({most: 1, page: 1});
	expect(paneRows(recommendations, three, {...room, rows: 4, scrolled: 1})[0]).toMatch(/^2 {2}Second/);
	expect(recommendations.title(three, {...room, rows: 4, scrolled: 1, unicode: true, timeZone: 'UTC'}).aside).toBe(
		'2–3 of 3, j k scroll',
	);
	expect(scrollOf(three, {...room, rows: 7, scrolled: 0}).most).toBe(0);
});

test('an item longer than the pane ends between words with an ellipsis', () => {
	expect(paneRows(recommendations, three, {columns: 40, dense: true, rows: 2})[1]).toMatch(/ → Use …$/);
});

test('nothing from a log reaches the terminal as it is', () => {
	const text = paneRows(recommendations, having(item('model \u001B[2Jx\nnext', 'do\u0007')), {rows: 9}).join('|');
	expect(text).toBe('1  model \uFFFD[2Jx\uFFFDnext|   → do\uFFFD');
});

test('without recommendations there is no pane', () => {
	expect(recommendations.need(having(), room)).toEqual({least: 0, most: 0});
});
