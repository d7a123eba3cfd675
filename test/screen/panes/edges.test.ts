import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {presetChoice} from '../../../source/metrics/windows/window.js';
import {empty} from '../../../source/screen/panes/empty.js';
import {filterLine} from '../../../source/screen/panes/filter-line.js';
import {footer} from '../../../source/screen/panes/footer.js';
import {header} from '../../../source/screen/panes/header.js';
import {sourceLines} from '../../../source/screen/panes/sources.js';
import {textOf} from '../../../source/screen/text/line.js';
import {keyState as keys} from '../../support/keys.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {busyRequests, readingOf, snapshotOf} from '../../support/snapshots.js';

const busy = snapshotOf({requests: busyRequests()});
const headerText = (columns: number, snapshot = busy, waiting?: number) =>
	textOf(header(snapshot, {title: 'worker.log +6 rotated · web1', columns, timeZone: 'Europe/Berlin', waiting}));

test('the header leaves out what matters least', () => {
	expect(headerText(120)).toMatch(
		/^ hitrate {2}worker\.log \+6 rotated · web1 +24 h {2}21 Nov 10:12 → now {2}● live {2}0\.4 req\/s $/,
	);
	expect(headerText(60)).toMatch(/ 24 h {2}● live {2}0\.4 req\/s $/);
	expect(headerText(40)).toMatch(/^ hitrate {2}worker\.…+ · web1 {2}24 h {2}● live $/);
});

test('the header while paused and while reading', () => {
	expect(headerText(120, busy, 12)).toMatch(/→ 22 Nov 10:12 {3}‖ paused · 12 waiting {2}$/);
	expect(headerText(120, busy, 0)).toMatch(/‖ paused {2}$/);
	const reading = {...busy, state: 'reading' as const};
	const progress = {done: 100 << 20, total: 400 << 20, rate: 50 << 20};
	expect(headerText(140, {...reading, progress})).toMatch(
		/● reading 25\.0 % · 100\.0 MB of 400\.0 MB · 50\.0 MB\/s · 6 s left $/,
	);
	expect(headerText(60, {...reading, progress})).toMatch(/● reading 25\.0 %(?: · 6 s left)? $/);
	expect(headerText(120, {...reading, progress: {done: 0, total: 0, rate: undefined}})).toMatch(
		/● reading [\d,]+ requests so far $/,
	);
});

test('the names of many logs are not cut to a few letters: their number replaces them', () => {
	const [reading] = snapshotOf({requests: busyRequests()}).readings;
	const many = {...busy, readings: reading ? [reading, reading, reading] : []};
	const at = (columns: number) =>
		textOf(
			header(many, {
				title: '~/.claude/projects and ~/.codex/sessions',
				columns,
				timeZone: 'UTC',
				waiting: undefined,
				page: 'Dashboard',
			}),
		);
	expect(at(80)).toMatch(/^ hitrate ▸ Dashboard {2}3 logs {2}/);
	expect(at(120)).toMatch(/^ hitrate ▸ Dashboard {2}~\/\.claude\/projects and ~\/\.codex\/sessions {2}/);
	for (let columns = 40; columns < 60; columns++) {
		expect(at(columns)).not.toMatch(/3 ?l?o?…/);
	}
});

test('a fleet to which no host has shipped names what ships, and none of the logs that it has not', () => {
	const none = snapshotOf({readings: []});
	const fleet = {...none, report: {...none.report, hostsSeen: []}};
	const options = {
		columns: 100,
		rows: 30,
		timeZone: 'UTC',
		unicode: true,
		lookedAt: ['clickhouse+https://ch.example.com/hitrate'],
		hasDemo: true,
	};
	const shown = (snapshot: typeof none) => empty(snapshot, options).map(textOf).join('\n');
	expect(shown(none)).toContain('Name a log');
	expect(shown(fleet)).toContain('No host has shipped anything yet.');
	expect(shown(fleet)).not.toContain('Name a log');
	expect(sourceLines(fleet, 100).lines.map(textOf).at(-1)).toContain('hitrate fleet status');
	const told = (silentFor: number) =>
		sourceLines({...none, report: {...none.report, hostsSeen: [{name: 'web1', silentFor}]}}, 76).lines.map(textOf);
	expect(told(0)[1]).toMatch(/^ {2}web1 +reported now +0 requests$/);
	expect(told(4 * 60_000)[1]).toMatch(/^ {2}web1 +reported 4 min ago +0 requests$/);
	const gone = {kind: 'server-failed', name: 'fleet', message: 'ch.example.com: connection refused', count: 1} as const;
	expect(shown({...fleet, problems: [gone]})).toContain('connection refused');
});

test.each([
	[0, '0 req/min'],
	[0.05, '3 req/min'],
	[0.44, '0.4 req/s'],
	[1234.5, '1,235 req/s'],
])('%d requests a second are %s', (requestRate, expected) => {
	expect(headerText(120, {...busy, requestRate})).toContain(expected);
});

test('a window that was asked for is named at once, in grey, before its numbers come', () => {
	const wanted = {choice: presetChoice('7d'), end: undefined};
	const line = header(busy, {title: 'worker.log', columns: 120, timeZone: 'UTC', waiting: undefined, wanted});
	expect(textOf(line)).toMatch(/ 7 d … {2}15 Nov 09:12 → now {2}● live/);
	expect(line.find(({text}) => text === '7 d …')?.token).toBe('text.muted');
});

test('the header says how far behind reading is, and when nothing is there', () => {
	expect(headerText(120, {...busy, behind: {bytes: 120 << 20, rate: 60 << 20}})).toMatch(
		/● behind 120\.0 MB · 60\.0 MB\/s · 2 s left $/,
	);
	expect(headerText(60, {...busy, behind: {bytes: 120 << 20, rate: undefined}})).toMatch(/● behind 120\.0 MB $/);
	const missing = snapshotOf({
		readings: [],
		problems: [{kind: 'missing', name: 'x.log', message: 'x.log: no such file', count: 1}],
	});
	expect(headerText(120, missing)).toMatch(/○ missing $/);
});

test('problems are counted', () => {
	const problem = {kind: 'missing', name: 'x', message: 'x: does not exist', count: 1} as const;
	expect(headerText(120, {...busy, problems: [problem]})).toContain('! 1 problem ');
	const {lines} = sourceLines({...busy, problems: [{...problem, count: 3}]}, 60);
	expect(lines.map(textOf).slice(0, 3)).toEqual(['In the way', '  ! x: does not exist (3 times)', '']);
});

test.each([
	[
		120,
		' q quit  ? help  Tab page  / filter  1-7 window  w range  [ ] back/forward  + - zoom  m mark  c compare  p pause',
	],
	[60, ' q quit  ? help  Tab page  / filter  1-7 window  w range'],
	[40, ' q quit  ? help  Tab page  / filter'],
	[16, ' q quit  ? help'],
])('the footer at %i columns', (columns, expected) => {
	const text = textOf(footer(keys, columns));
	expect(text.trimEnd()).toBe(expected);
	expect(stringWidth(text)).toBe(columns);
});

test('the footer shows the keys that work now', () => {
	for (const columns of [120, 60, 30]) {
		expect(textOf(footer({...keys, paused: true}, columns))).toContain('p resume');
	}
	expect(textOf(footer({...keys, inPast: true, hasLength: false}, 120))).toMatch(/window {2}w range {2}0 now {2}\+ -/);
});

test('the footer of a list, of a thread and of the dashboard', () => {
	const list = {...keys, selects: true, opens: true, scrolls: true};
	expect(textOf(footer({...list, sorts: true}, 80))).toMatch(
		/^ q quit {2}\? help {2}Tab page {2}Enter open {2}s sort {2}/,
	);
	expect(textOf(footer({...list, opens: false, inThread: true}, 80))).toMatch(
		/help {2}Tab page {2}Esc back {2}← → thread {2}/,
	);
	expect(textOf(footer({...keys, opens: true, opensWorst: true}, 80))).toContain('Enter worst thread');
	expect(textOf(footer({...list, filtered: true}, 120))).toContain('Esc clear filter');
	expect(textOf(footer(list, 160))).toContain('j k ↑ ↓ select');
});

test('the line of the filter shows what is typed and found', () => {
	const text = textOf(filterLine('son\u001B[2J', busy.report, 80));
	expect(stringWidth(text)).toBe(80);
	expect(text).toMatch(/^ \/son\uFFFD\[2J +[\d,]+ requests in \d+ threads {2}Enter apply {2}Esc clear $/);
	expect(textOf(filterLine('x'.repeat(99), busy.report, 40))).toMatch(/^ \/…x+ +Enter apply {2}Esc clear $/);
	expect(textOf(filterLine('zz', snapshotOf().report, 80))).toContain('no match');
});

test('the header names page and filter, and both give way to what is alive', () => {
	const filtered = {...busy, report: {...busy.report, filter: {text: 'son\u0007net', model: 'haiku'}}};
	const text = (columns: number) =>
		textOf(header(filtered, {title: 'worker.log', columns, timeZone: 'UTC', waiting: undefined, page: 'Requests'}));
	expect(text(120)).toMatch(/^ hitrate ▸ Requests {3}model haiku \/son\uFFFDnet {3}worker\.log {2,}24 h/);
	expect(text(40)).toMatch(/^ hitrate ▸ Requests {3}model.*● live $/);
	expect(stringWidth(text(40))).toBe(40);
});

test('a filter that matches nothing says so', () => {
	const all = snapshotOf({requests: busyRequests()});
	const none = {...all, report: {...snapshotOf().report, total: 9, filter: {text: 'zz'}}};
	expect(emptyText(none)).toContain('No request in this window matches /zz');
	expect(emptyText(none)).toContain('Esc clears the filter');
});

const emptyText = (snapshot: Parameters<typeof empty>[0], hasDemo = false) =>
	empty(snapshot, {
		columns: 90,
		rows: 22,
		timeZone: 'UTC',
		unicode: true,
		hasDemo,
		lookedAt: ['logs/worker.log', 'the folders of 25 coding agents'],
	})
		.map(line => textOf(line).trim())
		.join('\n');

test('without requests: what was looked at, why, and what to do', () => {
	const text = emptyText(snapshotOf({readings: [readingOf('logs/backend.log')]}));
	expect(text).toContain('No requests in logs/backend.log.');
	expect(text).toMatch(/logs\/backend\.log {2}no cache lines {2}41\.0 MB {2}182,402 lines {2}written just now/);
	expect(text).toContain('Possible reasons');
	expect(text).toContain('hitrate doctor');
	expect(emptyText(snapshotOf({readings: []}))).toContain('Name a log: hitrate logs/worker.log');
	expect(emptyText(snapshotOf({readings: []}))).toContain('✗ logs/worker.log\n✗ the folders of 25 coding agents');
	expect(emptyText(snapshotOf({readings: []}), true)).toContain('d shows a simulated backend');
});

test('a log that nothing recognises is said to be one', () => {
	const reading = {...readingOf('notes.txt'), format: undefined};
	expect(emptyText(snapshotOf({readings: [reading]}))).toContain('not recognised');
});

test('of a log that is missing or empty, no reasons are guessed', () => {
	const missing = {kind: 'missing', name: 'gone.log', message: 'gone.log: no such file', count: 1} as const;
	const gone = readingOf('gone.log', {size: 0, lines: 0, modified: undefined});
	const text = emptyText(snapshotOf({readings: [{...gone, format: undefined}], problems: [missing]}));
	expect(text).toContain('gone.log: no such file');
	expect(text).not.toMatch(/reasons|usage|as soon as something/);
	const empty = readingOf('new.log', {size: 0, lines: 0});
	expect(emptyText(snapshotOf({readings: [{...empty, format: undefined}]}))).toContain(
		'as soon as something is written',
	);
});

test('a log of another program: what its lines look like, what hitrate reads, and what to do', () => {
	const reading = {...readingOf('access.log'), format: undefined, form: {kind: 'access'} as const};
	const text = emptyText(snapshotOf({readings: [reading]}));
	expect(text).toContain('No requests in access.log.');
	expect(text).toMatch(/Its lines look like the access log of a web server\./);
	expect(text.replaceAll('\n', ' ')).toContain('a usage object of any provider or library');
	expect(text).toContain('Name the log of the program that calls the model.');
	expect(text).not.toMatch(/LOGGING_LEVEL|Possible reasons/);
	const api = {...reading, form: {kind: 'api'} as const};
	expect(emptyText(snapshotOf({readings: [api]}))).toContain('LOGGING_LEVEL');
	const transcript = {...reading, format: 'claude-code', form: undefined};
	expect(emptyText(snapshotOf({readings: [transcript]}))).toMatch(/No response in them tells its usage yet/);
	const two = snapshotOf({readings: [reading, reading]});
	expect(emptyText(two)).toMatch(/The first looks like the access log/);
});

test('while reading nothing is concluded', () => {
	expect(emptyText(snapshotOf({state: 'reading'}))).toMatch(/^\nReading…/);
	expect(emptyText(snapshotOf({state: 'reading'}))).not.toContain('reasons');
});

test('a window without requests says where they are', () => {
	const text = emptyText(snapshotOf({requests: [measured({}, {time: testNow - 90 * hour})]}));
	expect(text).toContain('No requests in this window (24 h).');
	expect(text).toContain('1 request outside of it, the latest on 18 Nov 2026 15:12.');
});
