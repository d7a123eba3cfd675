import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {presetChoice} from '../../../source/metrics/windows/window.js';
import {blocks} from '../../../source/screen/dashboard/blocks.js';
import {causes} from '../../../source/screen/dashboard/causes.js';
import {trend} from '../../../source/screen/dashboard/trend.js';
import {paneRows} from '../../support/panes.js';
import {hour, measured, measuredDay, planned, testNow, workedExample} from '../../support/requests.js';
import {busyRequests, snapshotOf} from '../../support/snapshots.js';

const busy = snapshotOf({requests: busyRequests()});
const plans = snapshotOf({requests: workedExample()});
const drawing = {columns: 80, rows: 8, dense: false, unicode: true, timeZone: 'UTC', scrolled: 0};

test('the trend stands over the requests and the times', () => {
	const rows = paneRows(trend, busy, {columns: 80, rows: 8});
	expect(rows).toHaveLength(8);
	expect(rows[0]).toMatch(/^100 ┤/);
	expect(rows[6]).toMatch(/^req {2}[▁-█ ]+$/);
	expect(rows[7]).toMatch(/^ {5}09:12 +15:12 +21:12 +03:12 +now$/);
	for (const row of rows) {
		expect(stringWidth(row)).toBeLessThanOrEqual(80);
	}
	expect(trend.title(busy, drawing)).toEqual({
		title: 'Hit rate, last 24 h',
		aside: expect.stringMatching(/^peak \d+ requests in 30 min$/),
	});
	expect(trend.title(plans, drawing).title).toBe('Planned hit rate, last 24 h');
});

test('few rows leave out the times, then the requests', () => {
	expect(paneRows(trend, busy, {rows: 3}).join()).toContain('req');
	expect(paneRows(trend, busy, {rows: 3}).join()).not.toContain('now');
	expect(paneRows(trend, busy, {rows: 2}).join()).not.toContain('req');
});

test('pauses are gaps', () => {
	const requests = [
		measured({cacheRead: 9}, {time: testNow - 23 * hour}),
		measured({cacheRead: 9}, {time: testNow - 1}),
	];
	const [line = '', , req = ''] = paneRows(trend, snapshotOf({requests}), {columns: 101, rows: 3});
	expect(line.slice(20, 90).trim()).toBe('');
	expect(req.slice(20, 90).trim()).toBe('');
});

test('a window in the past ends with its time', () => {
	const past = snapshotOf({requests: busyRequests(), view: {choice: presetChoice('6h'), end: testNow - 9 * hour}});
	expect(trend.title(past, drawing).title).toBe('Hit rate, 6 h');
	expect(paneRows(trend, past, {columns: 80}).at(-1)).toMatch(/18:12 .* 00:12$/);
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
	expect(rows[0]).toMatch(/^expired +\d+ {2}inferred +[\d.]+ M {2}\$\d+\.\d\d {2}█+$/);
	expect(rows.join('\n')).toMatch(/^tools changed +\d+ {2}reported /m);
	for (const columns of [38, 30]) {
		expect(paneRows(causes, busy, {columns, rows: 3}).every(row => /inferred|reported/.test(row))).toBe(true);
	}
});

test('a single row names as many causes as it holds', () => {
	const [row = '', ...others] = paneRows(causes, busy, {columns: 78, rows: 1});
	expect(others).toEqual([]);
	expect(row).toMatch(/^expired \d+ inferred \$\d+\.\d\d {3}prefix changed \d+ inferred \$\d+\.\d\d$/);
});

test('two breaks of a day', () => {
	const day = snapshotOf({requests: measuredDay()});
	expect(paneRows(causes, day, {rows: 2}).map(row => row.split(/ {2,}/).slice(0, 3))).toEqual([
		['tools changed', '1', 'reported'],
		['expired', '1', 'inferred'],
	]);
	expect(paneRows(causes, day, {rows: 3})[2]).toMatch(/^worst thread {2}thread-1 {2}\$0\.\d+ +⏎ open$/);
	expect(paneRows(causes, day, {rows: 3, unicode: false})[2]).toMatch(/ Enter open$/);
	expect(causes.need(day, {columns: 56, dense: false}).most).toBe(3);
	// Where rows are dear it would take one from what to do.
	expect(causes.need(day, {columns: 78, dense: true}).most).toBe(2);
});

test('without breaks: good news, or not known', () => {
	const fine = snapshotOf({requests: [measured({cacheRead: 9})]});
	expect(paneRows(causes, fine)).toEqual(['Nothing lost. Every thread found its cache again.']);
	const nameless = snapshotOf({requests: [measured({cacheRead: 9}, {thread: undefined})]});
	expect(paneRows(causes, nameless)).toEqual(['Not known: the log does not name threads.']);
	expect(causes.need(plans, {columns: 80, dense: true}).most).toBe(0);
	expect(blocks.need(snapshotOf({requests: [planned([])]}), {columns: 80, dense: true}).most).toBe(0);
});
