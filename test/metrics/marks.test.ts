import {describe, expect, test} from 'vitest';
import {findMark, marksIn, versionMarks, windowSince} from '../../source/metrics/marks.js';

const mark = (time: number, name: string) => ({time, name});

describe('new versions of a client', () => {
	test('are marks; the first version, another program and one without a version are not', () => {
		const starts = new Map([
			['claude-code 2.1.4', 300],
			['claude-code 2.1.3', 100],
			['codex 0.9', 200],
			['mux', 250],
			['claude-code 2.1.5', 400],
		]);
		expect(versionMarks(starts)).toEqual([mark(300, 'claude-code 2.1.4'), mark(400, 'claude-code 2.1.5')]);
	});
});

test('those of a window, oldest first, the newest hundred', () => {
	const marks = Array.from({length: 150}, (_, index) => mark(200 - index, `${index}`));
	const found = marksIn(marks, {from: 60, to: 200, name: 'custom'});
	expect(found).toHaveLength(100);
	expect([found[0]?.time, found.at(-1)?.time]).toEqual([100, 199]);
});

test('the latest whose name contains a text, in any case', () => {
	const marks = [mark(3, 'Deploy 1.5'), mark(1, 'deploy 1.4'), mark(2, 'new prompt')];
	expect(findMark(marks, 'deploy')?.time).toBe(3);
	expect(findMark(marks, ' DEPLOY 1.4 ')?.time).toBe(1);
	expect(findMark(marks, 'rollback')).toBeUndefined();
});

test.each([
	['as long after as before', 1000, 5000, 0, {from: 1000, to: 2000}],
	['as long as there is', 1000, 1300, 0, {from: 1000, to: 1300}],
	['all that came after, where nothing came before', 1000, 5000, 2000, {from: 1000, to: 5000}],
])('the window since a mark: %s', (_, time, now, first, window) => {
	expect(windowSince(mark(time, 'deploy'), now, {first, last: now})).toEqual({...window, name: 'since deploy'});
});
