import fc from 'fast-check';
import {expect, test} from 'vitest';
import {dayOf, hourOf, uuidOf} from '../../../source/fleet/table/key.js';
import {versionOf} from '../../../source/fleet/table/version.js';
import {untimed} from '../../../source/request.js';

test('hours and days never fall where time rises, and fit into their columns', () => {
	const times = fc.oneof(fc.integer({min: -8.64e15, max: 8.64e15}), fc.constantFrom(untimed, 8.64e15, 0, -1));
	fc.assert(
		fc.property(times, times, (one, other) => {
			const [first, last] = one <= other ? [one, other] : [other, one];
			expect(hourOf(first)).toBeLessThanOrEqual(hourOf(last));
			expect(dayOf(first) <= dayOf(last)).toBe(true);
			expect(hourOf(first)).toBeGreaterThanOrEqual(0);
			expect(hourOf(last)).toBeLessThan(2 ** 32);
			expect(dayOf(last)).toMatch(/^20[23]\d-\d\d-\d\d$/);
		}),
	);
	expect(dayOf(untimed)).toBe('2020-01-01');
	expect([dayOf(Date.UTC(2026, 10, 22, 9, 12)), hourOf(Date.UTC(1970, 0, 2, 1))]).toEqual(['2026-11-22', 25]);
});

test('ids of any text become UUIDs, each its own', () => {
	expect(uuidOf('')).toMatch(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
	expect(uuidOf('a')).not.toBe(uuidOf('b'));
});

test('a later change wins, a store that was rebuilt wins over all changes of the one before', () => {
	const epoch = Date.UTC(2026, 10, 22);
	const ascending = [
		versionOf(epoch, 0),
		versionOf(epoch, 1),
		versionOf(epoch, 2 ** 14 - 1),
		versionOf(epoch + 1, 0),
		// Changes take longer than the time that they count on into.
		versionOf(epoch, 1_000_000_000),
		versionOf(epoch + 3_600_000, 0),
	].map(BigInt);
	expect([...ascending].sort((one, other) => (one < other ? -1 : 1))).toEqual(ascending);
	// 255 settlements fit between two versions.
	expect((ascending[1] as bigint) - (ascending[0] as bigint)).toBe(256n);
	expect(BigInt(versionOf(Date.UTC(2160, 0), 2 ** 40)) < 2n ** 64n).toBe(true);
});
