import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bucketOf, cut, day, hour, rounded, widths} from '../../../../source/store/sqlite/write/levels.js';

const minute = 60_000;
const time = fc.integer({min: -3 * day, max: 400 * day});

describe('a window cut into buckets', () => {
	test('day, hours, five minutes, and what remains', () => {
		const pieces = cut(22 * hour + 3 * minute, 2 * day + hour + 7 * minute, widths);
		expect(pieces.map(({width, from, to}) => [width && width / minute, from / minute, to / minute])).toEqual([
			[undefined, 1323, 1325],
			[5, 1325, 1380],
			[60, 1380, 1440],
			[1440, 1440, 2880],
			[60, 2880, 2940],
			[5, 2940, 2945],
			[undefined, 2945, 2947],
		]);
	});

	test('covers it without gaps, in whole buckets, with less than a bucket left at either end', () => {
		fc.assert(
			fc.property(time, time, fc.subarray([...widths]), (one, other, usable) => {
				const [from, to] = [Math.min(one, other), Math.max(one, other)];
				const pieces = cut(from, to, usable);
				expect(pieces.reduce((end, piece) => (piece.from === end ? piece.to : Number.NaN), from)).toBe(to);
				for (const piece of pieces) {
					expect(piece.from).toBeLessThan(piece.to);
					if (piece.width === undefined) {
						expect(piece.to - piece.from).toBeLessThan(
							usable.length === 0 ? Number.POSITIVE_INFINITY : 2 * (usable[0] as number),
						);
					} else {
						expect([piece.from, piece.to].map(edge => bucketOf(edge, piece.width as number))).toEqual([
							piece.from,
							piece.to,
						]);
					}
				}
			}),
		);
	});

	test('is rounded if nothing is beyond its edges, and only then', () => {
		fc.assert(
			fc.property(time, time, time, time, (one, other, first, length) => {
				const window = {from: Math.min(one, other), to: Math.max(one, other)};
				const span = {first, last: first + Math.abs(length)};
				const {from, to} = rounded(window, span);
				for (const at of [span.first, span.last, window.from, window.to - 1]) {
					const isThere = at >= span.first && at <= span.last;
					expect(isThere && at >= from && at < to).toBe(isThere && at >= window.from && at < window.to);
				}
			}),
		);
		const span = {first: hour, last: 50 * hour};
		expect(rounded({from: hour, to: 50 * hour}, span)).toEqual({from: 0, to: 50 * hour});
		expect(rounded({from: hour + 1, to: 50 * hour + 1}, span)).toEqual({from: hour + 1, to: 3 * day});
	});
});
