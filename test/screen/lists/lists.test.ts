import {expect, test} from 'vitest';
import type {Snapshot} from '../../../source/monitor/monitor.js';
import {threadSorts, threadsBy} from '../../../source/screen/lists/thread-order.js';
import {startLocation} from '../../../source/screen/location.js';
import type {PageOptions} from '../../../source/screen/page.js';
import type {ListName} from '../../../source/screen/tabs.js';
import {hour, measured, measuredDay, testNow, workedExample} from '../../support/requests.js';
import {drawn} from '../../support/screens.js';
import {busyRequests, snapshotOf, variedSnapshots} from '../../support/snapshots.js';

const day = snapshotOf({requests: measuredDay()});
const busy = snapshotOf({requests: busyRequests()});

/** The rows of a page, without frames. */
const listRows = (snapshot: Snapshot, tab: ListName, options: Partial<PageOptions> = {}): readonly string[] =>
	drawn(snapshot, {columns: 200, ...options, location: {...startLocation, tab, ...options.location}})
		.rows.slice(2, -1)
		.map(row => row.replace(/^│ | │$/g, '').trimEnd())
		.filter(row => row !== '' && !/^[╭╰─]/.test(row));

const cells = (row: string | undefined) => (row ?? '').trim().split(/ {2,}/);

test('threads: the dearest loss first, with what is not known as n/a', () => {
	const [heading, ...rows] = listRows(day, 'threads');
	expect(cells(heading)).toEqual([
		'thread',
		'project',
		'models',
		'requests',
		'hit rate',
		'token hits',
		'net saved',
		'lost tokens',
		'lost ↓',
		'last seen',
	]);
	expect(cells(rows[0])).toEqual([
		'▸ thread-1',
		'research',
		'claude-sonnet-4-5',
		'5',
		'40.0 %',
		expect.stringMatching(/ %$/),
		expect.stringMatching(/^-?\$/),
		'50,000',
		expect.stringMatching(/^\$0\.\d\d$/),
		'06:35:00',
	]);
	expect(rows.map(row => cells(row)[0])).toEqual(['▸ thread-1', 'thread-3', 'thread-2', 'no thread']);
	expect(rows[1]).toMatch(/ n\/a +n\/a +n\/a +– +– /);
});

test.each([
	[120, /project.*models.*requests.*last seen/],
	[80, /requests {2}hit rate {2}net saved {2}.*lost ↓/],
	[40, /^ *thread {2,}hit rate {2}lost ↓$/],
])('at %i columns the least important are left out, numbers never', (columns, heading) => {
	const [first, ...rows] = listRows(day, 'threads', {columns, rows: 29});
	expect(first).toMatch(heading);
	expect(rows[0]).toMatch(/thread-1 .*\$0\.\d\d/);
	expect(rows.join('\n')).not.toMatch(/\d…/);
});

test.each(threadSorts)('sorted by %s, its column stays at any width', sort => {
	const location = {...startLocation, tab: 'threads', sort} as const;
	for (const columns of [120, 60, 40]) {
		expect(listRows(busy, 'threads', {columns, rows: 29, location})[0]).toMatch(/ ↓(?: |$)/);
	}
	expect(threadsBy(busy.report, sort)).toBe(threadsBy(busy.report, sort));
	expect(threadsBy(busy.report, sort)).toHaveLength(busy.report.threads.length);
});

test('orders begin with the worst', () => {
	const first = (sort: (typeof threadSorts)[number]) => threadsBy(busy.report, sort).map(group => group);
	const descends = (values: readonly number[]) =>
		values.every((value, index) => index === 0 || value <= (values[index - 1] ?? 0));
	expect(descends(first('lost').map(({lostCost}) => lostCost ?? 0))).toBe(true);
	expect(descends(first('tokens').map(({lostTokens}) => lostTokens))).toBe(true);
	expect(descends(first('hits').map(({summary}) => -(summary.hitRate ?? 9)))).toBe(true);
	expect(descends(first('seen').map(({lastTime}) => lastTime))).toBe(true);
	expect(first('thread')[0]?.name).toBe('thread-0');
});

test('models: money, the cheapest policy, and where the price is from', () => {
	const [heading, ...rows] = listRows(day, 'models');
	expect(cells(heading).slice(-3)).toEqual(['lost', 'cheapest', 'priced as']);
	expect(rows[0]).toMatch(/^▸ claude-sonnet-4-5 .*\$.* (?:5 min|1 h|none) +anthropic claude-sonnet-4-5$/);
	expect(rows[1]).toMatch(/^ {2}house-model .* n\/a +n\/a +n\/a +– +n\/a$/);
});

test('breaks: newest first, each with its certainty', () => {
	const [heading, ...rows] = listRows(day, 'breaks');
	expect(cells(heading)).toEqual(['time', 'thread', 'cause', 'lost tokens', 'cost', 'what was seen']);
	expect(rows.map(row => cells(row).slice(0, 5))).toEqual([
		['▸ 06:35:00', 'thread-1', 'tools changed', 'reported', '26,000'],
		['06:32:00', 'thread-1', 'expired', 'inferred', '24,000'],
	]);
	expect(rows[1]).toMatch(/ idle for 19 min; the cache expires after 5 min$/);
	for (const columns of [80, 40]) {
		expect(listRows(day, 'breaks', {columns, rows: 24}).join('\n')).toMatch(/expired +inferred .*\$0\.\d+/);
	}
});

test('requests: the live tail says hit, miss or unmeasured, and why', () => {
	const rows = listRows(day, 'requests').slice(1);
	expect(rows.map(row => / (hit|miss|unmeasured)(?: |$)/.exec(row)?.[1])).toEqual([
		'unmeasured',
		'miss',
		'hit',
		'miss',
		'hit',
		'miss',
		'hit',
		'miss',
	]);
	expect(rows[3]).toMatch(/25,000 +1,000 +120 +\$0\.15 +miss +tools changed \(reported\)$/);
	expect(rows[2]).toMatch(/ no thread .* house-model .* n\/a +hit/);
	expect(listRows(day, 'requests', {prices: undefined})[0]).not.toContain('cost');
});

test('a log of plans has no numbers that nobody knows', () => {
	const plans = snapshotOf({requests: workedExample()});
	const [heading, row] = listRows(plans, 'requests');
	expect(cells(heading)).toEqual(['time', 'thread', 'model', 'marked']);
	expect(row).toMatch(/ (?:planned|miss)$/);
	expect(cells(listRows(plans, 'threads')[0])).not.toContain('lost tokens');
	expect(listRows(plans, 'breaks').join()).toContain('Not known: the log tells no usage.');
});

test('without breaks that is said', () => {
	const fine = snapshotOf({requests: [measured({cacheRead: 9})]});
	expect(listRows(fine, 'breaks').join()).toContain('No breaks: nothing that was in the cache was lost.');
});

test('beyond a day times have their date', () => {
	const all = variedSnapshots()['all time'];
	expect(all && listRows(all, 'requests')[1]).toMatch(/▸ +\d+ Nov \d\d:\d\d /);
});

test('what comes from a log is sanitized', () => {
	const hostile = snapshotOf({
		requests: [
			measured(
				{cacheRead: 9000, cacheWrite5m: 30_000},
				{time: testNow - hour, thread: '\u001B[2Jevil\u202E', project: '/a/\u001B]0;x\u0007b', model: 'm\u0007\n1'},
			),
			measured(
				{uncached: 39_000},
				{time: testNow - hour + 1, thread: '\u001B[2Jevil\u202E', missReason: 'a\u001B[31m_b\r\n'},
			),
		],
	});
	for (const tab of ['threads', 'models', 'breaks', 'requests'] as const) {
		const text = listRows(hostile, tab).join('\n');
		expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
		expect(text).toContain('\uFFFD');
	}
});
