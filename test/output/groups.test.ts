import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import type {GroupBy} from '../../source/metrics/groups.js';
import {toCsv} from '../../source/output/csv/csv.js';
import {toJson} from '../../source/output/json/json.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import type {TextOptions} from '../../source/output/text/drawing.js';
import {toText} from '../../source/output/text/text.js';
import type {Request} from '../../source/request.js';
import {hour, measured, measuredDay, reportFor, testNow, workedExample} from '../support/requests.js';
import {contextOf} from './context.js';

const textBy = (requests: readonly Request[], groupBy: GroupBy, options: TextOptions = {}) =>
	toText(reportFor(requests), contextOf({groupBy}), options);

/** A thread that wrote so many tokens and wrote them again: lost through an expired cache. */
const lossOf = (thread: string, tokens: number, parts: Partial<Request> = {}): readonly Request[] => [
	measured({cacheWrite5m: tokens}, {...parts, thread, time: testNow - 3 * hour}),
	measured({cacheWrite5m: tokens}, {...parts, thread, time: testNow - 2 * hour}),
];

test('the dearest losses come first, then what has the most requests', () => {
	const requests = [
		...[1, 2, 3].map(() => measured({cacheRead: 9000}, {thread: 'busy'})),
		...lossOf('cheap', 10_000),
		...lossOf('dear', 90_000),
		...lossOf('unpriced', 30_000, {model: 'house-model'}),
		measured({cacheRead: 9000, uncached: 1000}, {thread: undefined}),
	];
	expect(textBy(requests, 'thread')).toContain(`
BY THREAD, MOST EXPENSIVE LOSS FIRST
                          Hit  Token hit      Net
  Thread    Requests     rate       rate  savings           Lost
  dear             2    0.0 %      0.0 %   -$0.14          $0.31
  cheap            2    0.0 %      0.0 %   -$0.02          $0.03
  unpriced         2    0.0 %      0.0 %      n/a  30.0 k tokens
  busy             3  100.0 %    100.0 %    $0.07          $0.00
  n/a              1  100.0 %     90.0 %    $0.02          $0.00
`);
});

test('at most twenty rows, and how many more there are', () => {
	const requests = Array.from({length: 25}, (_, index) => measured({uncached: 1}, {project: `project-${index}`}));
	const text = textBy(requests, 'project');
	expect(text.match(/^ {2}project-\d+ /gm)).toHaveLength(20);
	expect(text).toContain('\n  and 5 more\n');
	expect(toMarkdown(reportFor(requests), contextOf({groupBy: 'project'}))).toContain('And 5 more.');
});

test.each([undefined, 60, 66])('names are cut in the middle, however narrow: %s columns', columns => {
	const paths = ['one', 'two'].map(name => `/srv/${'folder/'.repeat(12)}${name}.log`);
	const requests = [...paths, '漢字'.repeat(60)].map(source => measured({cacheRead: 5000}, {source}));
	for (const ascii of [false, true]) {
		const text = textBy(requests, 'source', {columns, ascii});
		expect(Math.max(...text.split('\n').map(line => stringWidth(line)))).toBeLessThanOrEqual(columns ?? 80);
		expect(text).toMatch(ascii ? /\/srv\/.*\.\.\..*one\.log/ : /\/srv\/.*….*one\.log/);
		expect(text).toContain('two.log');
	}
});

test('a narrow page gives names lines of their own', () => {
	const requests = lossOf('a-thread-with-a-name-of-its-own', 900_000_000);
	expect(textBy(requests, 'thread', {columns: 60})).toContain('\n  a-thread-with-a-name-of-its-own\n    ');
});

test('a planned window knows no losses', () => {
	expect(textBy(workedExample(), 'thread')).toMatch(/ {2}thread-\d+ .* n\/a\n/);
	expect(textBy(workedExample(), 'source')).toMatch(/ {2}logs\/worker\.log +1,250 +84\.0 % +n\/a +\$141\.75 +n\/a\n/);
});

test('Markdown has the table as well, and always that of the models', () => {
	const text = toMarkdown(reportFor(measuredDay()), contextOf({groupBy: 'project'}));
	expect(text).toContain('## By project, most expensive loss first');
	expect(text).toContain('| `research` | 1 | 100.0 % | 98.8 % | 26.0 k | $0.070 | $0.00 |');
	expect(text).toContain('## By model, most expensive loss first');
	const models = toMarkdown(reportFor(measuredDay()), contextOf({groupBy: 'model'}));
	expect(models.match(/## By model/g)).toHaveLength(1);
});

test('CSV has one row a group, named as in the JSON', () => {
	const [head = '', ...rows] = toCsv(reportFor(measuredDay()), contextOf({groupBy: 'thread', zone: 'Europe/Berlin'}))
		.trim()
		.split('\r\n');
	const names = head.split(',');
	expect(names.slice(0, 4)).toEqual(['thread', 'first_seen', 'last_seen', 'models']);
	expect(new Set(names).size).toBe(names.length);
	const [first] = rows.map(row => Object.fromEntries(row.split(',').map((cell, index) => [names[index], cell])));
	const group = toJson(reportFor(measuredDay()), contextOf()).threads.find(({name}) => name === 'thread-1');
	expect(rows).toHaveLength(4);
	expect(first).toMatchObject({
		thread: 'thread-1',
		first_seen: '2026-11-22T07:12:00.000+01:00',
		models: 'claude-sonnet-4-5',
		total_events: '5',
		breaks: '2',
		lost_tokens: '50000',
		lost_cost: String(group?.breaks.lost_cost),
		cheapest_policy: group?.cheapest_policy,
	});
	expect(toCsv(reportFor(measuredDay()), contextOf({groupBy: 'model'}))).toMatch(
		/^model,first_seen,last_seen,total_events,/,
	);
});

test('nothing from a log is shown raw', () => {
	const evil = '\u001B[2J\u202E\u0007\r\n\u2028|`';
	const requests = lossOf(evil, 20_000, {model: evil, project: evil, source: evil});
	for (const by of ['model', 'thread', 'project', 'source'] as const) {
		const context = contextOf({groupBy: by});
		for (const text of [toText(reportFor(requests), context), toMarkdown(reportFor(requests), context)]) {
			expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}]/u);
			expect(text).toMatch(/�\\?\[2J�/);
		}
		expect(toCsv(reportFor(requests), context)).not.toMatch(/[^\r\n\P{Cc}]|[\p{Cf}\p{Zl}]/u);
	}
});
