import {expect, test} from 'vitest';
import {unmoved} from '../../../source/screen/lists/list-cursor.js';
import {pageOf} from '../../../source/screen/page.js';
import {startLocation} from '../../../source/screen/state/location.js';
import {tabs} from '../../../source/screen/tabs.js';
import {growthOf} from '../../hostile/time.js';
import {measured, testNow} from '../../support/requests.js';
import {defaultOptions} from '../../support/screens.js';
import {snapshotOf} from '../../support/snapshots.js';

/** Of 16 times as many rows, a frame that sorts them takes less than this many times as long; one that compares each with each, 256. */
const mostGrowth = 96;

const large = {...defaultOptions, columns: 200, rows: 60};

const snapshotWith = (threads: number) =>
	snapshotOf({
		requests: Array.from({length: threads * 8}, (_, index) =>
			measured(
				{cacheRead: index % 7 === 0 ? 0 : 30_000 + index, cacheWrite5m: 5000},
				{
					id: `request-${index}`,
					thread: `${(index % threads).toString(16).padStart(8, '0')}-thread`,
					time: testNow - 40_000 + index,
				},
			),
		),
	});

const [few, many] = [snapshotWith(312), snapshotWith(312 * 16)];

test.each(tabs.filter(({id}) => id !== 'dashboard'))('$title is drawn in time in proportion to its rows', ({id}) => {
	expect(many.report.threads).toHaveLength(312 * 16);
	let offset = 0;
	const growth = growthOf(
		length => () => {
			const cursor = {key: undefined, index: 0, offset: offset++ % 200};
			const cursors = {...startLocation.cursors, [id]: cursor};
			return pageOf(length === 1 ? few : many, {...large, location: {...startLocation, tab: id, cursors}});
		},
		1,
		mostGrowth,
	);
	expect(growth).toBeLessThan(mostGrowth);
});

test('and so is a thread of thousands of requests', () => {
	const threadOf = (requests: number) =>
		snapshotOf({
			requests: Array.from({length: requests}, (_, index) =>
				measured({cacheRead: 30_000}, {id: `request-${index}`, time: testNow - 20_000 + index}),
			),
		});
	const [short, long] = [threadOf(1250), threadOf(1250 * 16)];
	const growth = growthOf(
		length => () =>
			pageOf(length === 1 ? short : long, {
				...large,
				location: {...startLocation, thread: {name: 'thread-1', cursor: unmoved}},
			}),
		1,
		mostGrowth,
	);
	expect(growth).toBeLessThan(mostGrowth);
});
