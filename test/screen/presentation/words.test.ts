import {expect, test} from 'vitest';
import {presetChoice} from '../../../source/metrics/windows/window.js';
import {changeOfLosses, changeOfRate, changeOfSavings} from '../../../source/screen/presentation/change.js';
import {type Message, messageText} from '../../../source/screen/presentation/message.js';
import {axisTime, isPast, windowName, windowPhrase} from '../../../source/screen/presentation/window-words.js';
import {textOf} from '../../../source/screen/text/line.js';
import {hour, testNow} from '../../support/requests.js';

test('changes show their direction, and colour repeats whether it is good', () => {
	expect(changeOfRate(0.84, 0.819)).toEqual([{text: '▲ 2.1', token: 'status.good'}]);
	expect(changeOfSavings(3, 14.4)).toEqual([{text: '▼ $11.40', token: 'status.poor'}]);
	expect(changeOfLosses(1, 4.1)).toEqual([{text: '▼ $3.10', token: 'status.good'}]);
	expect(changeOfRate(0.84, undefined)).toEqual([]);
	expect(changeOfRate(0.84, 0.84001)).toEqual([]);
});

test('windows have names', () => {
	const window = {from: testNow - 5 * hour, to: testNow};
	expect(windowName({...window, name: '15m'})).toBe('15 min');
	expect(windowName({...window, name: '3d'})).toBe('3 d');
	expect(windowName({...window, name: 'all'})).toBe('all');
	expect(windowName({...window, name: 'custom'})).toBe('5 h');
	const past = {choice: presetChoice('6h'), end: testNow - hour};
	expect(isPast(past)).toBe(true);
	expect(windowPhrase(past, {...window, name: '6h'})).toBe('6 h');
	expect(windowPhrase({...past, end: undefined}, {...window, name: '6h'})).toBe('last 6 h');
	expect(isPast({choice: {kind: 'between', from: 1, to: undefined}, end: undefined})).toBe(false);
	expect(isPast({choice: {kind: 'between', from: 1, to: 2}, end: undefined})).toBe(true);
});

test('axis times are as exact as the window is short', () => {
	expect(axisTime(testNow, 24 * hour, 'UTC')).toBe('09:12');
	expect(axisTime(testNow, 72 * hour, 'UTC')).toBe('22 Nov 09:12');
	expect(axisTime(testNow, 30 * 24 * hour, 'UTC')).toBe('22 Nov');
});

test('messages name files first, then their folder', () => {
	const told = (message: Message, columns: number) => textOf(messageText(message, columns, 'UTC'));
	const stem = '/srv/app/exports/hitrate-20261122-091200';
	const paths = [`${stem}.json`, `${stem}.csv`, `${stem}.md`, `${stem}.svg`];
	const names = 'Exported hitrate-20261122-091200.json .csv .md .svg';
	expect(told({kind: 'exported', paths}, 78)).toBe(`${names} in /srv/app/exports`);
	expect(told({kind: 'exported', paths}, 66)).toBe(`${names} in …pp/exports`);
	expect(told({kind: 'exported', paths}, 54)).toBe(names);
	expect(told({kind: 'exported', paths: ['a.json', 'b.csv']}, 54)).toBe('Exported a.json  b.csv in .');
	expect(told({kind: 'exported', paths: []}, 78)).toBe('Nothing was exported.');
	expect(told({kind: 'failed', error: 'no\u0007 room'}, 78)).toBe('Export failed: no\uFFFD room');
	const far = `Cannot write ${'/srv/exports'.repeat(9)}: its folder does not exist`;
	expect(told({kind: 'failed', error: far}, 60)).toMatch(/^Export failed: Cannot write .*….*does not exist$/);
});

test.each(['first', 'now', 'all', 'widest', 'narrowest'] as const)('the edge %s is explained at 40 columns', edge => {
	const told = textOf(messageText({kind: 'edge', edge, first: testNow}, 38, 'UTC'));
	expect(told).toMatch(/^[A-Z].*\.$/);
	expect(told.length).toBeLessThanOrEqual(38);
});
