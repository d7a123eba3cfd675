import {expect, test} from 'vitest';
import {presetChoice, type View} from '../../../source/metrics/windows/window.js';
import {stepped, untilNow, widened} from '../../../source/screen/state/window-steps.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const at = (...hoursAgo: readonly number[]) =>
	hoursAgo.map(hours => measured({cacheRead: 1}, {time: testNow - hours * hour}));
const sixHours: View = {choice: presetChoice('6h'), end: undefined};
const snapshot = snapshotOf({requests: at(20, 3, 1), view: sixHours});

test('steps back until there is nothing before, and forward until now', () => {
	const once = stepped(sixHours, -1, snapshot) as View;
	expect(once).toEqual({...sixHours, end: testNow - 6 * hour});
	const twice = stepped(once, -1, snapshot) as View;
	const thrice = stepped(twice, -1, snapshot) as View;
	expect(thrice.end).toBe(testNow - 18 * hour);
	expect(stepped(thrice, -1, snapshot)).toBe('first');
	expect(stepped(once, 1, snapshot)).toEqual(sixHours);
	expect(stepped(sixHours, 1, snapshot)).toBe('now');
});

test('back and forward is now again, although time went on', () => {
	const later = {...snapshot, now: testNow + hour};
	expect(stepped({...sixHours, end: testNow - 6 * hour}, 1, later)).toEqual(sixHours);
	expect(stepped({...sixHours, end: testNow - 12 * hour}, 1, later)).toEqual({...sixHours, end: testNow - 6 * hour});
});

test('back from where nothing was written any more leads to the end of the log', () => {
	const old = snapshotOf({requests: at(9000, 8999), view: sixHours});
	expect(stepped(sixHours, -1, old)).toEqual({...sixHours, end: testNow - 8999 * hour + 1});
	expect(stepped(sixHours, -1, snapshotOf({view: sixHours}))).toEqual({...sixHours, end: testNow - 6 * hour});
});

test('all there is has no before and no after', () => {
	const all: View = {choice: {kind: 'all'}, end: undefined};
	expect([stepped(all, -1, snapshot), stepped(all, 1, snapshot)]).toEqual(['all', 'all']);
	expect(widened(all, 1, snapshot)).toBe('widest');
	expect(widened({choice: presetChoice('15m'), end: undefined}, -1, snapshot)).toBe('narrowest');
	expect(widened(sixHours, 1, snapshot)).toEqual({choice: presetChoice('24h'), end: undefined});
});

test('a fixed range becomes one as long that ends now', () => {
	const view: View = {choice: {kind: 'between', from: testNow - 9 * hour, to: testNow - 4 * hour}, end: undefined};
	expect(untilNow(snapshotOf({requests: at(5), view})).choice).toMatchObject({kind: 'last', length: 5 * hour});
	expect(untilNow({...snapshot, view: {...sixHours, end: testNow - hour}})).toEqual(sixHours);
});
