import {expect, test} from 'vitest';
import {xLabels} from '../../../source/screen/charts/x-labels.js';

const labels = {start: '09:12', middle: ['15:00', '21:00', '03:00'], end: 'now'};

test.each([
	[48, '09:12     15:00       21:00       03:00      now'],
	[20, '09:12   21:00    now'],
	[16, '09:12        now'],
	[10, '09:12  now'],
	[9, '09:12    '],
	[5, '09:12'],
	[4, ' now'],
	[2, '  '],
	[0, ''],
])('on %s columns', (columns, expected) => {
	expect(xLabels(labels, columns)).toBe(expected);
});

test('labels may be missing', () => {
	expect(xLabels({}, 6)).toBe('      ');
	expect(xLabels({start: undefined, end: 'now'}, 6)).toBe('   now');
	expect(xLabels({middle: ['', '21:00', ''], end: ''}, 11)).toBe('   21:00   ');
});

test('wide characters count twice', () => {
	expect(xLabels({start: '昨日', end: '今'}, 8)).toBe('昨日  今');
	expect(xLabels({start: '昨日', end: '今'}, 7)).toBe('昨日   ');
});
