import {expect, test} from 'vitest';
import type {Snapshot} from '../../../source/monitor/snapshot.js';
import type {Request} from '../../../source/request.js';
import {unmoved} from '../../../source/screen/lists/list-cursor.js';
import type {PageOptions} from '../../../source/screen/page-options.js';
import {startLocation} from '../../../source/screen/state/location.js';
import {measured, planned, testNow} from '../../support/requests.js';
import {drawn} from '../../support/screens.js';
import {snapshotOf} from '../../support/snapshots.js';

const minute = 60_000;

/** One thread: a start, growth, an expiry, growth, another model. */
const story = (): readonly Request[] => {
	const at = (minutes: number, seconds = 0) => ({time: testNow - 60 * minute + minutes * minute + seconds * 1000});
	return [
		measured({cacheWrite5m: 40_000, uncached: 300}, {...at(0), id: 'a'}),
		measured({cacheRead: 40_000, cacheWrite5m: 4000, uncached: 300}, {...at(0, 12), id: 'b'}),
		measured({cacheWrite5m: 48_000, uncached: 300}, {...at(11, 12), id: 'c'}),
		measured({cacheRead: 48_000, uncached: 900}, {...at(11, 52), id: 'd'}),
		measured({cacheWrite5m: 49_000, uncached: 300}, {...at(12, 50), id: 'e', model: 'claude-opus-4-5-20251101'}),
		measured({cacheRead: 49_000, uncached: 300}, {...at(13), id: 'f', model: 'claude-opus-4-5-20251101'}),
	];
};

const snapshot = snapshotOf({requests: story()});

const threadText = (options: Partial<PageOptions> & {readonly at?: string} = {}, shown: Snapshot = snapshot) =>
	drawn(shown, {
		location: {
			...startLocation,
			tab: 'threads',
			thread: {name: 'thread-1', cursor: {...unmoved, key: options.at}},
		},
		...options,
	}).text;

test('the headline says what the thread is and comes to', () => {
	expect(threadText()).toMatch(
		/^ Threads ▸ thread-1 {2}2 models · 6 requests in 13 min · 5-minute cache +net [+-]\S+ · lost \$0\.\d\d $/m,
	);
	expect(threadText({columns: 40, rows: 20})).toMatch(/^ Threads ▸ thread-1 +lost \$0\.\d\d $/m);
});

test('below it are the project, the branch and the line of the selected request', () => {
	const told = story().map((request, index) => ({
		...request,
		project: '/srv/web',
		branch: 'fix\u001b[2J',
		source: 'a.jsonl',
		line: 7 + index,
	}));
	const page = (at: string) => threadText({columns: 120, at}, snapshotOf({requests: told}));
	expect(page('c')).toContain(' thread-1 · /srv/web · branch fix�[2J · a.jsonl:9 ');
	expect(page('d')).toContain(' a.jsonl:10 ');
	expect(threadText({columns: 120})).toMatch(/^ thread-1 · logs\/worker\.log +$/m);
});

test('one sentence says what was lost and why', () => {
	expect(threadText()).toMatch(
		/^ Lost \$0\.\d\d: 92,000 tokens were in the cache and had to be paid for again, in 2 requests: expired, model switched\. *$/m,
	);
	const unpriced = story().map(request => ({...request, model: 'kortix/power'}));
	expect(threadText({}, snapshotOf({requests: unpriced}))).toMatch(/^ Lost: [\d,]+ tokens were in the cache/m);
	const fine = snapshotOf({requests: story().slice(0, 2)});
	expect(threadText({}, fine)).toContain(
		'No breaks. Every request found in the cache all or nearly all that the one before it had left',
	);
});

test.each([
	[
		{columns: 80, rows: 24},
		/▸ model switched: .*\n → Keep one model per thread: each model has a cache of its own\. *$/m,
	],
	[
		{columns: 200, rows: 60},
		/▸ model switched: .*\n → Keep one model per thread: each model has a cache of its own\. *$/m,
	],
])('what to do about the selected break is said, at %o', (size, text) => {
	expect(threadText({...size, at: 'e'})).toMatch(text);
});

test('events before a break come first, and decide what to do', () => {
	const [first] = story();
	const events = [{kind: 'slash command', detail: '/mcp'}];
	const broken = measured(
		{cacheRead: 5000, cacheWrite5m: 39_000},
		{id: 'x', time: testNow - 60 * minute + 9000, events},
	);
	const shown = snapshotOf({requests: [first as Request, broken]});
	const text = threadText({columns: 80, rows: 24, at: 'x'}, shown);
	expect(text).toMatch(/^ ▸ prefix changed \(\w+\) · before it: slash command \/mcp · /m);
	expect(text).toContain('→ Connect MCP servers before the session begins');
});

test('policies are compared, the cheapest that can be chosen is marked', () => {
	expect(threadText()).toMatch(
		/^ Input cost {3}actual \$\S+ {3}5-minute cache \$\S+ ◂ cheapest {3}1-hour cache \$\S+ {3}no cache \$\S+ *$/m,
	);
	expect(threadText({columns: 80, rows: 24})).toMatch(/^ Input cost {3}actual \$\S+ {3}5 min .* none \$\S+ *$/m);
});

test('the idle time of a break is the same on its thread, in the list and in the reasons', () => {
	const at = (seconds: number) => testNow - 60 * minute + seconds * 1000;
	const broken = snapshotOf({
		requests: [
			measured({cacheWrite5m: 40_000}, {id: 'a', start: at(0), time: at(8)}),
			measured({cacheWrite5m: 42_000}, {id: 'b', start: at(48.7), time: at(60)}),
		],
	});
	expect(broken.report.breaks.all[0]?.gap).toBe(48_700);
	expect(threadText({}, broken)).toMatch(/ gap +(?:▸?start )? *▸?49 s /);
	expect(drawn(broken, {columns: 160, location: {...startLocation, tab: 'breaks'}}).text).toMatch(/ 49 s /);
});

test('the strip shows gaps, causes with their cost, and where the model changes', () => {
	const text = threadText();
	expect(text).toMatch(/█ read {2}▒ written {2}▓ lost {2}░ uncached ─╮/);
	expect(text).toMatch(/ gap +12 s +▸?11 m +40 s +▸?58 s +10 s /);
	expect(text).toMatch(/ lost +✕ expired +✕ model switched/);
	expect(text).toMatch(/ 44\.0 k, \$0\.15 +48\.0 k, \$0\.28 /);
	expect(text).toMatch(/ model +▸ claude-sonnet-4-5 +▸ claude-opus-4-5 /);
	const column =
		text
			.split('\n')
			.find(row => row.includes('✕ expired'))
			?.indexOf('✕') ?? -1;
	const bars = text.split('\n').filter(row => /[┤│] .*[█▒▓]/.test(row));
	expect(bars.length).toBeGreaterThan(3);
	expect(bars.slice(1).every(row => '▒▓'.includes(row[column] ?? ' '))).toBe(true);
});

test('the same in 7 bits', () => {
	const text = threadText({unicode: false});
	expect(text).toMatch(/# read {2}\+ written {2}x lost {2}\. uncached/);
	expect(text).toMatch(/^[^\n]*[┤+|│] [^\n]*#####[^\n]*xxxxx/m);
});

test('the page begins at the dearest break', () => {
	expect(threadText()).toMatch(/▸ 08:24:50 /);
	expect(threadText()).toMatch(/^ ▸ model switched: claude-sonnet-4-5 → claude-opus-4-5 \(inferred\) *$/m);
	const fine = snapshotOf({requests: story().slice(0, 2)});
	expect(threadText({}, fine)).toMatch(/▸ 08:12:12 /);
});

test('the table names the cause of each request', () => {
	const text = threadText({columns: 200, rows: 60});
	expect(text).toContain('first request');
	expect(text).toMatch(/44,000 .*expired: idle for 11 min; the cache expires after 5 min \(inferred\)/);
	expect(text).toMatch(/model switched: claude-sonnet-4-5 → claude-opus-4-5 \(inferred\)/);
	// Cut at the end, it still says that it is concluded.
	expect(threadText({columns: 80, rows: 24})).toMatch(/ model switched \(infer/);
	expect(threadText({at: 'c', columns: 80, rows: 24})).toMatch(
		/^ ▸ expired: idle for 11 min; .* after 5 min \(inferred\) *$/m,
	);
});

test('the selected request is always in the strip', () => {
	const long = snapshotOf({
		requests: Array.from({length: 200}, (_, index) =>
			measured({cacheRead: 9000 + index}, {id: `r${index}`, time: testNow - (200 - index) * 20_000}),
		),
	});
	for (const [columns, rows] of [
		[200, 60],
		[120, 40],
		[80, 24],
	] as const) {
		for (const at of ['r0', 'r7', 'r100', 'r199']) {
			const text = threadText({at, columns, rows}, long);
			expect(text).toMatch(at === 'r0' ? /gap +▸start/ : /gap .*▸20 s/);
			expect(text).toMatch(new RegExp(`▸ \\d\\d:.* ${(9000 + Number(at.slice(1))).toLocaleString('en-US')} `));
		}
	}
});

test('rows that are dear go to the table first, then to the sentence and the strip', () => {
	expect(threadText({columns: 40, rows: 10})).toMatch(/Requests ─[\s\S]*▸ 08:24:50/);
	expect(threadText({columns: 40, rows: 10})).not.toContain('Prompt tokens');
	expect(threadText({columns: 60, rows: 20})).toContain('Prompt tokens');
	expect(threadText({columns: 80, rows: 24})).toMatch(/Input cost[\s\S]*Prompt tokens[\s\S]*Requests ─/);
});

test('of plans nothing is concluded', () => {
	const plans = snapshotOf({requests: [planned([{number: 1, tokens: 5000, reused: false}])]});
	const text = threadText({}, plans);
	expect(text).toContain('The log tells what was marked for caching, not what became of it.');
	expect(text).not.toContain('Prompt tokens');
	expect(text).toMatch(/5,000 +planned/);
});

test('requests without a thread have no causes', () => {
	const nameless = snapshotOf({requests: [measured({cacheRead: 9}, {thread: undefined})]});
	const {text} = drawn(nameless, {
		location: {...startLocation, thread: {name: undefined, cursor: unmoved}},
	});
	expect(text).toContain('Dashboard ▸ no thread');
	expect(text).toContain('nothing is known of what they lost');
});

test('what was guessed says so', () => {
	const guessed = snapshotOf({
		requests: [...story().slice(0, 2), measured({uncached: 9000, accuracy: 'estimated'}, {time: testNow - minute})],
	});
	expect(threadText({}, guessed)).toContain('usage guessed by the application');
});
