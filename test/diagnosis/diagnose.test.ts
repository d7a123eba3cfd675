import {expect, test} from 'vitest';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Examination, ExaminedLog} from '../../source/diagnosis/finding.js';
import {kindsOf} from '../../source/diagnosis/sample.js';
import {emptyTally, type Tally} from '../../source/formats/format.js';
import {lineFormOf} from '../../source/formats/line-form.js';
import type {Request} from '../../source/request.js';
import {reading} from '../output/context.js';
import {block, hour, measured, planned, reportFor, request, testNow} from '../support/requests.js';

/** A log that was read, with a sample of its lines. */
const log = (lines: readonly string[] = [], tally: Partial<Tally> = {}, modified = testNow - 1000): ExaminedLog => {
	const {facts, ...rest} = reading('worker.log');
	return {
		reading: {
			...rest,
			format: 'usage-lines',
			facts: {...facts, lines: lines.length, modified},
			tally: {...emptyTally(), ...tally},
		},
		kinds: kindsOf(Buffer.from(lines.join('\n'))),
	};
};

const found = (requests: readonly Request[], parts: Partial<Examination> = {}) => {
	const whole = reportFor(requests, {from: 0, to: testNow + 24 * hour, name: 'all'});
	return diagnose({
		logs: [log(['a line'])],
		neighbours: [],
		problems: [],
		report: whole,
		whole,
		silentAgents: [],
		lookedAt: [],
		pattern: undefined,
		now: testNow,
		...parts,
	});
};
const ids = (...args: Parameters<typeof found>) => found(...args).map(({id}) => id);

const hit = () => measured({cacheRead: 9000, uncached: 100});
const miss = (tokens = 9000) => measured({uncached: tokens, cacheWrite5m: 500});

test('problems come first, and each finding has one sentence that ends', () => {
	const all = found([hit(), miss(), measured({uncached: 5, cacheUnknown: true})], {
		problems: [{kind: 'unreadable', name: 'b.log', message: 'b.log: cannot be read', count: 3}],
		silentAgents: [{agent: 'Nobody', folder: '~/.nobody', reason: 'it keeps nothing'}],
	});
	expect(all.map(({severity}) => severity)).toEqual(
		all
			.map(({severity}) => severity)
			.toSorted()
			.toReversed(),
	);
	expect(all[0]).toMatchObject({id: 'unreadable', says: 'b.log: cannot be read (3 times)'});
	expect(all.map(({id}) => id)).toEqual(['unreadable', 'low-hit-rate', 'silent-agent', 'cache-unknown']);
	expect(all[1]?.says).toBe('50.0 % of 2 measured requests hit, 1 miss.');
});

test('counts that are incomplete or impossible are said, and how many they are', () => {
	const partial = measured({cacheRead: 500, uncached: 100, accuracy: 'partial'});
	const [finding] = found([partial, hit(), hit()]).filter(({id}) => id === 'partial-counts');
	expect(finding?.says).toMatch(/^The counts of 1 request of 3 are incomplete or impossible/);
	expect(ids([hit(), hit()])).toEqual(['reading-works']);
});

test('a count of the input alone: what is missing', () => {
	const [finding] = found([], {logs: [log(['{"usage":{"input_tokens":900}}'])]});
	expect(finding?.says).toContain('`usage.input_tokens`, without a count of the cache or of the output beside it');
	expect(finding?.next).toContain('Log the whole usage object');
	const [text] = found([], {logs: [log(['used input_tokens: 900'])]});
	expect(text?.says).toMatch(/the first, line 1, is text\.$/);
	expect(text?.next).toContain('--pattern');
});

/** A log that no format recognises. */
const foreign = (...lines: readonly string[]): ExaminedLog => {
	const {reading: read, kinds} = log(lines);
	return {reading: {...read, format: undefined, form: lineFormOf(Buffer.from(lines.join('\n')))}, kinds};
};
/** A log that was last written days ago. */
const agedBy = ({reading: read, kinds}: ExaminedLog, days: number): ExaminedLog => ({
	reading: {...read, facts: {...read.facts, modified: testNow - days * 24 * hour}},
	kinds,
});
/** A log in this format. */
const readAs = (format: string, ...lines: readonly string[]): ExaminedLog => {
	const {reading: read, kinds} = log(lines);
	return {reading: {...read, format}, kinds};
};
const nginx = '203.0.113.7 - - [29/Nov/2026:07:00:01 +0000] "GET / HTTP/1.1" 200 512';

test.each([
	['empty', log([]), 'It is empty.', 'as soon as'],
	['of the API', foreign('INFO:     1.2.3.4:5 - "GET / HTTP/1.1" 200 OK'), 'uvicorn', 'logs/worker.log'],
	['of a web server', foreign(nginx), 'look like the access log of a web server. hitrate reads', 'Name the log'],
	['of syslog', foreign('Nov 29 07:00:01 web1 CRON[1]: x'), 'look like syslog', 'journalctl -u NAME'],
	['of JSON', foreign('{"time": 1, "msg": "a"}'), 'look like JSON objects with time, msg.', 'Log the usage object'],
	['of headings of its own', foreign('when,in_tok,out_tok', '1,2,3'), 'columns when, in_tok, out_tok', 'input_tokens'],
	['a table without a row', readAs('csv', 'a,b,c'), 'headings, and no rows', 'Export a period'],
	[
		'a table of something else',
		readAs('csv', 'a,b,c', '1,2,3', '4,5,6'),
		'with 2 rows, and no row is a call',
		'whole numbers',
	],
	['a transcript', readAs('claude-code', '{"type": "user"}'), 'It is read as claude-code', 'has been answered'],
	['of a LiteLLM proxy', foreign('12:34:56 - LiteLLM:INFO: utils.py:3373 - '), "LiteLLM proxy's own log", 'callback'],
	['of something else', foreign('one', 'two'), 'look like plain text. hitrate reads', '--pattern'],
	['of the backend', foreign('[info     ] started'), 'none about caching', 'LOGGING_LEVEL=DEBUG'],
	['of its errors', foreign('[error    ] failed'), 'nothing below level ERROR', 'LOGGING_LEVEL=INFO'],
	['of the backend, read', readAs('agentpress', '[info     ] x'), 'none about caching', 'LOGGING_LEVEL=DEBUG'],
])('a log without requests: %s', (_, examined, says, next) => {
	const [finding] = found([], {logs: [examined]});
	expect(finding).toMatchObject({id: 'no-cache-lines', severity: 'problem'});
	expect(finding?.says).toContain(says);
	expect(finding?.next).toContain(next);
});

test('a pattern of the user that no line matches', () => {
	const [finding] = found([], {logs: [foreign('used 900')], pattern: 'usd (?<read>\\d+)'});
	expect(finding?.says).toContain('None of its lines matches --pattern.');
	expect(finding?.next).toContain('groups read, write');
});

test('a log of sums', () => {
	const examined = log(['model,input_tokens,num_model_requests', 'a,3,3']);
	const tokens = {uncached: 1, cacheRead: 2, cacheWrite5m: 0, cacheWrite1h: 0, output: 1};
	const sums = [{id: '', thread: undefined, requests: 3, tokens}];
	const findings = found([], {logs: [{...examined, reading: {...examined.reading, format: 'csv', sums}}]});
	expect(findings.map(({id, severity}) => [id, severity])).toEqual([['sums-only', 'hint']]);
});

test('neighbours of a log without requests are named if they contain some', () => {
	const neighbour = {path: 'logs/worker.log', size: 5000, modified: testNow - 5000, holdsCacheLines: true};
	const neighbours = [neighbour, {...neighbour, path: 'logs/other.log', holdsCacheLines: false}];
	expect(found([], {neighbours}).at(-1)).toMatchObject({id: 'other-log', next: 'Run: hitrate logs/worker.log'});
	expect(ids([], {neighbours})).toEqual(['no-cache-lines', 'other-log']);
	expect(ids([hit()], {neighbours})).toEqual(['reading-works']);
});

test('a log that ended, times after now, lines that were skipped', () => {
	const stale = log(['x'], {}, testNow - 3 * 24 * hour);
	expect(found([hit()], {logs: [stale]}).at(0)?.says).toBe('worker.log was last written 3 days ago.');
	const older = log(['x'], {}, testNow - 9 * 24 * hour);
	expect(found([hit()], {logs: [older, stale, older]}).at(0)?.says).toBe(
		'worker.log was last written 3 days ago, and 2 other logs before that.',
	);
	// Transcripts end, and so do exports; and a log that is written tells that the backend writes here.
	const transcripts = [agedBy(readAs('claude-code', 'x'), 3), agedBy(readAs('csv', 'a,b,c'), 3)];
	expect(ids([hit()], {logs: transcripts})).not.toContain('stale');
	expect(ids([hit()], {logs: [stale, log(['x'])]})).not.toContain('stale');
	expect(found([measured({cacheRead: 5}, {time: testNow + hour})]).at(0)).toMatchObject({
		id: 'future',
		says: '1 request lies in the future.',
	});
	const skipped = log(['x'], {brokenJson: 2, withoutMessage: 1, tooLong: 1, untimed: 3});
	expect(ids([hit()], {logs: [skipped]}).toSorted()).toEqual([
		'broken-json',
		'journal-without-message',
		'reading-works',
		'too-long',
		'untimed',
	]);
});

test('plans without usage, usage without plans', () => {
	const plan = planned([block(1, 5000)], {time: Date.UTC(2026, 0, 5)});
	expect(found([plan], {logs: [log(['x'], {calls: 2})]}).at(0)).toMatchObject({
		id: 'plan-only',
		says: expect.stringContaining('1 requests, 2 model calls'),
		next: expect.stringContaining('LOGGING_LEVEL=DEBUG'),
	});
	expect(found([planned([block(1, 5000)])]).at(0)?.next).toContain('LOGGING_LEVEL=INFO');
	expect(ids([hit()])).not.toContain('usage-only');
	const reads = log(['x']);
	const agentpress = {...reads, reading: {...reads.reading, format: 'agentpress' as const}};
	expect(ids([hit()], {logs: [agentpress]})).toContain('usage-only');
});

test('caching that is off is distinguished from caching that misses', () => {
	const off = () => measured({uncached: 9000});
	expect(ids([off(), off(), off()])).toContain('caching-off');
	expect(ids([off(), off()])).not.toContain('caching-off');
	expect(ids([miss(), miss(), miss(), miss()])).not.toContain('caching-off');
});

test('a window without requests says when they were', () => {
	const finding = found([hit()], {report: reportFor([hit()], {from: 0, to: 1, name: 'custom'})}).at(0);
	expect(finding).toMatchObject({id: 'empty-window', says: expect.stringContaining('2026-11-22 08:12')});
});

test('nothing was found: where was looked', () => {
	expect(found([], {logs: [], lookedAt: ['logs/worker.log', '~/.codex']})).toMatchObject([
		{id: 'no-source', says: 'No log was found. Looked at: logs/worker.log, ~/.codex.'},
	]);
});

test('models that nothing is marked for', () => {
	const unsupported = {blocks: [], skipped: [], unsupported: true};
	const [finding] = found([hit(), request({plan: unsupported, model: 'openai/gpt-5-mini'})]).filter(
		({id}) => id === 'models-without-marking',
	);
	expect(finding?.says).toContain('openai/gpt-5-mini');
});
