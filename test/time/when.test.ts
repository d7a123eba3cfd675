import {describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {parseWhen} from '../../source/time/when.js';
import {localTimeOf, parseZone} from '../../source/time/zones.js';

const now = Date.UTC(2026, 10, 23, 2, 0, 0);
const when = (text: string, zone = 'UTC') => new Date(parseWhen(text, '--since', now, zone)).toISOString();

describe('instants as users write them', () => {
	test.each([
		['2026-11-22', '2026-11-22T00:00:00.000Z'],
		['2026-11-22T14:00', '2026-11-22T14:00:00.000Z'],
		['2026-11-22 14:00:05', '2026-11-22T14:00:05.000Z'],
		['2026-11-22T14:00:00+02:00', '2026-11-22T12:00:00.000Z'],
		['2026-11-22T14:00:00.123456Z', '2026-11-22T14:00:00.123Z'],
		['2h ago', '2026-11-23T00:00:00.000Z'],
		['90 min ago', '2026-11-23T00:30:00.000Z'],
		['3d ago', '2026-11-20T02:00:00.000Z'],
		['2h', '2026-11-23T00:00:00.000Z'],
		['now', '2026-11-23T02:00:00.000Z'],
		['today', '2026-11-23T00:00:00.000Z'],
		['yesterday', '2026-11-22T00:00:00.000Z'],
		['yesterday 14:00', '2026-11-22T14:00:00.000Z'],
		['last monday', '2026-11-16T00:00:00.000Z'],
	])('%s', (text, expected) => {
		expect(when(text)).toBe(expected);
	});

	test('are read in the zone given', () => {
		expect(when('2026-11-22', 'Europe/Berlin')).toBe('2026-11-21T23:00:00.000Z');
		expect(when('2026-07-01 14:00', 'Europe/Berlin')).toBe('2026-07-01T12:00:00.000Z');
		expect(when('today', 'America/New_York')).toBe('2026-11-22T05:00:00.000Z');
		expect(when('yesterday 14:00', 'Asia/Kolkata')).toBe('2026-11-22T08:30:00.000Z');
	});

	test.each(['garbage', '', '2h ago and then some', '2026-13-45', '2026-02-30', '25:99', '10', '2026'])(
		'%s is none',
		text => {
			expect(() => when(text)).toThrow(UsageError);
			expect(() => when(text)).toThrow(/^--since: ".*" is not a valid time/);
		},
	);
});

describe('zones', () => {
	test.each([
		['Europe/Berlin', 'Europe/Berlin'],
		['utc', 'UTC'],
		['+02:00', 'Etc/GMT-2'],
		['UTC-5', 'Etc/GMT+5'],
	])('%s', (text, expected) => {
		expect(parseZone(text, '--tz')).toBe(expected);
	});

	test('fixed offsets count as people say them', () => {
		expect(when('2026-11-22', parseZone('+02:00', '--tz'))).toBe('2026-11-21T22:00:00.000Z');
	});

	test('that do not exist are refused in one line', () => {
		expect(() => parseZone('Mars/Olympus', '--tz')).toThrow('--tz: unknown time zone "Mars/Olympus"');
	});

	test('wall-clock times are read across a change of summer time', () => {
		const berlin = localTimeOf('Europe/Berlin');
		expect(new Date(berlin(2026, 3, 28, 12, 0, 0, 0)).toISOString()).toBe('2026-03-28T11:00:00.000Z');
		expect(new Date(berlin(2026, 3, 29, 12, 0, 0, 5)).toISOString()).toBe('2026-03-29T10:00:00.005Z');
		expect(localTimeOf('Asia/Kolkata')(2026, 1, 1, 0, 0, 0, 0)).toBe(Date.UTC(2025, 11, 31, 18, 30));
	});
});
