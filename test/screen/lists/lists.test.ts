import {expect, test} from 'vitest';
import type {Snapshot} from '../../../source/monitor/snapshot.js';
import {lists} from '../../../source/screen/lists/lists.js';
import {nextOrder} from '../../../source/screen/lists/sort-order.js';
import {threadsIn} from '../../../source/screen/lists/threads.js';
import type {PageOptions} from '../../../source/screen/page-options.js';
import {startLocation} from '../../../source/screen/state/location.js';
import {type ListName, tabs} from '../../../source/screen/tabs.js';
import {textOf} from '../../../source/screen/text/line.js';
import {hour, measured, measuredDay, testNow, workedExample} from '../../support/requests.js';
import {defaultOptions, drawn} from '../../support/screens.js';
import {busyRequests, snapshotOf, variedSnapshots} from '../../support/snapshots.js';

const day = snapshotOf({requests: measuredDay()});
const busy = snapshotOf({requests: busyRequests()});

/** The rows of a page, without frames. */
const listRows = (snapshot: Snapshot, tab: ListName, options: Partial<PageOptions> = {}): readonly string[] =>
	listPart(drawn(snapshot, {columns: 200, ...options, location: {...startLocation, tab, ...options.location}}).rows)
		.map(row => row.replace(/^│ | │$/g, '').trimEnd())
		.filter(row => row !== '' && !/^[╭╰─]/.test(row));

/** What stands between the tabs and the end of the list, below which the selected row is told in full. */
const listPart = (rows: readonly string[]): readonly string[] => {
	const [top = 0, next = rows.length - 1] = rows.flatMap((row, index) =>
		/^(?:╭)?─ /.test(row) && index > 0 ? [index] : [],
	);
	return rows.slice(top, next);
};

const cells = (row: string | undefined) => (row ?? '').trim().split(/ {2,}/);

test('threads: the most expensive loss first, with what is not known as n/a', () => {
	const [heading, ...rows] = listRows(day, 'threads');
	expect(cells(heading)).toEqual([
		'thread',
		'project',
		'models',
		'requests',
		'hit rate',
		'token hits',
		'net saved',
		'lost tokens',
		'lost ↓',
		'last seen',
	]);
	expect(cells(rows[0])).toEqual([
		'▸ thread-1',
		'research',
		'claude-sonnet-4-5',
		'5',
		'40.0 %',
		expect.stringMatching(/ %$/),
		expect.stringMatching(/^-?\$/),
		'50,000',
		expect.stringMatching(/^\$0\.\d\d$/),
		'2 h ago',
	]);
	expect(rows.map(row => cells(row)[0])).toEqual(['▸ thread-1', 'thread-3', 'thread-2', 'no thread']);
	expect(rows[1]).toMatch(/ n\/a +n\/a +n\/a +– +– /);
});

test.each([
	[120, /project.*models.*requests.*last seen/],
	[80, /requests {2}hit rate {2}net saved {2}.*lost ↓/],
	[40, /^ *thread {2,}hit rate {2}lost ↓$/],
])('at %i columns the least important are left out, numbers never', (columns, heading) => {
	const [first, ...rows] = listRows(day, 'threads', {columns, rows: 29});
	expect(first).toMatch(heading);
	expect(rows[0]).toMatch(/thread-1 .*\$0\.\d\d/);
	expect(rows.join('\n')).not.toMatch(/\d…/);
});

const listingIn = (tab: ListName, column?: string, reversed = false) =>
	lists[tab](busy, {
		timeZone: 'UTC',
		prices: defaultOptions.prices,
		columns: 120,
		order: column === undefined ? undefined : {column, reversed},
	});

const everyColumn = tabs.flatMap(({id}) =>
	id === 'dashboard' ? [] : listingIn(id).sortable.map(column => [id, column] as const),
);

test.each(everyColumn)('%s sorted by %s either way: its column stays at any width', (tab, column) => {
	for (const reversed of [false, true]) {
		const location = {...startLocation, tab, orders: {[tab]: {column, reversed}}};
		for (const columns of [120, 60, 40]) {
			expect(listRows(busy, tab, {columns, rows: 29, location})[0]).toMatch(/ [↓↑](?: |$)/);
		}
	}
	const [down, up] = [listingIn(tab, column), listingIn(tab, column, true)];
	expect(up.count).toBe(down.count);
	const keys = (listing: typeof down) => Array.from({length: listing.count}, (_, index) => listing.keyAt(index)).sort();
	expect(keys(up)).toEqual(keys(down));
});

test('no column comes or goes while a list is scrolled', () => {
	const requests = Array.from({length: 40}, (_, index) =>
		measured(
			{cacheWrite5m: 5000},
			{thread: `t${index}`, ...(index === 0 && {project: '/srv/shop'}), time: testNow - (index + 1) * 60_000},
		),
	);
	const listing = lists.threads(snapshotOf({requests}), {
		...defaultOptions,
		columns: 160,
		order: undefined,
		prices: undefined,
	});
	const headings = [0, 20, 39].map(first =>
		textOf(listing.draw(first, 1, 150).heading)
			.trim()
			.split(/ {2,}/),
	);
	expect(headings[0]).toContain('project');
	expect(headings[1]).toEqual(headings[0]);
	expect(headings[2]).toEqual(headings[0]);
});

test('a column of money keeps its decimals while a list is scrolled', () => {
	const requests = Array.from({length: 40}, (_, index) =>
		measured({cacheRead: index === 0 ? 1_000_000 : 1000}, {time: testNow - (index + 1) * 60_000}),
	);
	const listing = lists.requests(snapshotOf({requests}), {
		timeZone: 'UTC',
		prices: defaultOptions.prices,
		columns: 120,
		order: undefined,
	});
	const costs = [0, 39].map(first => /<?\$[\d.]+/.exec(textOf(listing.draw(first, 1, 118).rows[0] ?? []))?.[0]);
	expect(costs.toSorted()).toEqual(['$0.60', '<$0.01']);
});

test('s goes through every column of a list and comes back', () => {
	const {sortable, order} = listingIn('breaks');
	expect(order).toEqual({column: 'cost', reversed: false});
	let at = order ?? {column: '', reversed: false};
	const seen = sortable.map(() => {
		at = nextOrder(sortable, {...at, reversed: true});
		return at.column;
	});
	expect(seen.toSorted()).toEqual(sortable.toSorted());
	expect(at).toEqual(order);
});

test('orders begin with what to look at first, and turn round', () => {
	const by = (column: string, reversed = false) => threadsIn(busy.report, {column, reversed});
	const descends = (values: readonly number[]) =>
		values.every((value, index) => index === 0 || value <= (values[index - 1] ?? 0));
	expect(descends(by('lost').map(({lostCost}) => lostCost ?? 0))).toBe(true);
	expect(descends(by('lost tokens').map(({lostTokens}) => lostTokens))).toBe(true);
	expect(descends(by('hit rate').map(({summary}) => -(summary.hitRate ?? 9)))).toBe(true);
	expect(descends(by('last seen').map(({lastTime}) => lastTime))).toBe(true);
	expect(descends(by('last seen', true).map(({lastTime}) => -lastTime))).toBe(true);
	expect(by('thread')[0]?.name).toBe('thread-0');
	expect(threadsIn(busy.report, undefined)).toBe(by('lost'));
});

test('unknown values are last in both directions', () => {
	for (const reversed of [false, true]) {
		const last = threadsIn(day.report, {column: 'hit rate', reversed}).at(-1);
		expect(last?.summary.hitRate).toBeUndefined();
	}
});

test('projects: one row each, distinguished, with the numbers of its requests', () => {
	const requests = busyRequests().map((found, index) => ({
		...found,
		project: index % 3 === 0 ? '/srv/suna/cli' : '/srv/web/cli',
	}));
	const rows = listRows(snapshotOf({requests}), 'projects');
	expect(rows[0]).toMatch(/project +requests +hit rate .* lost ↓/);
	expect(rows.slice(1).map(row => cells(row)[0]?.replace('▸ ', ''))).toEqual(
		expect.arrayContaining(['suna/cli', 'web/cli']),
	);
});

test.each(['threads', 'projects', 'models', 'breaks', 'requests'] as const)(
	'%s: the selected row is told in full below the list, where there is room',
	tab => {
		const at = (rows: number) =>
			drawn(busy, {columns: 120, rows, location: {...startLocation, tab}}).rows.filter(row => row.startsWith('╭─'));
		expect(at(40)).toHaveLength(2);
		expect(at(18)).toHaveLength(0);
	},
);

test.each(['projects', 'threads', 'models', 'breaks', 'requests'] as const)(
	'%s: a column of money has the same number of decimals in each row',
	tab => {
		for (const snapshot of [day, busy]) {
			const [, ...rows] = listRows(snapshot, tab);
			const decimals = new Map<number, Set<number>>();
			for (const row of rows) {
				for (const {0: amount, index} of row.matchAll(/\$[\d,]+\.\d+/g)) {
					// Points stand in one column.
					const point = index + amount.indexOf('.');
					decimals.set(point, (decimals.get(point) ?? new Set()).add(amount.length - amount.indexOf('.')));
				}
			}
			expect([...decimals.values()].filter(found => found.size > 1)).toEqual([]);
		}
	},
);

test('models: money, the cheapest policy, and where the price is from', () => {
	const [heading, ...rows] = listRows(day, 'models');
	expect(cells(heading).slice(-3)).toEqual(['lost', 'cheapest', 'priced as']);
	expect(rows[0]).toMatch(/^▸ claude-sonnet-4-5 .*\$.* (?:5 min|1 h|none) +anthropic claude-sonnet-4-5$/);
	expect(rows[2]).toMatch(/^ {2}house-model .* n\/a +n\/a +n\/a +– +n\/a$/);
});

test('breaks: most expensive first, each with its certainty', () => {
	const [heading, ...rows] = listRows(day, 'breaks');
	expect(cells(heading)).toEqual(['cost ↓', 'lost', 'cause', 'when', 'thread', 'model', 'gap', 'evidence']);
	const costs = rows.map(row => Number(/\$([\d.]+)/.exec(row)?.[1]));
	expect(costs).toEqual(costs.toSorted((one, other) => other - one));
	expect(rows.join('\n')).toMatch(/ 26,000 +tools changed +reported +2 h ago +thread-1 /);
	expect(rows.join('\n')).toMatch(/ 24,000 +expired +inferred .* 19 m +/);
	for (const columns of [80, 40]) {
		expect(listRows(day, 'breaks', {columns, rows: 24}).join('\n')).toMatch(/\$0\.\d+ .*expired +inferred/);
	}
});

test('requests: the live tail says hit, miss or unmeasured, and why', () => {
	const rows = listRows(day, 'requests').slice(1);
	expect(rows.map(row => / (hit|miss|unmeasured)(?: |$)/.exec(row)?.[1])).toEqual([
		'unmeasured',
		'miss',
		'hit',
		'miss',
		'hit',
		'miss',
		'hit',
		'miss',
	]);
	expect(rows[3]).toMatch(/25,000 +1,000 +120 +\$0\.15 +miss +tools changed \(reported\)$/);
	expect(rows[2]).toMatch(/ no thread .* house-model .* n\/a +hit/);
	expect(listRows(day, 'requests', {prices: undefined})[0]).not.toContain('cost');
});

test('a log of plans has no numbers that nobody knows', () => {
	const plans = snapshotOf({requests: workedExample()});
	const [heading, row] = listRows(plans, 'requests');
	expect(cells(heading)).toEqual(['time ↓', 'thread', 'model', 'marked']);
	expect(row).toMatch(/ (?:planned|miss)$/);
	expect(cells(listRows(plans, 'threads')[0])).not.toContain('lost tokens');
	expect(listRows(plans, 'breaks').join()).toContain('Not known: the log has no usage.');
});

test('without breaks that is said', () => {
	const fine = snapshotOf({requests: [measured({cacheRead: 9})]});
	expect(listRows(fine, 'breaks').join()).toContain('No breaks: nothing that was in the cache was lost.');
});

test('beyond a day times have their date', () => {
	const all = variedSnapshots()['all time'];
	expect(all && listRows(all, 'requests')[1]).toMatch(/▸ +\d+ Nov \d\d:\d\d /);
});

test('what comes from a log is sanitized', () => {
	const hostile = snapshotOf({
		requests: [
			measured(
				{cacheRead: 9000, cacheWrite5m: 30_000},
				{time: testNow - hour, thread: '\u001B[2Jevil\u202E', project: '/a/\u001B]0;x\u0007b', model: 'm\u0007\n1'},
			),
			measured(
				{uncached: 39_000},
				{time: testNow - hour + 1, thread: '\u001B[2Jevil\u202E', missReason: 'a\u001B[31m_b\r\n'},
			),
		],
	});
	for (const tab of ['threads', 'models', 'breaks', 'requests'] as const) {
		const text = listRows(hostile, tab).join('\n');
		expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
		expect(text).toContain('\uFFFD');
	}
});

test('a break that may still turn out to be none says so', () => {
	const requests = [
		measured({cacheWrite5m: 50_000}, {time: testNow - 120_000}),
		measured({cacheWrite5m: 50_500}, {time: testNow - 60_000}),
	];
	const text = listRows(snapshotOf({requests}), 'breaks').join('\n');
	expect(text).toMatch(/prefix changed .*provisional/);
	const later = requests.map(request => ({...request, time: request.time - 10 * 60_000}));
	expect(listRows(snapshotOf({requests: later}), 'breaks').join('\n')).toMatch(/prefix changed .*inferred/);
});

test('at 80x24 the details of a short list take the rows that it leaves empty, and its names come last', () => {
	const models = Array.from({length: 5}, (_, index) => `bedrock/anthropic.claude-sonnet-4-20250514-v1:${index}`);
	const calls = (project: string) =>
		models.map(model => measured({cacheRead: 9000, uncached: 100}, {model, project, thread: `${project} ${model}`}));
	const at = (count: number) =>
		drawn(snapshotOf({requests: Array.from({length: count}, (_, index) => calls(`project ${index}`)).flat()}), {
			columns: 80,
			rows: 24,
			location: {...startLocation, tab: 'projects'},
		}).text;
	for (const model of models) {
		expect(at(1)).toContain(model);
	}
	// Nothing but names is cut where the list needs its rows.
	expect(at(40)).not.toMatch(/no breaks models/);
	expect(at(40)).toMatch(/net saved \$[\d.]+ · no breaks\s+models [\s\S]*…/);
});

test('what is appended to the last row of the details is set apart from it', () => {
	const project = '/home/dev/a-project-with-a-long-name';
	const calls = Array.from({length: 40}, (_, index) =>
		measured({cacheRead: 9000, uncached: 100}, {thread: `t${index}`, project}),
	);
	const {rows} = drawn(snapshotOf({requests: calls}), {
		columns: 60,
		rows: 20,
		location: {...startLocation, tab: 'threads'},
	});
	expect(rows.at(-2)).toMatch(/^ project \/home\/dev\/a-project-with-a-long-name · models .*… $/);
});

test('of requests without a thread it is not known what broke', () => {
	const unnamed = snapshotOf({requests: [measured({cacheRead: 9000}, {thread: undefined, project: 'web'})]});
	const named = snapshotOf({requests: [measured({cacheRead: 9000}, {thread: 'one', project: 'web'})]});
	for (const tab of ['threads', 'projects', 'models'] as const) {
		const at = (snapshot: Snapshot) => drawn(snapshot, {location: {...startLocation, tab}}).text;
		expect(at(unnamed)).toMatch(/ · breaks not known/);
		expect(at(named)).toMatch(/ · no breaks/);
	}
});
