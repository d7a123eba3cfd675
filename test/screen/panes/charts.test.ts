import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {blocks} from '../../../source/screen/dashboard/blocks.js';
import {causes} from '../../../source/screen/dashboard/causes.js';
import {trend} from '../../../source/screen/dashboard/trend.js';
import {textOf} from '../../../source/screen/text/line.js';
import {defaultDrawing, paneRows} from '../../support/panes.js';
import {measured, measuredDay, planned, workedExample} from '../../support/requests.js';
import {busyRequests, snapshotOf} from '../../support/snapshots.js';

const busy = snapshotOf({requests: busyRequests()});
const plans = snapshotOf({requests: workedExample()});
const drawing = {...defaultDrawing, columns: 80, rows: 8};

test('if the log reports no tokens, the trend of the rate is above the requests and the times', () => {
	const rows = paneRows(trend, plans, {columns: 80, rows: 8});
	expect(rows).toHaveLength(8);
	expect(rows[0]).toMatch(/^100 ┤/);
	expect(rows[6]).toMatch(/^req {2}[▁-█ ]+$/);
	expect(rows[7]).toMatch(/^ {5}09:12 +15:12 +21:12 +03:12 +now$/);
	for (const row of rows) {
		expect(stringWidth(row)).toBeLessThanOrEqual(80);
	}
	expect(trend.title(plans, drawing)).toEqual({
		title: 'Planned hit rate, last 24 h',
		aside: expect.stringMatching(/^peak \d+ requests in 30 min$/),
	});
});

test('few rows leave out the times, then the requests', () => {
	expect(paneRows(trend, plans, {rows: 3}).join()).toContain('req');
	expect(paneRows(trend, plans, {rows: 3}).join()).not.toContain('now');
	expect(paneRows(trend, plans, {rows: 2}).join()).not.toContain('req');
});

test('blocks by share, with the limit', () => {
	expect(paneRows(blocks, plans, {columns: 46}).map(row => row.slice(0, 24))).toEqual([
		'1 system  1,050  100.0 %',
		'2 chat      850   81.0 %',
		'3 chat      650   61.9 %',
	]);
	expect(paneRows(blocks, busy).at(-1)).toMatch(/^\d+ requests use all 4 blocks$/);
	expect(blocks.title(plans, drawing).aside).toBeUndefined();
	expect(blocks.title(busy, drawing).aside).toBe('as planned');
});

test('causes say whether they are inferred, at any width', () => {
	const rows = paneRows(causes, busy, {columns: 56});
	expect(rows[0]).toMatch(/^\$\d+\.\d\d {2}expired +\d+ {2}inferred {2}thread-\d+ {2}\+\d+ *$/);
	expect(rows.join('\n')).toMatch(/ tools changed +\d+ {2}reported /m);
	for (const columns of [38, 30]) {
		expect(paneRows(causes, busy, {columns, rows: 3}).every(row => /inferred|reported/.test(row))).toBe(true);
	}
});

test('a single row names as many causes as it holds', () => {
	const [row = '', ...others] = paneRows(causes, busy, {columns: 78, rows: 1});
	expect(others).toEqual([]);
	expect(row).toMatch(/^\$\d+\.\d\d expired \d+ inferred {3}\$\d+\.\d\d prefix changed \d+ inferred$/);
});

test('two breaks of a day, and where they were', () => {
	const day = snapshotOf({requests: measuredDay().map(found => ({...found, project: '/home/ada/research'}))});
	expect(paneRows(causes, day, {rows: 2, columns: 90}).map(row => row.split(/ {2,}/))).toEqual([
		[
			expect.stringMatching(/^\$0\.\d\d$/),
			'tools changed',
			'1',
			'reported',
			'26.0 k tokens',
			'research',
			'thread-1',
			expect.stringMatching(/^█+$/),
		],
		[
			expect.stringMatching(/^\$0\.\d\d$/),
			'expired',
			'1',
			'inferred',
			expect.stringMatching(/ tokens$/),
			'research',
			'thread-1',
			expect.stringMatching(/^█+.?$/),
		],
	]);
	expect(causes.need(day, {columns: 56, dense: false}).most).toBe(2);
	const {aside} = causes.title(day, drawing);
	expect(typeof aside === 'object' && textOf(aside)).toBe('Enter: the worst thread');
});

test('without breaks: good news, or not known', () => {
	const fine = snapshotOf({requests: [measured({cacheRead: 9})]});
	expect(paneRows(causes, fine)).toEqual(['Nothing lost. Every thread found its cache again.']);
	const nameless = snapshotOf({requests: [measured({cacheRead: 9}, {thread: undefined})]});
	expect(paneRows(causes, nameless)).toEqual(['Not known: the log does not name threads.']);
	expect(causes.need(plans, {columns: 80, dense: true}).most).toBe(0);
	expect(blocks.need(snapshotOf({requests: [planned([])]}), {columns: 80, dense: true}).most).toBe(0);
});
