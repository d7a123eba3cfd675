import {expect, test} from 'vitest';
import {otherSide} from '../../source/metrics/compare.js';
import {hour, testNow, testWindow} from '../support/requests.js';

const known = {
	now: testNow,
	span: {first: testNow - 48 * hour, last: testNow - hour},
	marks: [
		{name: 'deploy 1.3', time: testNow - 40 * hour},
		{name: 'deploy 1.4', time: testNow - 30 * hour},
	],
};
const side = {window: testWindow, filter: {model: 'opus', project: 'shop'}};

test('as long a time just before, whether there is anything in it or not', () => {
	expect(otherSide({kind: 'previous'}, side, {...known, span: undefined})).toEqual({
		window: {from: testNow - 48 * hour, to: testNow - 24 * hour, name: 'previous'},
		filter: side.filter,
	});
	expect(otherSide({kind: 'previous'}, {...side, window: {...testWindow, name: 'all'}}, known)).toBeUndefined();
});

test('another window keeps the filter', () => {
	const choice = {kind: 'last', length: 6 * hour, name: '6h'} as const;
	expect(otherSide({kind: 'window', choice}, side, known)).toEqual({
		window: {from: testNow - 6 * hour, to: testNow, name: '6h'},
		filter: side.filter,
	});
});

test('as long a time after the latest mark of the name', () => {
	expect(otherSide({kind: 'mark', name: 'deploy'}, side, known)).toEqual({
		window: {from: testNow - 30 * hour, to: testNow - 6 * hour, name: 'after deploy 1.4'},
		filter: side.filter,
	});
	expect(otherSide({kind: 'mark', name: 'rollback'}, side, known)).toBeUndefined();
});

test('another name replaces its part of the filter alone', () => {
	expect(otherSide({kind: 'filter', filter: {model: 'haiku'}}, side, known)).toEqual({
		window: testWindow,
		filter: {model: 'haiku', project: 'shop'},
	});
});
