import {expect, test} from 'vitest';
import {addingUp} from '../../../source/output/rows/adding-up.js';

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + Math.round(number * 100), 0);

test('what lost most by rounding down is rounded up', () => {
	expect(addingUp([0.334, 0.334, 0.332], 2)).toEqual([0.34, 0.33, 0.33]);
});

test('a number that is shown elsewhere is rounded by itself, and the others make up for it', () => {
	const parts = [0.0886, 0.0797, 0.0869, 0.5554];
	expect(addingUp(parts, 2)).toEqual([0.09, 0.08, 0.09, 0.55]);
	expect(addingUp(parts, 2, 3)).toEqual([0.09, 0.08, 0.08, 0.56]);
});

test('whatever the parts are, they add up, and none is a whole unit off', () => {
	for (let step = 0; step < 500; step++) {
		const parts = [7, 13, 29, 31].map(factor => ((step * factor) % 97) / 1300);
		const total = Math.round(parts.reduce((sum, part) => sum + part, 0) * 100);
		for (const fixed of [undefined, 0, 3]) {
			const rounded = addingUp(parts, 2, fixed);
			expect(sumOf(rounded)).toBe(total);
			rounded.forEach((value, index) => {
				expect(Math.abs(value - (parts[index] ?? 0))).toBeLessThanOrEqual(0.01);
			});
		}
	}
});
