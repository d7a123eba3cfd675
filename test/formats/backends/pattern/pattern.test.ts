import {expect, test} from 'vitest';
import {compilePattern} from '../../../../source/formats/backends/pattern/compile-pattern.js';
import {patternFormat} from '../../../../source/formats/backends/pattern/pattern.js';
import {readLines} from '../../reading.js';

const expression = String.raw`prompt=(?<prompt>[\d,]+).*read=(?<read>\d+) write=(?<write>\d+).*output=(?<output>\d+)(?: model=(?<model>\S+))?`;
const line =
	'2026-11-27T10:00:00.123Z [cache] prompt=9,510 tok (read=9000 write=500) output=50 model=claude-sonnet-4-5';

const read = (pattern: string, lines: readonly string[], saved?: unknown) =>
	readLines(patternFormat(compilePattern(pattern)), lines, {}, saved);

test('each line that matches is a request', () => {
	const {requests} = read(expression, ['something else', line, line.replace('9000', '9001')]);
	expect(requests).toHaveLength(2);
	expect(requests[0]).toMatchObject({
		time: Date.UTC(2026, 10, 27, 10, 0, 0, 123),
		model: 'claude-sonnet-4-5',
		usage: {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, output: 50, accuracy: 'exact'},
	});
});

test('what is not in the prompt, and a time of its own', () => {
	const {requests} = read(String.raw`(?<time>\d{10}) u=(?<uncached>\d+) r=(?<read>\d+) t=(?<thread>\w+)`, [
		'1795773600 u=10 r=9000 t=a',
	]);
	expect(requests[0]).toMatchObject({
		time: 1_795_773_600_000,
		thread: 'a',
		usage: {uncached: 10, cacheRead: 9000, cacheWrite5m: 0},
	});
});

test('equal lines one after the other are calls of their own, and the same when they are read again', () => {
	const ids = read(expression, [line, line]).requests.map(({id}) => id);
	expect(new Set(ids).size).toBe(2);
	const {session} = read(expression, [line]);
	const next = read(expression, [line], JSON.parse(JSON.stringify(session.save())));
	expect(next.requests.map(({id}) => id)).toEqual(ids.slice(1));
});

test.each([
	['(a', 'missing closing )'],
	[String.raw`(?<read>\d+)(?<cached>\d+)`, 'unknown group "cached"'],
	[String.raw`(?<read>\d+)`, 'name the groups'],
	[String.raw`(?<prompt>\d+)(?=x)(?<read>\d)`, 'invalid or unsupported'],
	[String.raw`(?<prompt>(a)\1)(?<read>\d)`, 'invalid escape sequence'],
])('%s is refused', (pattern, message) => {
	expect(() => compilePattern(pattern)).toThrow(message);
});

test('an expression that blows up elsewhere does not here', () => {
	const pattern = compilePattern('(?<read>(?:a+)+)(?<prompt>b+)$');
	expect(pattern('a'.repeat(16_000))).toBeUndefined();
});

test('a line too long to be looked through is counted, one whose beginning matches is read', () => {
	const long = 'x'.repeat(300_000);
	const {requests, session} = read(expression, [line, `${line} ${long}`, `${long} ${line}`]);
	expect(requests).toHaveLength(2);
	expect(session.tally).toMatchObject({outcomes: 2, tooLong: 1});
});
