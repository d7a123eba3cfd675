import {expect, test} from 'vitest';
import {unmoved} from '../../../source/screen/lists/cursor.js';
import {startLocation} from '../../../source/screen/location.js';
import {pageOf} from '../../../source/screen/page.js';
import {tabs} from '../../../source/screen/tabs.js';
import {measured, testNow} from '../../support/requests.js';
import {usualOptions} from '../../support/screens.js';
import {snapshotOf} from '../../support/snapshots.js';

const many = snapshotOf({
	requests: Array.from({length: 40_000}, (_, index) =>
		measured(
			{cacheRead: index % 7 === 0 ? 0 : 30_000 + index, cacheWrite5m: 5000},
			{
				id: `request-${index}`,
				thread: `${(index % 5000).toString(16).padStart(8, '0')}-thread`,
				time: testNow - 40_000 + index,
			},
		),
	),
});

/** The middle of several, so that another test's work does not count. */
const median = (work: (round: number) => void): number => {
	const times = Array.from({length: 9}, (_, round) => {
		const start = performance.now();
		work(round);
		return performance.now() - start;
	});
	return times.sort((one, other) => one - other)[4] ?? 0;
};

test.each(tabs.filter(({id}) => id !== 'dashboard'))('5,000 threads: $title is drawn within a frame', ({id}) => {
	expect(many.report.threads).toHaveLength(5000);
	const draw = (round: number) => {
		const cursor = {key: undefined, index: 0, offset: round};
		const cursors = {...startLocation.cursors, [id]: cursor};
		return pageOf(many, {...usualOptions, columns: 200, rows: 60, location: {...startLocation, tab: id, cursors}});
	};
	draw(0);
	expect(median(draw)).toBeLessThan(20);
});

test('and so is a thread of thousands of requests', () => {
	const long = snapshotOf({
		requests: Array.from({length: 20_000}, (_, index) =>
			measured({cacheRead: 30_000}, {id: `request-${index}`, time: testNow - 20_000 + index}),
		),
	});
	const draw = () =>
		pageOf(long, {
			...usualOptions,
			columns: 200,
			rows: 60,
			location: {...startLocation, thread: {name: 'thread-1', cursor: unmoved}},
		});
	draw();
	expect(median(draw)).toBeLessThan(20);
});
