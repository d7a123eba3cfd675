import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import {unmoved} from '../../source/screen/lists/list-cursor.js';
import {pageOf} from '../../source/screen/page.js';
import type {PageOptions} from '../../source/screen/page-options.js';
import {startLocation} from '../../source/screen/state/location.js';
import type {Prompt} from '../../source/screen/state/prompt.js';
import {tabs, tabTitle} from '../../source/screen/tabs.js';
import type {Line} from '../../source/screen/text/line.js';
import {paint} from '../../source/screen/text/paint.js';
import {colourTheme, monoTheme} from '../../source/screen/theme.js';
import {columnsOf} from '../../source/text/columns-of.js';
import {runs, tried} from '../support/runs.js';
import {defaultOptions, drawn} from '../support/screens.js';
import {busyRequests, readingOf, snapshotOf, variedSnapshots} from '../support/snapshots.js';

const sizes = [
	[200, 60],
	[120, 40],
	[100, 30],
	[99, 30],
	[80, 24],
	[60, 20],
	[40, 10],
	[39, 9],
	[2, 1],
] as const;

const snapshots = Object.entries(variedSnapshots());

const rangePrompts: readonly Prompt[] = [
	{kind: 'range', text: '', range: undefined, error: undefined},
	{kind: 'range', text: '2h ago', range: {kind: 'between', from: 1, to: undefined}, error: undefined},
	{
		kind: 'range',
		text: '模型\u001B[2J'.repeat(30),
		range: undefined,
		error: `"${'模'.repeat(99)}" is not a valid time`,
	},
];

const variations: readonly Partial<PageOptions>[] = [
	{},
	{unicode: false},
	{prompt: {kind: 'filter', text: '模型\u001B[2J'.repeat(30)}},
	...rangePrompts.map(prompt => ({prompt})),
	...tabs.flatMap(({id}) => [
		{location: {...startLocation, tab: id}},
		{location: {...startLocation, tab: id}, unicode: false, prices: undefined},
	]),
	{cover: 'help', scrolled: 3},
	{cover: 'sources'},
	{cover: 'advice', scrolled: 2},
	{wanted: {choice: {kind: 'all'}, end: undefined}},
	{rateLine: false, location: {...startLocation, advice: 2}},
	{lookedAt: ['logs/worker.log', `/非常に${'x'.repeat(300)}\u001B[2J`]},
	{message: {kind: 'edge', edge: 'first', first: 0}},
	{scrolled: 99, waiting: 1_234_567, title: '非常に長い'.repeat(20)},
	{hasDemo: true, message: {kind: 'exported', paths: [`/${'x'.repeat(300)}/a.json`, '/b/\u001B[2Jb.csv']}},
];

/** The first and the last thread, and one that is not there. */
const openThreads = ({report}: Snapshot): readonly Partial<PageOptions>[] => {
	const firstOf = (name: string | undefined) => ({
		...unmoved,
		key: report.requests.find(({thread}) => thread === name)?.id,
	});
	return [report.threads[0]?.name, report.threads.at(-1)?.name, 'gone'].flatMap(name =>
		[true, false].flatMap(unicode => [
			{unicode, location: {...startLocation, thread: {name, cursor: unmoved}}},
			{unicode, cover: 'request' as const, location: {...startLocation, thread: {name, cursor: firstOf(name)}}},
		]),
	);
};

/** What is wrong with a line of a page, if anything. */
const faultOf = (line: Line, room: number, unicode: boolean): string | undefined => {
	const painted = paint(line, {theme: unicode ? colourTheme : monoTheme, unicode});
	const text = painted.replaceAll(/\u001B\[\d+m/g, '');
	const isFit = columnsOf(text) <= room;
	const isClean = !(unicode ? /\p{Cc}/u : /[^ -~]/).test(text) && !/NaN|undefined|Infinity|\[object/.test(text);
	return isFit && isClean ? undefined : text;
};

test.each(snapshots.map((named, turn) => [...named, turn] as const))(
	'%s stays within every size',
	(_, snapshot, turn) => {
		const pages = [...variations, ...openThreads(snapshot)];
		const cases = pages.flatMap(variation =>
			sizes.map(([columns, rows]) => ({...defaultOptions, ...variation, columns, rows})),
		);
		for (const options of tried(cases, turn)) {
			const {columns, rows, unicode} = options;
			const {parts} = pageOf(snapshot, options);
			const faults = parts.flatMap(({column, lines}) =>
				lines.flatMap(line => faultOf(line, columns - column, unicode) ?? []),
			);
			expect(faults).toEqual([]);
			expect(Math.max(...parts.map(({row, lines}) => row + lines.length))).toBeLessThanOrEqual(rows);
		}
	},
);

test.each(sizes.filter(([columns]) => columns >= 40))('header and footer are whole at %ix%i', (columns, rows) => {
	for (const [, snapshot] of snapshots) {
		const {rows: lines} = drawn(snapshot, {columns, rows});
		expect(stringWidth(lines[0] ?? '')).toBe(columns);
		expect(lines[0]).toMatch(/^ hitrate(?: ▸ Dashboard)? {2}.*[●○] (?:live|reading|waiting|missing)/);
		expect(lines[rows - 1]).toMatch(/^ q quit {2}\? help {2}/);
	}
});

/** What a page can show of the same requests, told apart by what it shows only. */
const pages: readonly Partial<PageOptions>[] = [
	...tabs.map(({id}) => ({location: {...startLocation, tab: id}})),
	{location: {...startLocation, thread: {name: 'thread-0', cursor: unmoved}}},
	{cover: 'help'},
	{cover: 'sources'},
	{waiting: 1_234_567},
	{message: {kind: 'exported', paths: ['/srv/app/exports/hitrate-20261122-091200.json']}},
];

test('no number is cut at any size', () => {
	// Without digits in names, which may be cut.
	const requests = busyRequests({models: ['deepseek-chat', 'codestral-latest'], threads: 40});
	const still = snapshotOf({requests, readings: [readingOf('worker.log')]});
	const progress = {done: 123_456_789, total: 987_654_321, rate: 12_345_678};
	const reading = {...still, state: 'reading', progress} as const;
	fc.assert(
		fc.property(
			fc.integer({min: 40, max: 200}),
			fc.integer({min: 10, max: 60}),
			fc.nat({max: pages.length - 1}),
			fc.boolean(),
			(columns, rows, page, isReading) => {
				const found = drawn(isReading ? reading : still, {...pages[page], columns, rows});
				expect(found.columns).toBeLessThanOrEqual(columns);
				expect(found.text).not.toMatch(/[\d$][.,]?…/);
			},
		),
		{numRuns: runs(150)},
	);
});

test('where nothing was found there are no zeros', () => {
	for (const name of ['nothing', 'no cache lines'] as const) {
		const snapshot = Object.fromEntries(snapshots)[name];
		expect(snapshot && drawn(snapshot).text).not.toMatch(/hit rate|0\.0 %|\$0/);
	}
});

test.each(tabs)('$title is named once: among the tabs, or in the header where rows are dear', ({id, title}) => {
	const snapshot = snapshots.find(([name]) => name === 'measured')?.[1];
	const location = {...startLocation, tab: id};
	const large = snapshot && drawn(snapshot, {location}).rows;
	expect(large?.[0]).not.toContain('▸');
	expect(large?.[1]).toContain(`━━ ${title} ━━`);
	expect(stringWidth(large?.[1] ?? '')).toBe(120);
	const small = snapshot && drawn(snapshot, {location, columns: 80, rows: 24}).rows;
	expect(small?.[0]).toContain(` hitrate ▸ ${tabTitle(id)}  `);
	expect(small?.[1]).not.toContain('━━');
	expect(small?.[1]).toMatch(id === 'dashboard' ? /% +hit rate/ : /^─ /);
});
