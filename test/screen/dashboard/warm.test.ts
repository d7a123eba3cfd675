import {expect, test} from 'vitest';
import {planPage} from '../../../source/screen/dashboard/layout.js';
import {needsOf} from '../../../source/screen/dashboard/panes.js';
import {warm} from '../../../source/screen/dashboard/warm.js';
import {paneRows} from '../../support/panes.js';
import {measured, testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const minute = 60_000;
const snapshot = snapshotOf({
	requests: [
		measured(
			{cacheWrite1h: 100_000},
			{time: testNow - 20 * minute, thread: 'aaaa', project: '/home/dev/web', agent: 'main'},
		),
		measured(
			{cacheWrite5m: 40_000},
			{time: testNow - 50_000, thread: 'bbbb', project: '/home/dev/srv', agent: 'explore'},
		),
		measured({cacheWrite5m: 40_000}, {time: testNow - 6 * minute, thread: 'cccc'}),
	],
});

test('what is warm, the first to expire on top: how long, and what being late costs', () => {
	expect(paneRows(warm, snapshot, {columns: 22, rows: 4})).toEqual([
		expect.stringMatching(/^srv bbbb explore +4:00$/),
		expect.stringMatching(/^ +late \$0\.14$/),
		expect.stringMatching(/^web aaaa +40:00$/),
		expect.stringMatching(/^ +late \$0\.57$/),
	]);
});

test('one row each where there is room, and how many more there are', () => {
	expect(paneRows(warm, snapshot, {columns: 60, rows: 2})).toEqual([
		expect.stringMatching(/^srv bbbb explore +late \$0\.14 {3}4:00$/),
		expect.stringMatching(/^web aaaa +late \$0\.57 {2}40:00$/),
	]);
	expect(paneRows(warm, snapshot, {columns: 22, rows: 3})).toEqual([
		expect.stringMatching(/^srv bbbb explore +4:00$/),
		expect.stringMatching(/^ +late \$0\.14$/),
		expect.stringMatching(/^1 more +in all \$0\.71$/),
	]);
});

test('prices have the same decimals, and are aligned', () => {
	const small = snapshotOf({
		requests: [
			measured({cacheWrite5m: 6_250}, {time: testNow - 50_000, thread: 'aaaa'}),
			measured({cacheWrite1h: 100_000}, {time: testNow - 20 * minute, thread: 'bbbb'}),
		],
	});
	expect(paneRows(warm, small, {columns: 60, rows: 2})).toEqual([
		expect.stringMatching(/^aaaa +late \$0\.02 {3}4:00$/),
		expect.stringMatching(/^bbbb +late \$0\.57 {2}40:00$/),
	]);
});

test('is next to the trend from 100 columns on, and absent if nothing is warm', () => {
	const placed = (columns: number, given = snapshot) => {
		const plan = planPage({columns, rows: 40, needs: needsOf(given)});
		return plan.kind === 'page' ? plan.places.filter(({pane}) => pane === 'warm' || pane === 'trend') : [];
	};
	const [trend, beside] = placed(120);
	expect(beside).toMatchObject({pane: 'warm', row: trend?.row, columns: 30});
	expect(placed(99).map(({pane}) => pane)).toEqual(['trend']);
	const cold = snapshotOf({requests: [measured({cacheWrite5m: 40_000}, {time: testNow - 6 * minute})]});
	expect(placed(120, cold).map(({pane}) => pane)).toEqual(['trend']);
});

test('amounts below each other have as many decimals', () => {
	const chains = [
		['aaaa', 100_000],
		['bbbb', 9_000],
	] as const;
	const cheap = snapshotOf({
		requests: chains.map(([thread, cacheWrite1h]) => measured({cacheWrite1h}, {time: testNow - 60_000, thread})),
	});
	const shown = paneRows(warm, cheap, {columns: 22, rows: 4}).join(' ');
	expect(shown).toMatch(/late \$0\.57/);
	expect(shown).toMatch(/late \$0\.05/);
	expect(shown).not.toMatch(/\$0\.0\d\d/);
});
