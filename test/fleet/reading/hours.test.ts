import {expect, test} from 'vitest';
import {dayState, hoursOf, hoursSql, sumLayout} from '../../../source/fleet/reading/hours.js';
import {ClickhouseError} from '../../../source/fleet/table/clickhouse-error.js';

/** Rows of three hours of one day, and what is kept of them. */
const asking = (generations: readonly (readonly unknown[])[] | Error) => async (sql: string) => {
	if (!sql.includes('summed_hour')) {
		return [
			['480000', '10', 'a'],
			['480001', '20', 'b'],
			['480002', '30', 'c'],
		];
	}
	expect(sql).toContain(sumLayout);
	if (generations instanceof Error) {
		throw generations;
	}
	return generations;
};

const slots = Array.from({length: 12}, () => '1');

test('sums hold for the rows that they were made from, and the latest generation is read', async () => {
	const {states, kept} = await hoursOf(
		asking([
			[480_000, 1, '10 a', '5', slots, '1728000000001', '1728003599999'],
			[480_000, 1, '10 a', '7', slots, '1728000000001', '1728003599999'],
			[480_001, 1, '19 other', '7', slots, '0', '0'],
			[470_000, 1, '10 a', '7', slots, '0', '0'],
		]),
	);
	expect([...states.keys()]).toEqual([480_000, 480_001, 480_002]);
	expect([...kept]).toEqual([
		[480_000, {gen: '7', slots: slots.map(Number), first: 1_728_000_000_001, last: 1_728_003_599_999}],
	]);
});

test('those of a day hold where those of all of its hours do', async () => {
	const hours = [
		[480_000, 1, '10 a', '5', slots, '0', '0'],
		[480_001, 1, '20 b', '5', slots, '0', '0'],
		[480_002, 1, '30 c', '5', slots, '0', '0'],
	];
	const states = new Map([
		[480_000, '10 a'],
		[480_001, '20 b'],
		[480_002, '30 c'],
	]);
	const day = [480_000, 24, dayState(states, 480_000), '9', [], '0', '0'];
	expect([...(await hoursOf(asking([...hours, day]))).days]).toEqual([[480_000, '9']]);
	expect((await hoursOf(asking([...hours.slice(1), day]))).days.size).toBe(0);
	expect(
		(await hoursOf(asking([...hours, [480_000, 24, dayState(new Map(), 480_000), '9', [], 0, 0]]))).days.size,
	).toBe(0);
});

test('a fleet without the tables of sums has none; what else the server says is not hidden', async () => {
	const missing = new ClickhouseError('no table', {code: 60, isPassing: false});
	expect((await hoursOf(asking(missing))).kept.size).toBe(0);
	const refused = new ClickhouseError('refused', {code: 497, isPassing: false});
	await expect(hoursOf(asking(refused))).rejects.toBe(refused);
});

test.each([
	[[], '0'],
	[[5], '(hour IN (5))'],
	[[3, 1, 2], '(hour BETWEEN 1 AND 3)'],
	[[9, 1, 2, 5, 5], '(hour IN (5, 9) OR hour BETWEEN 1 AND 2)'],
])('hours %j', (hours, sql) => {
	expect(hoursSql(hours)).toBe(sql);
});
