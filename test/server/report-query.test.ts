import {expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {parseReportQuery} from '../../source/server/report-query.js';

const now = Date.UTC(2026, 10, 22, 9);
const parse = (query: string) => parseReportQuery(new URLSearchParams(query), now, 'UTC');
const hour = 3_600_000;

test('the last day unless it asks for something else', () => {
	expect(parse('')).toEqual({window: {kind: 'last', length: 24 * hour, name: '24h'}, filter: {}, events: false});
});

test('parameters mean what the flags do', () => {
	expect(parse('window=1h&model=opus&project=shop&thread=t1&events=1')).toEqual({
		window: {kind: 'last', length: hour, name: '1h'},
		filter: {model: 'opus', project: 'shop', thread: 't1'},
		events: true,
	});
	expect(parse('days=2').window).toEqual({kind: 'last', length: 48 * hour, name: '2d'});
	expect(parse('since=2026-11-21&until=2h+ago').window).toEqual({
		kind: 'between',
		from: Date.UTC(2026, 10, 21),
		to: now - 2 * hour,
	});
});

test.each([
	['window=3x', /^window: "3x" is not a window\./],
	['windo=1h', /^unknown parameter "windo"/],
	['toString=1', /^unknown parameter/],
	['window=1h&window=6h', /^window is given more than once/],
	['window=1h&days=1', /^days and window both name a window/],
	['events=yes', /^events: say 1/],
	['events=constructor', /^events: say 1/],
	['model=', /^model: say a piece/],
	['since=whenever', /^since: "whenever" is not a valid time/],
	['logFile=/etc/passwd', /^unknown parameter/],
])('%s is refused in one line', (query, message) => {
	expect(() => parse(query)).toThrow(message);
	expect(() => parse(query)).toThrow(UsageError);
});
