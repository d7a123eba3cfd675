import {describe, expect, test} from 'vitest';
import {LabelValues, labelOf} from '../../../source/output/prometheus/labels.js';

describe('a label', () => {
	test('is one harmless line of bounded length', () => {
		expect(labelOf('a\nb\u001b[31m')).toMatch(/^a\uFFFDb\uFFFD\[31m$/);
		expect(labelOf('x'.repeat(5000)).length).toBeLessThanOrEqual(120);
	});

	test('says if the log has no name', () => {
		expect(labelOf(undefined)).toBe('unknown');
		expect(labelOf('')).toBe('unknown');
	});
});

describe('the values of a label', () => {
	test('are the heaviest; the others are one', () => {
		const nameOf = new LabelValues(2).admit(
			new Map([
				['light', 1],
				['heavy', 9],
				['middle', 5],
			]),
		);
		expect(['heavy', 'middle', 'light', 'never seen'].map(nameOf)).toEqual(['heavy', 'middle', 'other', 'other']);
	});

	test('stay, however heavy others become', () => {
		const values = new LabelValues(1);
		values.admit(new Map([['first', 1]]));
		const nameOf = values.admit(
			new Map([
				['first', 1],
				['second', 1000],
			]),
		);
		expect([nameOf('first'), nameOf('second')]).toEqual(['first', 'other']);
	});

	test('are one where two names come to the same', () => {
		const nameOf = new LabelValues(2).admit(
			new Map([
				['a\u0001', 3],
				['a\u0002', 2],
				['b', 1],
			]),
		);
		expect(nameOf('a\u0001')).toBe(nameOf('a\u0002'));
		expect(nameOf('b')).toBe('b');
	});
});
