import {expect, test} from 'vitest';
import {overview} from '../../../source/screen/dashboard/overview.js';
import {paneRows} from '../../support/panes.js';
import {block, hour, measured, measuredDay, planned, testNow, workedExample} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const plans = snapshotOf({requests: workedExample()});
const day = snapshotOf({requests: measuredDay()});

test('a planned rate is said to be one', () => {
	expect(paneRows(overview, plans)).toEqual([
		'Hit rate        84.0 %  Excellent  planned',
		`${'█'.repeat(47)}${'░'.repeat(9)}`,
		'planned: what would be cached, not what was',
		'Token hit rate     n/a  no usage in the log',
		'Requests         1,250  1,050 hits · 200 misses',
	]);
});

test('the word remains where the explanation has no room', () => {
	expect(paneRows(overview, plans, {rows: 2, columns: 38}).join()).toMatch(/^Hit rate +84\.0 % {2}planned,/);
});

test('a measured day, with what is not certain counted apart', () => {
	const rows = paneRows(overview, day, {rows: 8});
	expect(rows[0]).toMatch(/^Hit rate +42\.9 % {2}Fair {2}measured +▼ 57\.1$/);
	expect(rows.slice(2)).toEqual([
		expect.stringMatching(/^Token hit rate +\d\d\.\d % {2}of 138\.2 k input +[▲▼] \d/),
		'Requests              8  3 hits · 4 misses',
		'Planned         100.0 %  ⚑ 57.1 points never read',
		'Unmeasured            1  cache unknown, in no rate',
		'Estimated             1  usage guessed or partial',
	]);
});

test('facts share rows where a page has one column', () => {
	const rows = paneRows(overview, day, {columns: 78, rows: 4, dense: true});
	expect(rows[0]).toMatch(/measured {2}█+▍?░+ {2}▼ 57\.1$/);
	expect(rows[1]).toMatch(/^Token hit rate .*Requests +8 {2}3 hits · 4 misses$/);
	expect(rows).toHaveLength(4);
});

test('7-bit bars', () => {
	expect(paneRows(overview, plans, {unicode: false})[1]).toMatch(/^#+\.+$/);
});

test('plans that were mostly read are no remark', () => {
	const requests = Array.from({length: 30}, (_, index) =>
		measured({cacheRead: index === 0 ? 0 : 5000}, {plan: {blocks: [block(1)], skipped: [], unsupported: false}}),
	);
	expect(paneRows(overview, snapshotOf({requests}))[4]).toBe('Planned         100.0 %  marked for caching');
});

test('a planned window is not compared with a measured one', () => {
	const requests = [
		measured({cacheRead: 9}, {time: testNow - 50 * hour}),
		measured({uncached: 9}, {time: testNow - 30 * hour}),
		planned([block(1, 9)]),
	];
	expect(paneRows(overview, snapshotOf({requests}))[0]).toBe('Hit rate        100.0 %  Excellent  planned');
});
