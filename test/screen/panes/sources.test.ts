import {expect, test} from 'vitest';
import {sourceLines} from '../../../source/screen/panes/sources.js';
import {tabRow} from '../../../source/screen/panes/tab-row.js';
import {textOf} from '../../../source/screen/text/line.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {readingOf, snapshotOf} from '../../support/snapshots.js';

const requests = [1, 2, 3].map(() => measured({cacheRead: 5}, {source: 'logs/worker.log'}));
const missing = {kind: 'missing', name: 'x.log', message: 'x.log: does not exist', count: 1} as const;
const readings = [
	readingOf('x.log', {size: 0, lines: 0, modified: undefined}),
	readingOf('logs/old.log', {modified: testNow - 3 * hour}),
	{...readingOf('notes.txt', {modified: testNow - 50 * hour}), format: undefined},
	readingOf('logs/worker.log'),
].map(reading => ({...reading, lastRead: undefined}));
const rows = (columns: number) => {
	const {lines, sections} = sourceLines(snapshotOf({requests, readings, problems: [missing]}), columns);
	return {rows: lines.map(line => textOf(line).trimEnd()), sections};
};

test('what is in the way comes first, then the logs, the one that was written last first', () => {
	expect(rows(100)).toMatchInlineSnapshot(`
		{
		  "rows": [
		    "In the way",
		    "  ! x.log: does not exist",
		    "",
		    "Read  requests: last 24 h",
		    "  logs/worker.log  agentpress      41.0 MB  182,402 lines  3 requests  written just now",
		    "  logs/old.log     agentpress      41.0 MB  182,402 lines  0 requests  written 3 h ago",
		    "  notes.txt        not recognised  41.0 MB  182,402 lines  0 requests  written 2 d ago",
		    "  x.log            not read            0 B        0 lines  0 requests",
		    "",
		    "  Run hitrate doctor for details.",
		  ],
		  "sections": [
		    0,
		    3,
		  ],
		}
	`);
});

test('where there is little room, the name, what it is and its requests stay: they are what the heading names', () => {
	const log = rows(50).rows.find(row => row.includes('worker.log'));
	expect(log).toBe('  logs/worker.log  agentpress      3 requests');
});

test('long names give way to requests and to when a log was written, and keep their ends', () => {
	const long = [readingOf(`${'a/very/long/folder/'.repeat(6)}session-1.jsonl`)];
	const at = (columns: number) =>
		sourceLines(snapshotOf({requests, readings: long}), columns)
			.lines.map(line => textOf(line))
			.join('\n');
	expect(at(94)).toMatch(/…\S+session-1\.jsonl {2}agentpress .* requests {2}written just now/);
	expect(at(74)).toMatch(/…\S+session-1\.jsonl {2}agentpress .* requests/);
});

test('of very many logs the rest is counted', () => {
	const many = Array.from({length: 1234}, (_, index) => readingOf(`${index}.jsonl`));
	const {lines} = sourceLines(snapshotOf({readings: many}), 80);
	expect(lines.map(textOf)).toContain('  and 1,034 more');
	expect(lines.length).toBeLessThan(210);
});

test('progress of reading is shown in the rule next to the tabs, whose length does not change', () => {
	const heavy = (shareRead?: number) => textOf(tabRow('models', 160, shareRead)).slice(100);
	expect(heavy()).toBe('─'.repeat(60));
	const half = heavy(0.5);
	expect(half).toMatch(/^━+─+$/);
	expect(half).toHaveLength(60);
	expect(half.lastIndexOf('━')).toBeLessThan(heavy(0.9).lastIndexOf('━'));
});
