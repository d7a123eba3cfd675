import {EventEmitter} from 'node:events';
import {stripVTControlCharacters} from 'node:util';
import {cleanup, render} from 'ink-testing-library';
import stringWidth from 'string-width';
import {afterEach, expect, test, vi} from 'vitest';
import type {Filter} from '../../source/metrics/filter.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {presetChoice, presets} from '../../source/metrics/windows/window.js';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import {App, type AppProps} from '../../source/screen/app.js';
import {SizeContext} from '../../source/screen/view/use-size.js';
import {fakeMonitor} from '../support/fake-monitor.js';
import {reportOf} from '../support/recount.js';
import {hour, measured, testNow, workedExample} from '../support/requests.js';
import {tried} from '../support/runs.js';
import {drawn} from '../support/screens.js';
import {busyRequests, snapshotOf, variedSnapshots} from '../support/snapshots.js';
import {until} from '../support/until.js';

const requests = busyRequests();
const busy = snapshotOf({requests});

type Options = Partial<AppProps> & {
	readonly columns?: number;
	readonly rows?: number;
	readonly snapshot?: Snapshot;
	readonly onNarrow?: (filter: Filter) => Snapshot;
};

const open = ({columns = 120, rows = 40, snapshot = busy, onNarrow, ...props}: Options = {}) => {
	const monitor = fakeMonitor(snapshot, undefined, onNarrow);
	const called = {
		onExport: vi.fn<AppProps['onExport']>(async () => ['/srv/out/hitrate.json', '/srv/out/hitrate.csv']),
		onSuspend: vi.fn(),
		onRepaint: vi.fn(),
		onQuit: vi.fn(),
		onMark: vi.fn((name: string) => {
			if (name === 'full disk') {
				throw new Error('ENOSPC: no space left');
			}
			return name;
		}),
	};
	const element = (size: {columns: number; rows: number}) => (
		<SizeContext value={size}>
			<App monitor={monitor} title="worker.log" unicode={true} theme="mono" timeZone="UTC" {...called} {...props} />
		</SizeContext>
	);
	const {stdin, lastFrame, rerender, frames, unmount} = render(element({columns, rows}));
	const styledFrame = () => lastFrame() ?? '';
	const frame = () => stripVTControlCharacters(styledFrame());
	return {
		...called,
		monitor,
		frame,
		styledFrame,
		frames,
		unmount,
		resize: (width: number, height: number) => rerender(element({columns: width, rows: height})),
		/** Presses a key and waits until the screen shows what it should. */
		press: async (key: string, expected?: string | RegExp) => {
			stdin.write(key);
			await until(() => (expected === undefined ? undefined : expect(frame()).toMatch(expected)));
		},
	};
};

/** Effects have run, so that keys arrive. */
const opened = async (options: Options = {}) => {
	const app = open(options);
	await until(() => expect(app.frame()).not.toBe(''));
	await new Promise(resolve => setImmediate(resolve));
	return app;
};

afterEach(cleanup);

test('shows what there is, and what comes', async () => {
	const app = await opened();
	expect(app.frame()).toContain('hit rate');
	expect(app.frame()).toContain('● live  0.4 req/s');
	app.monitor.publish({...busy, requestRate: 7.3});
	await until(() => expect(app.frame()).toContain('7.3 req/s'));
});

test('draws nothing new where nothing has changed', async () => {
	const app = await opened();
	const before = new Set(app.frames).size;
	app.monitor.publish({...busy});
	app.monitor.publish({...busy, now: busy.now + 4000});
	await new Promise(resolve => setImmediate(resolve));
	expect(new Set(app.frames).size).toBe(before);
});

test.each(presets.map((preset, index) => [`${index + 1}`, preset] as const))(
	'%s shows the window %s',
	async (key, preset) => {
		const app = await opened();
		await app.press(key);
		expect(app.monitor.shown).toEqual([{choice: presetChoice(preset), end: undefined}]);
	},
);

test('[ and ] step through time, and 0 comes back', async () => {
	const app = await opened();
	await app.press('[', /0 now/);
	expect(app.monitor.shown.at(-1)?.end).toBe(testNow - 24 * hour);
	expect(app.frame()).not.toContain('→ now');
	await app.press(']', /→ now/);
	expect(app.monitor.shown.at(-1)).toEqual(busy.view);
	await app.press('[', /0 now/);
	await app.press('0', /→ now/);
	expect(app.monitor.shown.at(-1)).toEqual(busy.view);
	expect(app.frame()).not.toContain('0 now');
});

test('keys that come faster than frames add up', async () => {
	const app = await opened();
	await app.press('3');
	for (const key of ['[', '[', '[', ']', 't', 't', 't', 't']) {
		void app.press(key);
	}
	await until(() => expect(app.monitor.shown.at(-1)?.end).toBe(testNow - 12 * hour));
	expect(app.monitor.shown).toHaveLength(5);
	await until(() => expect(app.styledFrame()).toContain('\u001B[32m'));
});

test('0 turns a fixed window into one of the same length that ends now', async () => {
	const snapshot = snapshotOf({
		requests,
		view: {choice: {kind: 'between', from: testNow - 9 * hour, to: testNow - 3 * hour}, end: undefined},
	});
	const app = await opened({snapshot});
	await app.press('0');
	expect(app.monitor.shown.at(-1)).toEqual({choice: {kind: 'last', length: 6 * hour, name: 'custom'}, end: undefined});
});

test('+ widens and - narrows', async () => {
	const app = await opened();
	await app.press('+');
	expect(app.monitor.shown.at(-1)?.choice).toEqual(presetChoice('7d'));
	await app.press('-');
	expect(app.monitor.shown.at(-1)?.choice).toEqual(presetChoice('24h'));
});

test('a step that leads nowhere asks for nothing, and says why', async () => {
	const all = await opened({snapshot: snapshotOf({requests, view: {choice: presetChoice('all'), end: undefined}})});
	await all.press('+', /no window is wider/);
	await all.press('[', /This is all there is: 1-6 choose a window to step by/);
	const app = await opened();
	await app.press(']', /This window ends now/);
	expect([...all.monitor.shown, ...app.monitor.shown]).toEqual([]);
	await app.press('[', /0 now/);
	await app.press('[');
	await app.press('[', /Nothing before this window: the first request came on 20 Nov 2026/);
	await app.press('x', /q quit/);
	await app.press('1');
	await app.press('-', /No window is narrower/);
});

test('w looks at a range that is typed, and proposes it the next time', async () => {
	const app = await opened();
	await app.press('w', /^ window .*90m .*Enter apply/m);
	await app.press('yesterday 14:00 .. now', /^ window yesterday 14:00 \.\. now .*21 Nov 14:00 → now/m);
	expect(app.monitor.shown).toEqual([]);
	await app.press('\r', /q quit/);
	expect(app.monitor.shown).toEqual([
		{choice: {kind: 'between', from: Date.UTC(2026, 10, 21, 14), to: undefined}, end: undefined},
	]);
	await app.press('w', /^ window yesterday 14:00 \.\. now /m);
	await app.press('\u0015', /^ window .*90m /m);
	await app.press('\u001B', /q quit/);
	expect(app.monitor.shown).toHaveLength(1);
});

test('the first character replaces a proposal, Backspace changes it', async () => {
	const app = await opened();
	await app.press('c', /^ compare with previous /m);
	await app.press('7', /^ compare with 7 /m);
	await app.press('d', /^ compare with 7d /m);
	await app.press('\r', /Comparison/);
	await app.press('q', /q quit/);
	await app.press('c', /^ compare with 7d /m);
	await app.press('\u007F', /^ compare with 7 /m);
	await app.press('h', /^ compare with 7h /m);
	await app.press('\u001B', /q quit/);
});

test('m marks this moment under a name that is typed, and says what failed', async () => {
	const app = await opened();
	await app.press('m', /^ mark .*Enter mark/m);
	await app.press('deploy 1.4', /^ mark deploy 1\.4/m);
	await app.press('\r', /Marked deploy 1\.4/);
	await app.press('m');
	await app.press('x');
	await app.press('\u001B', /q quit/);
	await app.press('m', /^ mark /m);
	await app.press('\r', /q quit/);
	await app.press('m');
	await app.press('full disk');
	await app.press('\r', /Mark failed: ENOSPC/);
	expect(app.onMark.mock.calls).toEqual([['deploy 1.4'], ['full disk']]);
});

test('c compares with another window until the comparison is closed', async () => {
	const app = await opened();
	await app.press('c', /^ compare with previous .*Enter compare/m);
	await app.press('\r', /╭─ Comparison ─[\s\S]* Hit rate /);
	await app.press('\u001B', /^ q quit .*Tab page/m);
	await app.press('c', /^ compare with previous/m);
	await app.press('\u0015', /^ compare with +previous +· /m);
	await app.press('colour=red');
	await app.press('\r', /^ compare with colour=red .*! nothing to compare with/m);
	await app.press('\u0015');
	await app.press('model=opus');
	await app.press('\r', /Comparison/);
	await app.press('q', /^ q quit .*Tab page/m);
	expect(app.onQuit).not.toHaveBeenCalled();
	expect(app.monitor.compared).toEqual([
		{kind: 'previous'},
		undefined,
		{kind: 'filter', filter: {model: 'opus'}},
		undefined,
	]);
	await app.press('c');
	await app.press('\u001B', /q quit/);
	expect(app.monitor.compared).toHaveLength(4);
});

test('a range that is none says why, and what was typed stays', async () => {
	const app = await opened();
	await app.press('w');
	await app.press('2h agoo');
	await app.press('\r', /^ window 2h agoo .*! "2h agoo" is not a valid time .*try /m);
	await app.press('\u007F', /^ window 2h ago .*22 Nov 07:12 → now/m);
	await app.press('\r', /q quit/);
	expect(app.monitor.shown).toHaveLength(1);
	await app.press('w');
	await app.press('\u0015');
	await app.press('now .. 2h ago');
	await app.press('\r', /! begins after its end/);
	await app.press('\u0003', /q quit/);
	expect(app.onQuit).not.toHaveBeenCalled();
});

test('! shows what is read and what is in the way; ? and Esc lead on', async () => {
	const problem = {kind: 'missing', name: 'x', message: 'x.log: does not exist', count: 1} as const;
	const app = await opened({snapshot: {...busy, problems: [problem]}});
	expect(app.frame()).toContain('! problems');
	await app.press('!', /─ Sources ─/);
	expect(app.frame()).toMatch(/In the way/);
	expect(app.frame()).toMatch(/! x\.log: does not exist/);
	expect(app.frame()).toMatch(/logs\/worker\.log {2}agentpress {2}41\.0 MB .*[\d,]+ requests/);
	await app.press('?', /─ Help ─/);
	await app.press('!', /─ Sources ─/);
	await app.press('!', /─ Input tokens /);
});

test('Tab goes through the sections of the help', async () => {
	const app = await opened({columns: 80, rows: 24});
	await app.press('?', /│ Pages /);
	for (const title of ['Window', 'Screen']) {
		await app.press('\t', new RegExp(`─ Help .*\n.*│ ${title} `));
	}
	// The last sections end with the page.
	await app.press('\t', /hitrate help numbers/);
	await app.press('\t', /│ Pages /);
	await app.press('\t');
	await app.press('\u001B[Z', /─ Help .*\n.*│ Pages /);
});

test.each(['p', ' '])('%j holds the picture still and counts what waits', async key => {
	const app = await opened();
	await app.press(key, /‖ paused/);
	const before = app.frame();
	app.monitor.publish(
		snapshotOf({requests: [...requests, measured({cacheRead: 9}, {time: testNow - 1})], requestRate: 9}),
	);
	await until(() => expect(app.frame()).toContain('‖ paused · 1 waiting'));
	expect(app.frame().split('\n').slice(1)).toEqual(before.split('\n').slice(1));
	await app.press(key, /● live {2}9.0 req\/s/);
});

test('another window can be looked at while paused', async () => {
	const app = await opened();
	await app.press('p', /paused/);
	await app.press('[', /0 now/);
	expect(app.frame()).toContain('‖ paused');
});

test('e exports what is shown and says where to, until the next key', async () => {
	const app = await opened();
	await app.press('e', /Exported hitrate\.json \.csv in \/srv\/out/);
	expect(app.onExport).toHaveBeenCalledWith(busy);
	await app.press('x', /q quit/);
});

test('a message goes away after a while', async () => {
	const app = await opened();
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
	try {
		app.onExport.mockResolvedValue(['/a/b.json']);
		await app.press('e');
		await until(() => expect(app.frame()).toContain('b.json in /a'));
		vi.advanceTimersByTime(8000);
		await until(() => expect(app.frame()).toContain('q quit'));
	} finally {
		vi.useRealTimers();
	}
});

test('one export at a time, and its failure is reported in one clean line', async () => {
	const app = await opened();
	let fail = (_: Error) => {};
	app.onExport.mockImplementation(
		() =>
			new Promise((_, reject) => {
				fail = reject;
			}),
	);
	await app.press('e', /Exporting…/);
	await app.press('e');
	await app.press('x', /Exporting…/);
	fail(new Error('EACCES: \u001B[2J/srv/out cannot be written: permission denied\nat somewhere'));
	await until(() =>
		expect(app.frame()).toContain('Export failed: EACCES: \uFFFD[2J/srv/out cannot be written: permission denied'),
	);
	expect(app.frame()).not.toContain('at somewhere');
	expect(app.onExport).toHaveBeenCalledTimes(1);
	await app.press('e', /Exporting…/);
	expect(app.onExport).toHaveBeenCalledTimes(2);
});

test.each(['q', '?', '\u001B', '\u0003'])('%j closes the help', async key => {
	const app = await opened();
	await app.press('?', /─ Help ─/);
	await app.press(key, /─ Input tokens /);
	expect(app.onQuit).not.toHaveBeenCalled();
});

test.each(['q', '\u0003'])('%j quits', async key => {
	const app = await opened();
	await app.press(key);
	expect(app.onQuit).toHaveBeenCalledTimes(1);
});

test('Ctrl-L paints again, Ctrl-Z suspends', async () => {
	const app = await opened();
	await app.press('\u000C');
	expect(app.onRepaint).toHaveBeenCalledTimes(1);
	await app.press('\u001A');
	expect(app.onSuspend).toHaveBeenCalledTimes(1);
});

test('d switches to the demo where there is one, and says the way back only there', async () => {
	const onDemo = vi.fn();
	const without = await opened();
	await without.press('?', /─ Help ─/);
	expect(without.frame()).not.toContain('simulated');
	const app = await opened({onDemo});
	expect(app.frame()).not.toMatch(/ d (?:demo|back)/);
	await app.press('d');
	expect(onDemo).toHaveBeenCalledTimes(1);
	const demo = await opened({onDemo, inDemo: true});
	expect(demo.frame()).toContain('d back to the logs');
});

test('t cycles from dark to light to mono, and says which', async () => {
	const onTheme = vi.fn();
	const app = await opened({theme: 'dark', onTheme});
	expect(app.styledFrame()).toContain('\u001B[32m');
	await app.press('t', /Theme light/);
	expect(app.styledFrame()).toContain('\u001B[38;5;22m');
	await app.press('t', /Theme mono/);
	expect(app.styledFrame()).not.toMatch(/\u001B\[3\d/);
	await app.press('t', /Theme dark/);
	expect(app.styledFrame()).toContain('\u001B[32m');
	expect(onTheme.mock.calls).toEqual([['light'], ['mono'], ['dark']]);
});

test('where L makes no difference, it says why, and nothing is hidden', async () => {
	const low = await opened({columns: 80, rows: 24});
	await low.press('L', /No room for the line of the hit rate/);
	low.resize(120, 40);
	await until(() => expect(low.frame()).toMatch(/[\u2801-\u28FF]/));
	const few = await opened({snapshot: snapshotOf({requests: [measured({cacheRead: 9})]})});
	await few.press('L', /Too few points for a line of the hit rate/);
	const plans = await opened({snapshot: snapshotOf({requests: workedExample()})});
	await plans.press('L', /The log has no tokens/);
});

test('the help scrolls and begins at its top again', async () => {
	const app = await opened({columns: 80, rows: 24});
	await app.press('?', /1–20 of/);
	await app.press('j', /2–21 of/);
	await app.press('\u001B[B', /3–22 of/);
	await app.press('k', /2–21 of/);
	await app.press('G', /hitrate help numbers/);
	const bottom = app.frame();
	await app.press('j');
	await app.press('\u001B[6~');
	expect(app.frame()).toBe(bottom);
	await app.press('g', /1–20 of/);
	await app.press('\u001B[6~');
	await until(() => expect(app.frame()).not.toContain('1–20 of'));
	await app.press('?', /hit rate/);
	await app.press('?', /1–20 of/);
});

const short = (app: {readonly frame: () => string}) => /^│? ?▸ (?:\S+ +)??([0-9a-z-]+) /m.exec(app.frame())?.[1];

test('Tab and Shift-Tab go around the pages', async () => {
	const app = await opened();
	for (const title of ['Projects', 'Threads', 'Models', 'Breaks', 'Requests', 'Dashboard']) {
		await app.press('\t', `━━ ${title} ━━`);
	}
	await app.press('\u001B[Z', '━━ Requests ━━');
	await app.press('\u001B[Z', '━━ Breaks ━━');
});

test('Tab works where there is no row for the tabs', async () => {
	const app = await opened({columns: 40, rows: 10});
	await app.press('\t', /^ hitrate ▸ Projects/);
	await app.press('\t', /^ hitrate ▸ Threads/);
});

test('Enter on the dashboard opens the worst thread, Esc comes back', async () => {
	const app = await opened();
	const worst = Math.max(...busy.report.threads.map(({lostCost}) => lostCost ?? 0));
	const name = busy.report.threads.find(({lostCost}) => lostCost === worst)?.name;
	await app.press('\r', `Dashboard ▸ ${name}`);
	expect(app.frame()).toContain('Prompt tokens');
	await app.press('\u001B', /─ Input tokens /);
});

test('a list is moved in, sorted, and opened; its place is kept', async () => {
	const app = await opened();
	await app.press('\t', '━━ Projects ━━');
	await app.press('\t', /▸ thread-\d+/);
	const first = short(app);
	await app.press('j');
	await until(() => expect(short(app)).not.toBe(first));
	const second = short(app);
	await app.press('k');
	await until(() => expect(short(app)).toBe(first));
	await app.press('G', /–(\d+) of \1 /);
	await app.press('g', / 1–\d+ of /);
	await app.press('\u001B[6~');
	await app.press('\u001B[5~');
	await until(() => expect(short(app)).toBe(first));
	await app.press('\u001B[B');
	await app.press('\r', `Threads ▸ ${second} `);
	await app.press('\u007F', / lost ↓/);
	await until(() => expect(short(app)).toBe(second));
	for (const heading of ['last seen ↓', 'thread ↓', 'models ↓', 'requests ↓', 'hit rate ↑']) {
		await app.press('s', ` ${heading}`);
	}
	await app.press('S', ' hit rate ↓');
});

test('Enter on a project shows it alone, named by the end of its path, and Esc leads back to all', async () => {
	const requests = busyRequests().map(found => ({
		...found,
		project: `/srv/${found.thread?.endsWith('1') ? 'web' : 'cli'}`,
	}));
	const snapshot = snapshotOf({requests});
	const app = await opened({
		snapshot,
		onNarrow: filter => ({
			...snapshot,
			report: reportOf(requests, snapshot.report.window, priceList(), testNow, {filter}),
		}),
	});
	await app.press('\t', /▸ (?:web|cli) /);
	await app.press('\r', '━━ Threads ━━');
	expect(app.monitor.narrowed).toEqual([{project: expect.stringMatching(/^\/srv\/(?:web|cli)$/)}]);
	expect(app.frame()).toMatch(/^ hitrate {3}project (?:web|cli) /);
	await app.press('\r', 'Threads ▸ thread-');
	await app.press('\u001B', '╭─ Threads ─');
	await app.press('\u001B', '━━ Projects ━━');
	expect(app.monitor.narrowed.at(-1)).toEqual({project: undefined});
	expect(app.frame()).not.toMatch(/^ hitrate {3}project/);
});

test('y copies the whole id of the row', async () => {
	const onCopy = vi.fn();
	const app = await opened({onCopy});
	await app.press('\t', '━━ Projects ━━');
	await app.press('\t', '━━ Threads ━━');
	await app.press('y', /Copied thread-\d+/);
	expect(onCopy).toHaveBeenCalledWith(expect.stringMatching(/^thread-\d+$/));
});

test('f goes back to the newest request, whatever the order', async () => {
	const app = await opened();
	await app.press('\u001B[Z', '━━ Requests ━━');
	const newest = app
		.frame()
		.split('\n')
		.find(row => row.includes('▸'));
	await app.press('s', ' thread ↓');
	await app.press('j');
	await app.press('f', ' time ↓');
	await until(() => expect(app.frame()).toContain(newest));
});

test('f follows the newest from the first row as well, where the list has another order', async () => {
	const onOrders = vi.fn();
	const app = await opened({onOrders});
	await app.press('\u001B[Z', '━━ Requests ━━');
	expect(app.frame()).not.toContain('f follow');
	await app.press('s', ' thread ↓');
	await app.press('f', ' time ↓');
	expect(onOrders).toHaveBeenLastCalledWith({requests: {column: 'time', reversed: false}});
	expect(app.frame()).not.toContain('f follow');
});

test('a range that ends in the past keeps its span in the header, whatever else is shown there', async () => {
	const day = 24 * hour;
	const snapshot = snapshotOf({
		requests: requests.map(found => ({...found, time: found.time - 400 * day})),
		view: {choice: {kind: 'between', from: testNow - 401 * day, to: testNow - 400.5 * day}, end: undefined},
	});
	const app = await opened({snapshot, columns: 80, rows: 24});
	expect(app.frame().split('\n')[0]).toMatch(/\d\d:\d\d → .*\d\d:\d\d /);
	const narrow = await opened({snapshot, columns: 60, rows: 24});
	expect(narrow.frame().split('\n')[0]).toMatch(/ 12 h /);
});

test('left and right go through the threads, and the list goes along', async () => {
	const app = await opened();
	await app.press('\t', '━━ Projects ━━');
	await app.press('\t', /▸ thread-\d+/);
	const first = short(app);
	await app.press('j');
	await until(() => expect(short(app)).not.toBe(first));
	const second = short(app);
	await app.press('k');
	await app.press('\r', `Threads ▸ ${first} `);
	await app.press('\u001B[D');
	await app.press('\u001B[C', `Threads ▸ ${second} `);
	await app.press('\u001B', / lost ↓/);
	await until(() => expect(short(app)).toBe(second));
});

test('Enter on a break opens its thread at that request', async () => {
	const app = await opened();
	await app.press('\u001B[Z', '━━ Requests ━━');
	await app.press('\u001B[Z', '━━ Breaks ━━');
	await app.press('j');
	const row = () =>
		app
			.frame()
			.split('\n')
			.find(line => /▸ +\$/.test(line)) ?? '';
	const [, thread = ''] = await vi.waitUntil(() => /▸ .* (thread-\d+) /.exec(row()));
	const chosen = row();
	await app.press('\r', `Breaks ▸ ${thread} `);
	await app.press('\u001B');
	await until(() => expect(row()).toBe(chosen));
});

test('new requests appear at the top of the live tail; a chosen one stays', async () => {
	const newer = (count: number) =>
		snapshotOf({
			requests: [
				...requests,
				...Array.from({length: count}, (_, index) =>
					measured(
						{cacheRead: 70_001 + index},
						{id: `new-${index}`, thread: 'thread-new', time: testNow - count + index},
					),
				),
			],
		});
	const app = await opened();
	await app.press('\u001B[Z', '━━ Requests ━━');
	app.monitor.publish(newer(1));
	await until(() => expect(app.frame()).toMatch(/▸ .*thread-new .* 70,001 /));
	app.monitor.publish(newer(2));
	await until(() => expect(app.frame()).toMatch(/▸ .*thread-new .* 70,002 /));
	await app.press('j');
	await until(() => expect(app.frame()).toMatch(/▸ .*thread-new .* 70,001 /));
	const row = app
		.frame()
		.split('\n')
		.findIndex(line => line.includes(' 70,001 '));
	app.monitor.publish(newer(9));
	await until(() => expect(app.frame()).toMatch(/ 8–\d+ of /));
	expect(app.frame()).toMatch(/▸ .*thread-new .* 70,001 /);
	expect(
		app
			.frame()
			.split('\n')
			.findIndex(line => line.includes(' 70,001 ')),
	).toBe(row);
});

const narrowing = (snapshot: Snapshot) => (filter: Filter) => ({
	...snapshot,
	report: reportOf(requests, snapshot.report.window, priceList(), testNow, {filter}),
});

test('/ filters while one types; letters, digits and pastes are text', async () => {
	const app = await opened({onNarrow: narrowing(busy)});
	await app.press('/', /^ \/ +[\d,]+ requests in/m);
	for (const key of 'thread-1q?7') {
		void app.press(key);
	}
	await app.press('\u007F', /^ \/thread-1q\? /m);
	await app.press('\u0015', /^ \/ /m);
	await app.press('haiku', /^ \/haiku .*\d requests in \d+ threads/m);
	await until(() => expect(app.monitor.narrowed.at(-1)).toEqual({text: 'haiku'}));
	expect(app.onQuit).not.toHaveBeenCalled();
	expect(app.monitor.shown).toEqual([]);
	await app.press('\r', /q quit/);
	expect(app.frame().split('\n')[0]).toContain(' /haiku ');
	await app.press('\u001B');
	await until(() => expect(app.monitor.narrowed.at(-1)).toEqual({text: undefined}));
	expect(app.frame().split('\n')[0]).not.toContain('/haiku');
});

test('Enter applys at once, Esc and Ctrl-C clear, and keys after them are keys', async () => {
	const app = await opened({onNarrow: narrowing(busy)});
	for (const key of ['/', 's', 'o', 'n', '\r', '\t', '\t']) {
		void app.press(key);
	}
	await until(() => expect(app.frame()).toContain('━━ Threads ━━'));
	expect(app.monitor.narrowed).toEqual([{text: 'son'}]);
	await app.press('/', /^ \/son /m);
	await app.press('\u0003', /q quit/);
	expect(app.monitor.narrowed.at(-1)).toEqual({text: undefined});
	expect(app.onQuit).not.toHaveBeenCalled();
});

test('a filter that matches nothing can be taken back', async () => {
	const app = await opened({onNarrow: narrowing(busy)});
	await app.press('/');
	await app.press('zzz', /No request in this window matches \/zzz/);
	await app.press('\u007F', /^ \/zz /m);
	await app.press('\u001B', /─ Input tokens /);
});

test('the filters of the command line stay', async () => {
	const report = {...busy.report, filter: {model: 'sonnet'}};
	const app = await opened({snapshot: {...busy, report}});
	expect(app.frame().split('\n')[0]).toContain('model sonnet');
	await app.press('/');
	await app.press('a\r');
	await until(() => expect(app.monitor.narrowed.at(-1)).toEqual({model: 'sonnet', text: 'a'}));
});

test('a thread that has left the window says so', async () => {
	const app = await opened();
	await app.press('\r', /Dashboard ▸/);
	app.monitor.publish(snapshotOf({requests: [measured({cacheRead: 9}, {thread: 'other'})]}));
	await until(() => expect(app.frame()).toMatch(/thread-\d+ has no requests in this window \(24 h\)\./));
	await app.press('\u001B', /─ Input tokens /);
});

test('follows the size', async () => {
	const app = await opened();
	app.resize(39, 9);
	await until(() => expect(app.frame()).toContain('hitrate needs 40x10;\nthis is 39x9.'));
	app.resize(40, 10);
	await until(() => expect(app.frame()).toContain('% hit'));
	expect(app.frame().split('\n')).toHaveLength(10);
});

const sizes = [
	[80, 24],
	[39, 9],
	[200, 60],
	[120, 40],
	[100, 30],
	[60, 20],
	[40, 10],
	[2, 1],
] as const;

test.each(tried(sizes, 0))('Ink keeps every line as it was at %ix%i', async (columns, rows) => {
	for (const snapshot of [busy, variedSnapshots().hostile ?? busy]) {
		const app = await opened({columns, rows, snapshot});
		const lines = app.frame().split('\n');
		expect(lines.length).toBeLessThanOrEqual(rows);
		expect(lines.map(line => line.trimEnd())).toEqual(
			drawn(snapshot, {columns, rows})
				.rows.map(line => line.trimEnd())
				.concat(Array(rows).fill(''))
				.slice(0, lines.length),
		);
		expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(columns);
		app.unmount();
	}
});

test('the mouse opens pages and threads, and the wheel moves', async () => {
	const mouse = new EventEmitter();
	const app = await opened({mouse});
	const rowOf = (text: RegExp) =>
		app
			.frame()
			.split('\n')
			.findIndex(row => text.test(row));
	const press = (column: number, row: number) => mouse.emit('mouse', {kind: 'press', column, row});
	press(app.frame().split('\n')[1]?.indexOf('Threads') ?? 0, 1);
	await until(() => expect(app.frame()).toMatch(/╭─ Threads /));
	const first = rowOf(/▸/);
	press(9, first + 2);
	await until(() => expect(rowOf(/▸/)).toBe(first + 2));
	mouse.emit('mouse', {kind: 'wheel', direction: 1, column: 9, row: 9});
	await until(() => expect(rowOf(/▸/)).toBe(first + 5));
	press(9, first + 5);
	await until(() => expect(app.frame()).toMatch(/ Threads ▸ thread-/));
	press(9, 0);
	press(500, 500);
	await app.press('?', /╭─ Help /);
	press(30, 1);
	await app.press('?', / Threads ▸ thread-/);
});

test('on the dashboard advice is selected, and Enter shows it in full', async () => {
	const app = await opened();
	const advice = busy.report.recommendations[1];
	await app.press('j', /Enter: the whole text/);
	await app.press('j', /▸ +\$/);
	await app.press('\r', new RegExp(`→ ${advice?.action.slice(0, 20)}`));
	await app.press('\u001B', /Enter: the whole text/);
	await app.press('k');
	await app.press('k', /Enter: the worst thread/);
});

test('L hides the line of the rate, and shows it again', async () => {
	const app = await opened({columns: 160, rows: 60});
	expect(app.frame()).toMatch(/[\u2801-\u28FF]/);
	await app.press('L', /^[^\u2801-\u28FF]+$/);
	await app.press('L', /[\u2801-\u28FF]/);
});

test('a window is named before its numbers come', async () => {
	const monitor = fakeMonitor(busy);
	const view = {choice: presetChoice('30d'), end: undefined};
	let isAsked = false;
	const slow = {
		...monitor,
		getView: () => (isAsked ? view : busy.view),
		show: () => {
			isAsked = true;
			return new Promise<Snapshot>(() => {});
		},
	};
	const app = await opened({monitor: slow});
	await app.press('6', / 30 d … /);
});
