import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseStamp, utc} from '../../source/time/stamp.js';

const two = (most: number) => fc.integer({min: 0, max: most}).map(number => String(number).padStart(2, '0'));

test('times of a few days, one after the other in any order, are each read as they stand', () => {
	const day = fc.constantFrom('2026-02-28', '2026-02-30', '2028-02-29', '1969-12-31', '2100-01-01', '2026-11-01');
	const spoilt = fc.constantFrom(':', ':', ':', ':', ':', '.', '1');
	const time = fc
		.tuple(day, fc.constantFrom('T', ' '), two(25), spoilt, two(61), spoilt, two(61), fc.nat(999))
		.map(([date, between, hour, one, minute, other, second, fraction]) => ({
			text: `${date}${between}${hour}${one}${minute}${other}${second}.${String(fraction).padStart(3, '0')}Z`,
			isTime: one === ':' && other === ':',
		}));
	fc.assert(
		fc.property(fc.array(time, {minLength: 1, maxLength: 20}), times => {
			for (const {text, isTime} of times) {
				const [date, clock = ''] = text.split(/[T ]/);
				const [hour, minute, second] = clock.split(/[:.]/).map(Number) as [number, number, number];
				const isDay = date !== '2026-02-30' && date !== '1969-12-31' && date !== '2100-01-01';
				const isPossible = isTime && isDay && hour <= 23 && minute <= 59 && second <= 60;
				const expected =
					Date.parse(`${date}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000 + Number(text.slice(20, 23));
				expect(parseStamp(text, utc), text).toBe(isPossible ? expected : undefined);
			}
		}),
	);
});

test('a time of another zone on the same day is read by its zone', () => {
	expect(parseStamp('2026-11-01T10:00:00.000Z', utc)).toBe(Date.UTC(2026, 10, 1, 10));
	expect(parseStamp('2026-11-01T10:00:00.000+02:00', utc)).toBe(Date.UTC(2026, 10, 1, 8));
	expect(parseStamp('2026-11-01T10:00:00.123456Z', utc)).toBe(Date.UTC(2026, 10, 1, 10, 0, 0, 123));
});
