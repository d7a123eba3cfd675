import {expect, test} from 'vitest';
import {answer} from '../../../source/screen/dashboard/answer.js';
import {paneRows} from '../../support/panes.js';
import {block, hour, measured, measuredDay, planned, testNow, workedExample} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const plans = snapshotOf({requests: workedExample()});
const day = snapshotOf({requests: measuredDay()});

test('the three numbers come first, and where the money went below them', () => {
	const rows = paneRows(answer, day, {columns: 118, rows: 9});
	expect(rows[0]).toMatch(
		/^42\.9 % {2}hit rate, Fair ▼ 57\.1 +\$0\.\d+ {2}saved net, 3\.0 % ▼ \$0\.\d+ +\$0\.\d\d {2}lost in 2 breaks/,
	);
	expect(rows[1]).toMatch(
		/^[\d.]+ % {2}token hit rate of 138\.2 k input +\$0\.\d+ {2}paid = first writes [\d.]+ \+ growth/,
	);
	expect(rows.slice(2, 6)).toEqual([
		'1 request unmeasured: cache unknown, in no rate · usage of 1 request guessed or partial · no price for 7.2 % of input',
		expect.stringMatching(
			/^8 requests: 3 hits, 4 misses · planned 100\.0 % ⚑ 57\.1 points never read · \$0\.\d+ without/,
		),
		expect.stringMatching(/tokens read, [\d.]+ k per hit$/),
		expect.stringMatching(/^█+.?░+$/),
	]);
});

test('without a named thread it is not known what was lost', () => {
	const first = (thread: string | undefined) =>
		paneRows(answer, snapshotOf({requests: [measured({cacheRead: 9000}, {thread})]}), {columns: 118, rows: 9})[0];
	expect(first(undefined)).toMatch(/n\/a {2}lost: no threads$/);
	expect(first('one')).toMatch(/\$0\.00 {2}lost, no breaks$/);
});

test('the parts of what was paid add up to it', () => {
	const text = paneRows(answer, day, {columns: 118})[1] ?? '';
	const [, total = '', parts = ''] = /\$([\d.]+) {2}paid = (.*)$/.exec(text) ?? [];
	const amounts = parts.split(' + ').map(part => Number(part.split(' ').at(-1)));
	expect(amounts).toHaveLength(4);
	expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(Number(total), 9);
});

test.each([78, 58, 48, 38])('at %i columns each part of what was paid is in one row', columns => {
	const text = paneRows(answer, day, {columns, rows: 9});
	for (const name of ['first writes', 'growth', 'reads', 'lost']) {
		expect(text.some(row => new RegExp(`${name} \\d+\\.\\d+`).test(row))).toBe(true);
	}
});

test.each([200, 118, 98, 78, 58, 38])('at %i columns all three are in the first row', columns => {
	const [first = ''] = paneRows(answer, day, {columns, rows: 1});
	expect(first).toMatch(/^42\.9 % +hit.*\$0\.\d+ +.*\$0\.\d+ +lost/);
	expect(first.length).toBeLessThanOrEqual(columns);
});

test('at 80 columns what breaks lost is told from all losses', () => {
	const [first, second] = paneRows(answer, day, {columns: 78, rows: 9});
	expect(first).toMatch(/ lost in 2 breaks$/);
	expect(second).toMatch(/ \+ all lost [\d.]+$|paid =/);
	expect(first).toMatch(/hit rate/);
});

test('a planned rate is said to be one, whatever the room', () => {
	expect(paneRows(answer, plans, {columns: 98, rows: 9})).toEqual([
		'84.0 %  planned hit rate, Excellent    $141.75  saved net, 90.0 %',
		'   n/a  token hit rate: no usage in the log',
		'planned: what would be cached, not what was · Claude Sonnet, assumed',
		'1,250 requests: 1,050 hits, 200 misses · $157.50 without a cache',
		'52.5 M tokens saved, 50.0 k per hit',
		`${'█'.repeat(82)}▍${'░'.repeat(15)}`,
	]);
	expect(paneRows(answer, plans, {columns: 38, rows: 1})[0]).toMatch(/^84\.0 % planned hit/);
});

test('7-bit bars', () => {
	expect(paneRows(answer, plans, {columns: 98, rows: 9, unicode: false}).at(-1)).toMatch(/^#+\.+$/);
});

test('plans that were mostly read are no remark', () => {
	const requests = Array.from({length: 30}, (_, index) =>
		measured({cacheRead: index === 0 ? 0 : 5000}, {plan: {blocks: [block(1)], skipped: [], unsupported: false}}),
	);
	expect(paneRows(answer, snapshotOf({requests}), {columns: 98}).join()).toContain(
		'planned 100.0 % marked for caching',
	);
});

test('a planned window is not compared with a measured one', () => {
	const requests = [
		measured({cacheRead: 9}, {time: testNow - 50 * hour}),
		measured({uncached: 9}, {time: testNow - 30 * hour}),
		planned([block(1, 9)]),
	];
	expect(paneRows(answer, snapshotOf({requests}), {columns: 98})[0]).not.toMatch(/[▲▼]/);
});

test('a loss is called one, and its amount has no sign', () => {
	const snapshot = snapshotOf({requests: [measured({cacheWrite1h: 100_000})]});
	expect(paneRows(answer, snapshot, {columns: 98})[0]).toContain('$0.30  more than without a cache, 100.0 %');
	expect(paneRows(answer, snapshot, {columns: 38})[0]).toContain('$0.30 more');
});

test('money that is not known is n/a', () => {
	const [first = ''] = paneRows(answer, snapshotOf({requests: [measured({cacheRead: 5000}, {model: 'house'})]}), {
		columns: 98,
	});
	expect(first).toContain('n/a  saved: no known price');
});

test('numbers of logs that were not read whole say so', () => {
	const problem = {kind: 'unreadable', name: 'a.log', message: 'cannot be read', count: 1} as const;
	expect(paneRows(answer, {...day, problems: [problem]}, {columns: 118}).join()).toContain(
		'not all could be read: press !',
	);
	expect(paneRows(answer, day, {columns: 118}).join()).not.toContain('not all');
});
