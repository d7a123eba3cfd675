import {expect, test} from 'vitest';
import type {Report} from '../../source/metrics/report/report.js';
import {headPairs, morePairs} from '../../source/output/comparison/pairs.js';
import {toHtml} from '../../source/output/html/html.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {answerPhrase, knowsBreaks} from '../../source/output/phrases.js';
import {costLine} from '../../source/output/rows/cost-line.js';
import {type StatusFigures, statusLine} from '../../source/output/status-line.js';
import {toText} from '../../source/output/text/text.js';
import {measured, reportFor, testNow} from '../support/requests.js';
import {contextOf} from './context.js';

const turn = (thread: string | undefined) => [
	measured({cacheWrite5m: 20_000, uncached: 300}, {thread, time: testNow - 9000}),
	measured({cacheRead: 20_000, uncached: 300}, {thread, time: testNow - 8000}),
];
const named = reportFor(turn('one'));
const unnamed = reportFor(turn(undefined));

test('breaks are known where any request names its conversation', () => {
	expect(knowsBreaks(named)).toBe(true);
	expect(knowsBreaks(unnamed)).toBe(false);
	expect(knowsBreaks(reportFor([...turn(undefined), ...turn('one')]))).toBe(true);
	expect(knowsBreaks({breaks: {count: 0}, threadCount: 2, threads: []})).toBe(true);
	expect(knowsBreaks({breaks: {count: 0}, threadCount: 1, threads: []})).toBe(false);
	// They are still counted.
	expect(knowsBreaks({breaks: {count: 0}, threadCount: 0, threads: []})).toBe(true);
});

test.each([
	['text', (report: Report) => toText(report, contextOf({groupBy: 'model'}))],
	['Markdown', (report: Report) => toMarkdown(report, contextOf())],
	['HTML', (report: Report) => toHtml(report, contextOf()).replaceAll(/<style>[\s\S]*<\/style>|<[^>]*>/g, ' ')],
])('where none does, a report as %s claims no loss of $0', (_, render) => {
	expect(render(named)).toMatch(/lost 0\.00/);
	expect(render(unnamed)).not.toMatch(/lost \$?0\.00|Lost to breaks +\$0/);
	expect(render(unnamed)).toMatch(/breaks not known/);
});

test('the cost is then divided into what is known', () => {
	expect(answerPhrase(unnamed)).toMatch(/, breaks not known$/);
	expect(costLine(named)).toBe('first writes 0.076 + growth 0.001 + reads 0.006 + lost 0.000');
	expect(costLine(unnamed)).toBe('written or uncached 0.077 + reads 0.006');
});

test('figures of breaks compare only where both sides know them', () => {
	const lossOf = (now: Report, before: Report | Report['previous']) =>
		[...headPairs(now, before), ...morePairs(now, before)]
			.filter(({label}) => ['Lost to breaks', 'Breaks', 'Tokens lost', 'Cold starts'].includes(label))
			.map(pair => [pair.now, pair.before]);
	expect(lossOf(named, unnamed)).toEqual([
		[0, undefined],
		[0, undefined],
		[0, undefined],
		[1, undefined],
	]);
	expect(lossOf(unnamed, named)[0]).toEqual([undefined, 0]);
	// The window before comes without its threads.
	const previous = {summary: named.summary, breaks: named.breaks};
	expect(lossOf(named, previous)[0]).toEqual([0, 0]);
	expect(lossOf(unnamed, previous)[0]).toEqual([undefined, undefined]);
});

const figuresOf = ({summary, breaks, warm}: Report, parts: Partial<StatusFigures> = {}): StatusFigures => ({
	summary,
	breaks,
	warm: {...warm, count: 0, chains: []},
	now: testNow,
	latest: testNow - 8000,
	knowsBreaks: true,
	...parts,
});

test('a status line claims no loss of $0 either, and says what it knows where the day is empty', () => {
	expect(statusLine(figuresOf(named))).toMatch(/ · lost \$0\.00$/);
	expect(statusLine(figuresOf(unnamed, {knowsBreaks: false}))).toMatch(/ · lost n\/a$/);
	expect(statusLine(figuresOf(unnamed, {knowsBreaks: false}), '{breaks} {lost}')).toBe('n/a n/a');
	const empty = figuresOf(reportFor([]), {latest: testNow - 76 * 3_600_000});
	expect(statusLine(empty)).toBe('cache n/a · last request 3 d 4 h ago');
	expect(statusLine({...empty, latest: undefined})).toBe('cache n/a · no requests yet');
	expect(statusLine('nothing-read')).toBe('cache n/a · nothing read yet');
	expect(statusLine('unknown')).toBe('cache n/a');
	expect(statusLine('fleet')).toBe('cache n/a · a fleet has no status line');
	expect(statusLine('nothing-read', '{lost}, {age}')).toBe('n/a, n/a');
});
