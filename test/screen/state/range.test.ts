import {expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {parseRange} from '../../../source/screen/state/range.js';
import {hour, testNow} from '../../support/requests.js';

const berlin = {now: testNow, zone: 'Europe/Berlin'};
const utc = {now: testNow, zone: 'UTC'};

test.each([
	['2h ago', testNow - 2 * hour, undefined],
	['  2026-11-21 ', Date.UTC(2026, 10, 21), undefined],
	['2026-11-20..2026-11-21', Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21)],
	['yesterday 14:00 .. now', Date.UTC(2026, 10, 21, 14), undefined],
	['3h ago to 1h ago', testNow - 3 * hour, testNow - hour],
	['3h ago until NOW', testNow - 3 * hour, undefined],
	['.. 1h ago', undefined, testNow - hour],
	['1h ago ..', testNow - hour, undefined],
])('%s', (text, from, to) => {
	expect(parseRange(text, utc)).toEqual({kind: 'between', from, to});
});

test.each([
	['90m', {kind: 'last', length: 1.5 * hour, name: '90m'}],
	[' 2 w ', {kind: 'last', length: 336 * hour, name: '2w'}],
	['all', {kind: 'all'}],
])('%j is a window', (text, window) => {
	expect(parseRange(text, utc)).toEqual(window);
});

test('days and clocks are those of the zone', () => {
	expect(parseRange('2026-11-22', berlin)).toMatchObject({from: Date.UTC(2026, 10, 21, 23)});
	expect(parseRange('yesterday 14:00', berlin)).toMatchObject({from: Date.UTC(2026, 10, 21, 13)});
});

test.each([
	['', 'no time'],
	['..', 'no time'],
	['soonish', '"soonish" is not a valid time'],
	['2h ago .. x\u001B[2J', '"x\uFFFD[2J" is not a valid time'],
	['a .. b .. c', 'more than two times'],
	['1h ago .. 2h ago', 'begins after its end'],
	['2026-12-01', 'begins in the future'],
	['2026-12-01 .. now', 'begins in the future'],
])('%j is refused: %s', (text, message) => {
	expect(() => parseRange(text, utc)).toThrow(new UsageError(message));
});
