import {expect, test} from 'vitest';
import {HeldCounters} from '../../../source/output/prometheus/held.js';
import type {Family} from '../../../source/output/prometheus/prometheus.js';

const family = (kind: Family['kind'], value: number, outcome = 'hit'): Family => ({
	name: 'hitrate_things_total',
	help: 'Things',
	kind,
	samples: [{labels: {outcome}, value}],
});

/** What is exposed as the sum takes these values. */
const exposed = (kind: Family['kind'], values: readonly number[]) => {
	const held = new HeldCounters();
	return values.map(value => held.hold([family(kind, value)])[0]?.samples[0]?.value);
};

test('a sum that falls a little is held until it has caught up', () => {
	expect(exposed('counter', [5, 4, 5, 6, 3, 7])).toEqual([5, 5, 5, 6, 6, 7]);
});

test('a sum that lost most of what it counted falls', () => {
	expect(exposed('counter', [1000, 400, 401])).toEqual([1000, 400, 401]);
	expect(exposed('counter', [1, 0, 1])).toEqual([1, 0, 1]);
});

test('a gauge goes as it likes', () => {
	expect(exposed('gauge', [5, 4, -1])).toEqual([5, 4, -1]);
});

test('each series is held by itself', () => {
	const held = new HeldCounters();
	held.hold([family('counter', 10, 'hit')]);
	expect(held.hold([family('counter', 8, 'miss')])[0]?.samples).toEqual([{labels: {outcome: 'miss'}, value: 8}]);
});
