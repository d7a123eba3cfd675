import {expect, test} from 'vitest';
import {SeenLines} from '../../../../source/formats/backends/agentpress/seen-lines.js';

type Line = {readonly at: {readonly time: number; readonly stamp: string}; readonly name: string};

const line = (name: string, time: number, stamp = new Date(time).toISOString()): Line => ({at: {time, stamp}, name});
const nameOf = ({at, name}: Line) => `${name} ${at.stamp}`;
const seen = (saved?: ConstructorParameters<typeof SeenLines<Line>>[1]) => new SeenLines<Line>(nameOf, saved);

test('lines in the order of their times are new, and known the second time', () => {
	const lines = seen();
	const all = Array.from({length: 50}, (_, index) => line('a', index));
	expect(all.map(one => lines.isKnown(one))).not.toContain(true);
	expect(all.map(one => lines.isKnown({...one}))).not.toContain(false);
});

test('lines of one millisecond are told apart by what they say and by the microsecond', () => {
	const lines = seen();
	const [first, second, other] = [line('a', 5, '5.001'), line('a', 5, '5.002'), line('b', 5, '5.002')];
	expect([first, second, other].map(one => lines.isKnown(one))).toEqual([false, false, false]);
	expect([first, second, other].map(one => lines.isKnown({...one}))).toEqual([true, true, true]);
});

test('a line that comes late is new once', () => {
	const lines = seen();
	lines.isKnown(line('a', 10));
	expect(lines.isKnown(line('a', 3))).toBe(false);
	expect(lines.isKnown(line('a', 3))).toBe(true);
	expect(lines.isKnown(line('a', 10))).toBe(true);
});

test('what was saved is known to the next', () => {
	const lines = seen();
	lines.isKnown(line('a', 10));
	lines.isKnown(line('b', 20));
	const next = seen(JSON.parse(JSON.stringify(lines.save())));
	expect(next.isKnown(line('b', 20))).toBe(true);
	expect(next.isKnown(line('a', 10))).toBe(true);
	expect(next.isKnown(line('c', 30))).toBe(false);
});

test('the latest are remembered, and of these fewer are saved', () => {
	const lines = seen();
	for (let time = 0; time < 15_000; time++) {
		lines.isKnown(line('a', time));
	}
	expect(lines.save().names).toHaveLength(200);
	expect(lines.isKnown(line('a', 5000))).toBe(true);
});
