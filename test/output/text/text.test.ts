import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {toHtml} from '../../../source/output/html/html.js';
import {toJson} from '../../../source/output/json/json.js';
import {toMarkdown} from '../../../source/output/markdown/markdown.js';
import {costLine} from '../../../source/output/rows/cost-line.js';
import type {TextOptions} from '../../../source/output/text/drawing.js';
import {toText} from '../../../source/output/text/text.js';
import type {Request} from '../../../source/request.js';
import {
	block,
	hour,
	measured,
	measuredDay,
	planned,
	reportFor,
	request,
	testNow,
	workedExample,
} from '../../support/requests.js';
import {contextOf, reading} from '../context.js';

const textOf = (requests: readonly Request[], options: TextOptions = {}, context = contextOf()) =>
	toText(reportFor(requests), context, options);

test('the worked example, number by number', () => {
	expect(textOf(workedExample())).toBe(`Prompt cache, 24h, 21 Nov 2026 09:12 to 22 Nov 2026 09:12 (UTC): 84.0 % hit rate
(Excellent, planned), $141.75 saved (planned)
${'='.repeat(80)}
PROMPT CACHE REPORT
Window: 24h, 21 Nov 2026 09:12 to 22 Nov 2026 09:12 (UTC)
Basis:  what was marked for caching (planned); the log shows no outcome
${'='.repeat(80)}

OVERVIEW
  Total requests   1,250
  Cache hits       1,050
  Cache misses       200
  Hit rate        84.0 %  Excellent

TOKEN SAVINGS
  Total saved      52,500,000  tokens in marked blocks
  Average per hit      50,000
  Token hit rate          n/a  of input tokens

COST SAVINGS
  Without cache  $157.50
  With cache      $15.75
  Net savings    $141.75 (90.0 %)
  Write premium      n/a  the log does not report writes
  Priced as Claude Sonnet, assumed.

BLOCK USAGE
  Block 1  1,050 (100.0 %)  ████████████████████████████████████████
  Block 2    850 (81.0 %)   ████████████████████████████████▍
  Block 3    650 (61.9 %)   ████████████████████████▊

RECOMMENDATIONS
  1. Good: 84.0 % of requests mark blocks for caching.
     What was really read is not in this log: log the usage of each response to
     see it.

${'='.repeat(80)}
`);
});

test('a measured day names what is planned, unmeasured, estimated, unpriced, reported and inferred', () => {
	const text = textOf(measuredDay());
	for (const line of [
		'Basis:  usage reported by the provider (measured)',
		'  Total requests        8  ▲ 6',
		'  Hit rate         42.9 %  Fair  ▼ 57.1',
		'  Planned rate    100.0 %  of 5 plans marked blocks, 57.1 points more than hit',
		'  Unmeasured            1  cache unknown: neither hits nor misses',
		'  Estimated             1  of the requests: usage guessed or told in part',
		'  Write premium    $0.11  included in "with cache"',
		'  Amortization      0.73  reads per written token',
		'  Output cost      $0.03  the same either way, not part of the above',
		'  Price coverage  92.8 %  of input tokens have a known price',
		'  Reason reported      1  26.0 k  $0.15  reported',
		'  Expired              1  24.0 k  $0.08  inferred',
		'  Total                2  50.0 k  $0.23  ▲ $0.23',
	]) {
		expect(text.split('\n')).toContain(line);
	}
	expect(text).not.toContain('Priced as');
});

/** Two breaks of one thread: a model without a price changed its prefix, and so did one with a price. */
const partlyPriced = () => {
	const at = (minutes: number) => testNow - hour + minutes * 60_000;
	const broken = (model: string, thread: string) => [
		measured({cacheWrite5m: 20_000}, {time: at(0), model, thread}),
		measured({cacheRead: 20_000, cacheWrite5m: 1000}, {time: at(1), model, thread}),
		measured({cacheWrite5m: 21_000}, {time: at(2), model, thread}),
	];
	return [...broken('claude-sonnet-4-5', 'one'), ...broken('claude-of-the-house', 'two')];
};

test('the costs of causes say how many breaks they leave out', () => {
	const note = 'No price is known for 1 of them (1 prefix changed): the costs are those of';
	const text = textOf(partlyPriced());
	expect(text).toContain(`  ${note} the\n  others.`);
	expect(toMarkdown(reportFor(partlyPriced()), contextOf())).toContain(note);
	expect(toHtml(reportFor(partlyPriced()), contextOf())).toContain(note);
	expect(toJson(reportFor(partlyPriced()), contextOf()).breaks).toMatchObject({
		total: 2,
		unpriced: 1,
		by_cause: [{cause: 'prefix-changed', breaks: 2, unpriced: 1}],
	});
	expect(textOf(measuredDay())).not.toContain('No price is known for');
	// Where no cost is shown, nothing is left out of one.
	expect(textOf(partlyPriced().filter(({thread}) => thread === 'two'))).not.toContain('No price is known for');
});

test('nothing since a mark is said as such: another window is no answer', () => {
	const after = {from: testNow, to: testNow + 1, name: 'since deploy 7'};
	const text = toText(reportFor(measuredDay(), after), contextOf(), {});
	expect(text.replaceAll(/\s+/g, ' ')).toContain(
		'The log has 11 requests at other times, from 20 Nov 2026 08:12 to 22 Nov 2026 07:02, and none since the mark yet.',
	);
	expect(text).not.toContain('--window');
});

test('sections come in the order of the reference report, and causes only where something broke', () => {
	const headings = (text: string) => text.split('\n').filter(line => /^[A-Z ]+$/.test(line));
	expect(headings(textOf(measuredDay()))).toEqual([
		'PROMPT CACHE REPORT',
		'OVERVIEW',
		'TOKEN SAVINGS',
		'COST SAVINGS',
		'BLOCK USAGE',
		'WHY CACHE WAS LOST',
		'WHERE CACHE WAS LOST',
		'COLD STARTS',
		'WHAT IF',
		'RECOMMENDATIONS',
	]);
	expect(headings(textOf([measured({cacheRead: 5000})]))).toEqual([
		'PROMPT CACHE REPORT',
		'OVERVIEW',
		'TOKEN SAVINGS',
		'COST SAVINGS',
		'WHAT IF',
		'RECOMMENDATIONS',
	]);
});

test('providers that charge nothing for writing', () => {
	const text = textOf([measured({cacheRead: 5000, uncached: 100}, {model: 'gpt-5-mini'})]);
	expect(text).toMatch(/ {2}Write premium +\$0\.0000 {2}nothing extra was charged for writing\n/);
	expect(text).not.toContain('BLOCK USAGE');
});

test('parts of a small cost are not rounded to cents, which would contradict the heading', () => {
	const text = textOf([measured({cacheRead: 50_000, cacheWrite5m: 10_000})]);
	expect(text).toMatch(/ {2}Without cache +\$0\.180\n {2}With cache +\$0\.053 {2}= first writes 0\.0/);
});

test('what breaks lost is rounded alike in the parts of the cost and beside them', () => {
	const rounded = (amount: string) => Number(amount).toFixed(2);
	for (let step = 0; step < 40; step++) {
		const report = reportFor([
			measured({cacheWrite5m: 21_000 + 700 * step}, {time: testNow - hour}),
			measured({cacheRead: 21_000 + 700 * step, cacheWrite5m: 9100 + 90 * step}, {time: testNow - hour + 60_000}),
			measured({cacheWrite5m: 160_000 + 331 * step}, {time: testNow - hour + 20 * 60_000}),
		]);
		const lost = /lost (\d\.\d\d)$/.exec(costLine(report, 2) ?? '')?.[1];
		expect(lost).toBe(rounded(String(report.breaks.lostCost)));
	}
});

test('without threads nothing is said of breaks', () => {
	const [first] = textOf([measured({cacheRead: 5000}, {thread: undefined})]).split('\n====');
	expect(first).toMatch(/saved,\s+breaks not known$/);
});

test('a loss is called a loss', () => {
	const text = textOf([measured({cacheWrite5m: 100_000})]);
	expect(text).toMatch(/ {2}Net loss +\$0\.08 \(-25\.0 %\) {2}writing cost more than reading saved\n/);
	expect(text).not.toContain('Net savings');
});

test('all four blocks and stored blocks are reported', () => {
	const all = [1, 2, 3, 4].map(number => ({...block(number, 9000), reused: number === 1}));
	expect(textOf([planned(all)])).toContain('  1 request used all 4 blocks.\n  1 request used stored blocks again.\n');
});

test('nothing recommended says so', () => {
	const half = [
		measured({cacheRead: 9000, uncached: 100}),
		measured({cacheRead: 9000}),
		measured({cacheRead: 9000}),
		measured({uncached: 10}, {thread: undefined}),
	];
	expect(textOf(half)).toContain('RECOMMENDATIONS\n  Nothing to do.\n');
});

test('an empty window prints what was looked at, and no zeros', () => {
	const readings = [
		reading('logs/worker.log'),
		reading('logs/backend.log', {format: undefined, form: {kind: 'json', names: ['time', 'ms\u001b[m']}}),
	];
	const problems = [{kind: 'missing', name: 'x', message: 'x does not exist.', count: 1}] as const;
	const text = textOf([request({time: testNow - 100 * hour})], {}, contextOf({readings, problems}));
	expect(text).toContain(`
  No requests in this window.
  1 request outside of it, from 18 Nov 2026 05:12 to 18 Nov 2026 05:12:
  --window all shows them.
  Looked at:
  - logs/worker.log: 41.0 MB, 18,402 lines, agentpress
  - logs/backend.log: 41.0 MB, 18,402 lines, not recognised: JSON objects with
    time, ms�[m
  ! x does not exist.
  Run hitrate doctor for details.
`);
	expect(text).not.toMatch(/OVERVIEW|0\.0 %|\$/);
	const lasting = [{kind: 'missing', name: 'x', message: 'what cannot be read '.repeat(6).trim(), count: 1}] as const;
	expect(textOf([], {}, contextOf({readings, problems: lasting}))).toContain(`
  ! what cannot be read what cannot be read what cannot be read what cannot be
    read what cannot be read what cannot be read
`);
});

test('an empty window of a fleet leads to the command that knows its hosts', () => {
	const fleet = {...reportFor([]), hostsSeen: [{name: 'web1', silentFor: 0}]};
	const text = toText(fleet, contextOf({readings: []}));
	expect(text).toContain('Run hitrate fleet status for details.');
	expect(text).not.toMatch(/doctor|No log/);
});

test('many logs are summed up, none is said', () => {
	const readings = Array.from({length: 30}, (_, index) => reading(`${index}.log`));
	expect(textOf([], {}, contextOf({readings}))).toContain('- and 22 more logs');
	expect(textOf([], {}, contextOf({readings: []}))).toContain('No log was read.');
});

test.each([12, 60, 66, 80, 200, undefined])('no line is wider than %s columns, 60 at least and 80 at most', columns => {
	const model = '漢字'.repeat(60);
	const day = [...measuredDay(), measured({uncached: 5}, {model})];
	for (const ascii of [false, true]) {
		const lines = textOf(day, {ascii, columns}).split('\n');
		expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(
			Math.min(80, Math.max(60, columns ?? 80)),
		);
	}
});

test('seven bits on demand', () => {
	const day = [...measuredDay(), measured({uncached: 5}, {model: 'größe→1'})];
	expect(textOf(day, {ascii: true})).toMatch(/^[\n\x20-\x7E]*$/);
	expect(textOf(day, {ascii: true})).toContain('  Total requests        9  +7\n');
});

test('colour is on demand, and says nothing that the words do not', () => {
	const coloured = textOf(measuredDay(), {colour: true});
	expect(coloured).toContain('\u001B[33m 42.9 %\u001B[0m  Fair');
	expect(coloured.replace(/\u001B\[\d+m/g, '')).toBe(textOf(measuredDay()));
});

test('nothing from a log reaches the terminal raw', () => {
	const evil = '\u001B[2J\u202E\u0007\r\n\u2028';
	const requests = [
		measured({cacheRead: 5000}, {model: `evil${evil}`, thread: evil, project: evil, source: evil, host: evil}),
		measured({uncached: 9000}, {model: `evil${evil}`, thread: evil, missReason: evil}),
	];
	for (const text of [
		textOf(requests),
		textOf(
			[],
			{},
			contextOf({readings: [reading(evil)], problems: [{kind: 'missing', name: evil, message: evil, count: 1}]}),
		),
	]) {
		expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}]/u);
		expect(text).toContain('�');
	}
});
