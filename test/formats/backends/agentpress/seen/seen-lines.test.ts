import {expect, test} from 'vitest';
import {isLater, type Moment, ReadMoment} from '../../../../../source/formats/backends/agentpress/moment.js';
import type {Outcome} from '../../../../../source/formats/backends/agentpress/outcome.js';
import {type SavedLines, SeenLines} from '../../../../../source/formats/backends/agentpress/seen/seen-lines.js';

type Line = readonly [owner: string, at: Moment, told: string | Outcome];

const line = (owner: string, time: number, stamp = new Date(time).toISOString()): Line => [owner, {time, stamp}, 'm'];
const seen = (saved?: SavedLines) => new SeenLines(saved);

test('lines in the order of their times are new, and known the second time', () => {
	const lines = seen();
	const all = Array.from({length: 50}, (_, index) => line('a', index));
	expect(all.map(one => lines.isKnown(...one))).not.toContain(true);
	expect(all.map(one => lines.isKnown(...one))).not.toContain(false);
});

test('lines of one millisecond are distinguished by what they say and by the microsecond', () => {
	const lines = seen();
	const [first, second, other] = [line('a', 5, '5.001'), line('a', 5, '5.002'), line('b', 5, '5.002')];
	expect([first, second, other].map(one => lines.isKnown(...one))).toEqual([false, false, false]);
	expect([first, second, other].map(one => lines.isKnown(...one))).toEqual([true, true, true]);
});

test('a line that comes late is new once', () => {
	const lines = seen();
	lines.isKnown(...line('a', 10));
	expect(lines.isKnown(...line('a', 3))).toBe(false);
	expect(lines.isKnown(...line('a', 3))).toBe(true);
	expect(lines.isKnown(...line('a', 10))).toBe(true);
});

test('what was saved is known to the next', () => {
	const lines = seen();
	lines.isKnown(...line('a', 10));
	lines.isKnown(...line('b', 20));
	const next = seen(JSON.parse(JSON.stringify(lines.save())));
	expect(next.isKnown(...line('b', 20))).toBe(true);
	expect(next.isKnown(...line('a', 10))).toBe(true);
	expect(next.isKnown(...line('c', 30))).toBe(false);
});

test('the latest are remembered, and of these fewer are saved', () => {
	const lines = seen();
	for (let time = 0; time < 15_000; time++) {
		lines.isKnown(...line('a', time));
	}
	expect(lines.save().names).toHaveLength(200);
	expect(lines.isKnown(...line('a', 5000))).toBe(true);
});

test('a call and outcomes of one moment are distinguished by all that they report', () => {
	const lines = seen();
	const at = {time: 5, stamp: '5.001Z'};
	const outcome = {wording: 'usage-type', prompt: 5, read: 1} as const;
	const all: readonly Line[] = [
		['a', at, 'm'],
		['a', at, 'n'],
		['a', at, outcome],
		['a', at, {...outcome, read: 2}],
		['a', at, {...outcome, wording: 'cache-hit'}],
	];
	expect(all.map(one => lines.isKnown(...one))).not.toContain(true);
	expect(all.map(one => lines.isKnown(...one))).not.toContain(false);
});

test('a time that the scanner has read is written, and compared, as its text is', () => {
	const moments = [-1, 0, 5, 45_000, 999_999].map(microseconds => new ReadMoment(1_762_000_000_000, microseconds));
	expect(moments.map(({stamp}) => stamp)).toEqual([
		'2025-11-01T12:26:40Z',
		'2025-11-01T12:26:40.000000Z',
		'2025-11-01T12:26:40.000005Z',
		'2025-11-01T12:26:40.045000Z',
		'2025-11-01T12:26:40.999999Z',
	]);
	const plain = moments.map(({time, stamp}) => ({time, stamp}));
	for (const [index, at] of moments.entries()) {
		for (const [other, than] of moments.entries()) {
			expect(isLater(at, than)).toBe(isLater(plain[index] as Moment, plain[other] as Moment));
		}
	}
});

test('however large the numbers of an outcome are, they tell it from others', () => {
	const lines = seen();
	const outcome = (time: number, read: number): Line => ['a', line('a', time)[1], {wording: 'cache-hit', read}];
	const all = [outcome(1, 5), outcome(2, 999_999_999_999), outcome(3, 2 ** 31), outcome(4, 2 ** 31 - 1)];
	expect(all.map(one => lines.isKnown(...one))).not.toContain(true);
	expect(lines.isKnown(...outcome(2, 999_999_999_998))).toBe(false);
	expect(all.map(one => lines.isKnown(...one))).not.toContain(false);
	expect(lines.save().names).toContain('a 1970-01-01T00:00:00.002Z cache-hit    999999999999  ');
});
