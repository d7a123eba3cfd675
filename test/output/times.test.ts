import {expect, test} from 'vitest';
import {formatTime} from '../../source/output/times.js';

const winter = Date.UTC(2026, 10, 22, 23, 5, 7, 89);
const summer = Date.UTC(2026, 8, 1, 6, 5, 7);

test('shows an instant in the zone asked for, on a 24-hour clock', () => {
	expect(formatTime(winter, 'UTC')).toBe('22 Nov 23:05');
	expect(formatTime(winter, 'Europe/Berlin')).toBe('23 Nov 00:05');
	expect(formatTime(summer, 'America/New_York', 'date')).toBe('1 Sep 2026 02:05');
	expect(formatTime(winter, 'UTC', 'clock')).toBe('23:05:07');
	expect(formatTime(winter, 'Europe/Berlin', 'stamp')).toBe('20261123-000507');
});

test.each([
	['UTC', winter, '2026-11-22T23:05:07.089+00:00'],
	['Europe/Berlin', winter, '2026-11-23T00:05:07.089+01:00'],
	['Europe/Berlin', summer, '2026-09-01T08:05:07.000+02:00'],
	['Asia/Kolkata', winter, '2026-11-23T04:35:07.089+05:30'],
	['America/St_Johns', winter, '2026-11-22T19:35:07.089-03:30'],
])('writes the offset of %s for files', (zone, instant, expected) => {
	expect(formatTime(instant, zone, 'iso')).toBe(expected);
	expect(Date.parse(expected)).toBe(instant);
});

test('what is no instant is n/a', () => {
	expect(formatTime(undefined, 'UTC')).toBe('n/a');
	expect(formatTime(Number.NaN, 'UTC')).toBe('n/a');
	expect(formatTime(-1e20, 'UTC', 'iso')).toBe('n/a');
});

test('a zone that does not exist is refused', () => {
	expect(() => formatTime(winter, 'Europe/Atlantis')).toThrow(RangeError);
});
