import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {presetChoice} from '../../../source/metrics/windows/window.js';
import {slotsOf} from '../../../source/screen/charts/time-slots.js';
import {trend} from '../../../source/screen/dashboard/trend.js';
import {defaultDrawing, paneRows} from '../../support/panes.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {busyRequests, snapshotOf} from '../../support/snapshots.js';

const busy = snapshotOf({requests: busyRequests()});
const drawing = {...defaultDrawing, columns: 80, rows: 8};

test('bars of input tokens are above the rate of each, and the times', () => {
	const rows = paneRows(trend, busy, {columns: 80, rows: 8});
	expect(rows).toHaveLength(8);
	expect(rows[0]).toMatch(/^ +[\d.]+ [kM] ┤/);
	expect(rows[6]).toMatch(/^ {2}hit % {3}(?:\d+✕? +)+\d+✕?$/);
	expect(rows[7]).toMatch(/^ {10}08:00 .*now$/);
	for (const row of rows) {
		expect(stringWidth(row)).toBeLessThanOrEqual(80);
	}
	expect(trend.title(busy, drawing).title).toBe('Input tokens per 2 h, last 24 h');
});

test('few rows leave out the times; no bar is left without its rate', () => {
	expect(paneRows(trend, busy, {rows: 3}).join()).toContain('hit %');
	expect(paneRows(trend, busy, {rows: 3}).join()).not.toContain('now');
});

test('all tokens of the window are in the bars, whatever their number', () => {
	const {report} = busy;
	for (const most of [1, 2, 7, 12, 24, 60]) {
		const slots = slotsOf(report, most);
		expect(slots.length).toBeLessThanOrEqual(Math.max(most, 2));
		const sum = slots.reduce(
			(total, {tokens}) => total + (tokens ? tokens.read + tokens.written + tokens.uncached : 0),
			0,
		);
		expect(sum).toBe(report.summary.tokens.input);
		expect(slots.reduce((total, {tokens}) => total + (tokens?.lost ?? 0), 0)).toBe(report.breaks.lostTokens);
		expect(slots.reduce((total, {requests}) => total + requests, 0)).toBe(report.summary.requests);
	}
});

test('pauses are gaps, not zeros', () => {
	const requests = [
		measured({cacheRead: 9}, {time: testNow - 23 * hour}),
		measured({cacheRead: 9}, {time: testNow - 1}),
	];
	const rates = paneRows(trend, snapshotOf({requests}), {columns: 101, rows: 4})[2] ?? '';
	expect(rates.match(/\d+/g)).toEqual(['100', '100']);
});

test('50 % stands half-way between 0 and 100 %, whatever the height', () => {
	for (let rows = 11; rows <= 40; rows++) {
		const drawn = paneRows(trend, busy, {columns: 120, rows});
		const at = (label: string) => drawn.findIndex(row => row.includes(` ${label} ┤`));
		expect([rows, at('50 %') - at('100 %')]).toEqual([rows, at('0 %') - at('50 %')]);
		expect(at('50 %')).toBeGreaterThan(0);
	}
});

test('a line of the rate is above if there are enough points, unless it is hidden', () => {
	const braille = (rows: readonly string[]) => rows.filter(row => /[\u2801-\u28FF]/.test(row)).length;
	expect(braille(paneRows(trend, busy, {columns: 120, rows: 16}))).toBeGreaterThan(0);
	expect(braille(paneRows(trend, busy, {columns: 120, rows: 16, rateLine: false}))).toBe(0);
	expect(braille(paneRows(trend, busy, {columns: 120, rows: 8}))).toBe(0);
	const few = snapshotOf({requests: [measured({cacheRead: 9}), measured({cacheRead: 9}, {time: testNow - hour})]});
	expect(braille(paneRows(trend, few, {columns: 120, rows: 16}))).toBe(0);
});

test('days are days', () => {
	const week = snapshotOf({
		requests: busyRequests({hours: 160}),
		view: {choice: presetChoice('7d'), end: undefined},
	});
	expect(trend.title(week, {...drawing, columns: 70}).title).toBe('Input tokens per day');
	expect(trend.title(week, {...drawing, columns: 79}).title).toBe('Input tokens per day, last 7 d');
	expect(paneRows(trend, week, {columns: 70}).at(-1)).toMatch(/^ {10}15 Nov +16 Nov +.*now$/);
});

test('bars of many days are named after the day on which they begin', () => {
	const long = snapshotOf({
		requests: [measured({cacheRead: 9}, {time: testNow - 400 * 24 * hour}), measured({cacheRead: 9})],
		view: {choice: {kind: 'all'}, end: undefined},
	});
	expect(trend.title(long, drawing).title).toContain('per 30 d');
	expect(paneRows(trend, long, {columns: 80, rows: 8}).at(-1)).toMatch(/^ {10}9 Oct +8 Dec .* 4 Oct$/);
});

test('7-bit characters only', () => {
	const text = paneRows(trend, busy, {columns: 80, rows: 8, unicode: false}).slice(0, 7).join('');
	expect(text).toMatch(/^[ -~]+$/);
	expect(text).toMatch(/\d+x/);
});
