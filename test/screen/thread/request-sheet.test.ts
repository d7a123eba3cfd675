import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {textOf} from '../../../source/screen/text/line.js';
import {requestSheet} from '../../../source/screen/thread/request-sheet.js';
import {threadView} from '../../../source/screen/thread/thread-view.js';
import {block, measured, planned, testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const sheetOf = (requests: Parameters<typeof snapshotOf>[0], index: number, columns = 96) => {
	const snapshot = snapshotOf(requests);
	const view = threadView(snapshot, 'thread-1');
	const request = view?.requests[index];
	if (!view || !request) {
		throw new Error('no such request');
	}
	return requestSheet(
		view,
		request,
		{report: snapshot.report, timeZone: 'UTC', prices: priceList()},
		columns,
	).lines.map(textOf);
};

const requests = [
	measured({cacheWrite1h: 8_490, uncached: 3, output: 11}, {time: testNow - 9 * 60_000}),
	measured(
		{cacheRead: 18_014, cacheWrite5m: 12, cacheWrite1h: 8_490, uncached: 3, output: 11},
		{
			time: testNow - 60_000,
			project: '/home/ada/web',
			branch: 'main',
			source: 'a.jsonl',
			line: 12,
			events: [{kind: 'slash command', detail: '/mcp'}],
		},
	),
];

test('the price is shown step by step, to the last digit, and adds up', () => {
	const rows = sheetOf({requests}, 1);
	const amountOf = (name: RegExp) => Number(/= \$([\d.]+)$/.exec(rows.find(row => name.test(row)) ?? '')?.[1]);
	const parts = [/read from the cache/, /written for 5 min/, /written for 1 h/, /uncached/].map(amountOf);
	expect(parts).toEqual([18_014 * 0.3e-6, 12 * 3.75e-6, 8_490 * 6e-6, 3 * 3e-6].map(part => Number(part.toFixed(9))));
	expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(amountOf(/input, with the cache/), 12);
	expect(amountOf(/without a cache/)).toBeCloseTo(26_519 * 3e-6, 12);
	expect(amountOf(/ saved /)).toBeCloseTo(amountOf(/without a cache/) - amountOf(/with the cache/), 12);
	expect(rows.join('\n')).toMatch(/18,014 +× \$0\.30 per million/);
	expect(rows.join('\n')).toMatch(/prices +anthropic claude-sonnet-4-5/);
});

test('who, where, and what happened before', () => {
	const text = sheetOf({requests}, 1).join('\n');
	expect(text).toMatch(/before it +slash command \/mcp/);
	expect(text).toMatch(/project +\/home\/ada\/web/);
	expect(text).toMatch(/branch +main\n.*log +a\.jsonl:12\n/s);
	expect(text).toMatch(/time +22 Nov 2026 09:11:00/);
	expect(text).toMatch(/thread +thread-1/);
});

test('a loss names its cause and its price', () => {
	const lost = [
		measured({cacheWrite5m: 40_000}, {time: testNow - 30 * 60_000}),
		measured({cacheWrite5m: 41_000}, {time: testNow - 60_000}),
	];
	const text = sheetOf({requests: lost}, 1).join('\n');
	expect(text).toMatch(/expired: idle for 29 min/);
	expect(text).toMatch(/lost +40,000 tokens: \$0\.\d+ more than reading them/);
});

test('without a price, and without usage', () => {
	const house = sheetOf({requests: [measured({cacheRead: 9}, {model: 'house', thread: 'thread-1'})]}, 0).join('\n');
	expect(house).toMatch(/^Tokens\n {2}read +9\n/);
	expect(house).not.toContain('$');
	const plan = sheetOf({requests: [planned([block(1, 4000), block(2)], {thread: 'thread-1'})]}, 0).join('\n');
	expect(plan).toContain('no usage in the log');
	expect(plan).toMatch(/block 1 +4,000 tokens/);
});

test('nothing from a log reaches the terminal as it is', () => {
	const hostile = measured({cacheRead: 9}, {thread: 'thread-1', project: '\u001B[2J/x', client: 'a\u0007b'});
	expect(sheetOf({requests: [hostile]}, 0).join('')).not.toMatch(/\p{Cc}/u);
});

test.each([38, 36])('at %i columns prices and names give way before any amount is cut', columns => {
	const rows = sheetOf({requests}, 1, columns);
	const amounts = rows.filter(row => /^ {2}\S.* = /.test(row));
	expect(amounts).toHaveLength(8);
	for (const row of amounts) {
		expect(row).toMatch(/= \$\d+\.\d{7,}$/);
		expect(row.length).toBeLessThanOrEqual(columns);
	}
});
