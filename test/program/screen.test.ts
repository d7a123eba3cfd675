import {appendFileSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {withFolder} from '../support/program.js';
import {openTerminal, type TerminalSession} from '../support/terminal-session.js';
import {until} from '../support/until.js';
import {request} from './log-lines.js';

let session: TerminalSession | undefined;

afterEach(async () => {
	await session?.close();
	session = undefined;
});

const open = (...given: Parameters<typeof openTerminal>): TerminalSession => {
	session = openTerminal(...given);
	return session;
};

const hour = 3_600_000;

const inFolder = (body: (folder: string, log: string) => Promise<void>) =>
	withFolder(folder => body(folder, join(folder, 'worker.log')));

test('the numbers move as lines arrive, through truncation and rotation', async () => {
	await inFolder(async (folder, log) => {
		writeFileSync(log, request(hour, 9000) + request(hour - 5000, 0));
		const {shows} = open(['worker.log'], {cwd: folder});
		await shows(/50\.0 % +hit rate/);
		appendFileSync(log, request(1000, 9000));
		await shows(/66\.7 % +hit rate/);
		const [plan, outcome = ''] = request(900, 9000).split('\n');
		appendFileSync(log, `${plan}\n${outcome.slice(0, 40)}`);
		await shows(/1 request unmeasured/);
		appendFileSync(log, `${outcome.slice(40)}\n`);
		await shows(/75\.0 % +hit rate/);
		truncateSync(log);
		appendFileSync(log, request(800, 0));
		await shows(/60\.0 % +hit rate/);
		renameSync(log, `${log}.1`);
		appendFileSync(`${log}.1`, request(700, 9000));
		writeFileSync(log, request(600, 9000));
		await shows(/7 requests: 5 hits, 2 misses/);
	});
});

test('a pipe is read while keys come from the terminal', async () => {
	await inFolder(async (folder, log) => {
		writeFileSync(log, request(hour, 9000) + request(hour - 5000, 0));
		const {shows, type, exitCode} = open(['-'], {cwd: folder, before: '{ cat worker.log; sleep 1; }'});
		await shows(/50\.0 % +hit rate/);
		type('\t');
		await shows(/most (?:dear|requests)|dearest|Threads/);
		type('q');
		await until(() => expect(exitCode()).toBe(0));
	});
});

test('a pipe that rests is read on', async () => {
	await inFolder(async (folder, log) => {
		writeFileSync(log, request(hour, 9000) + request(hour - 5000, 0));
		writeFileSync(join(folder, 'more.log'), request(1000, 9000) + request(900, 9000));
		const before = '{ cat worker.log; until [ -e go ]; do sleep 0.1; done; cat more.log; sleep 1; }';
		const {shows, type, exitCode} = open(['-'], {cwd: folder, before});
		await shows(/50\.0 % +hit rate/);
		writeFileSync(join(folder, 'go'), '');
		await shows(/75\.0 % +hit rate/);
		type('q');
		await until(() => expect(exitCode()).toBe(0));
	});
});

describe('keys', () => {
	test('windows: presets, back and forward, wider and narrower', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(
				log,
				request(60 * hour, 0) + request(30 * hour, 0) + request(20 * hour, 9000) + request(0.5 * hour, 9000),
			);
			const {shows, type} = open(['worker.log'], {cwd: folder});
			await shows(/24 h .* → now/);
			await shows(/2 requests: 2 hits/);
			type('7');
			await shows(/4 requests: 2 hits, 2 misses/);
			type('2');
			await shows(/1 request: 1 hit/);
			type('+');
			await shows(/ 6 h /);
			type('+');
			await shows(/2 requests: 2 hits/);
			type('[');
			await shows(/1 request: 0 hits, 1 miss/);
			type('[');
			await shows(/No requests in this window|1 request: 0 hits/);
			type('0');
			await shows(/24 h .* → now/);
			type('-');
			await shows(/ 6 h /);
		});
	});

	test('keys that come faster than the screen is drawn all count', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(log, [10, 34, 58, 82, 106].map(ago => request(ago * hour, 9000)).join(''));
			const {shows, type} = open(['worker.log'], {cwd: folder});
			await shows(/24 h .* → now/);
			type('?q5[[');
			await shows(/ 7 d /);
			type('4');
			await shows(/24 h .* → now/);
			type('[[[]');
			const day = new Date(Date.now() - 48 * hour).getUTCDate();
			await shows(new RegExp(`→ ${day} `));
		});
	});

	test('pause holds the picture, not the reading', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(log, request(hour, 9000));
			const {shows, type, screen} = open(['worker.log'], {cwd: folder});
			await shows(/1 request: /);
			type('p');
			await shows('paused');
			appendFileSync(log, request(1000, 0));
			await shows(/1 waiting/);
			expect(screen()).toMatch(/100\.0 % +hit rate/);
			type(' ');
			await shows(/50\.0 % +hit rate/);
		});
	});

	test('e writes a snapshot of every format, whole, private, never over another', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(log, request(hour, 9000));
			const {shows, type} = open(['worker.log'], {cwd: folder});
			await shows(/1 request: /);
			for (const sets of [1, 2]) {
				type('e');
				await until(() =>
					expect(readdirSync(folder).filter(name => name.startsWith('hitrate-'))).toHaveLength(4 * sets),
				);
				await shows(/hitrate-\d{8}-\d{6}/);
				type('0');
			}
			const names = readdirSync(folder).filter(name => name.startsWith('hitrate-'));
			expect(new Set(names.map(name => name.split('.')[1]))).toEqual(new Set(['json', 'csv', 'md', 'svg']));
			for (const name of names) {
				expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
			}
			const json = names.find(name => name.endsWith('.json')) ?? '';
			expect(JSON.parse(readFileSync(join(folder, json), 'utf8')).total_events).toBe(1);
		});
	});

	test('an export that cannot be written says why in one line, and the screen continues', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(log, request(hour, 9000));
			const {shows, type} = open(['worker.log', '--export-dir', 'nowhere'], {cwd: folder});
			await shows(/1 request: /);
			type('e');
			await shows(/its folder does not exist/);
			appendFileSync(log, request(1000, 0));
			await shows(/2 requests: /);
		});
	});

	test('help opens and closes', async () => {
		const {shows, type, exitCode} = open(['--demo']);
		await shows(/\d % +hit rate/);
		type('?');
		await shows('Sort by the next column');
		type('q');
		await shows(/\d % +hit rate/);
		expect(exitCode()).toBeUndefined();
	});
});

describe('the terminal', () => {
	test.each([
		['q', 0],
		['\u0003', 0],
	])('%j quits and leaves it as it was', async (key, code) => {
		const {shows, type, exitCode, screen, sent} = open(['--demo']);
		await shows(/\d % +hit rate/);
		type(key);
		await until(() => expect(exitCode()).toBe(code));
		expect(screen().trim()).toBe('shell$ hitrate');
		expect(sent()).toContain('\u001B[?1049l');
		expect(sent()).toContain('\u001B[?25h');
		expect(sent()).toContain('\u001B[?1006l\u001B[?1000l');
		expect(sent()).not.toContain('\u001B[3J');
	});

	test('a signal ends it with its code', async () => {
		const {shows, kill, exitCode, screen} = open(['--demo']);
		await shows(/\d % +hit rate/);
		kill('SIGTERM');
		await until(() => expect(exitCode()).toBe(143));
		expect(screen().trim()).toBe('shell$ hitrate');
	});

	test('every size is filled and nothing else', async () => {
		const {shows, resize, screen} = open(['--demo']);
		await shows(/\d % +hit rate/);
		for (const [columns, rows] of [
			[200, 60],
			[80, 24],
			[60, 20],
			[40, 10],
		] as const) {
			resize(columns, rows);
			await shows(/quit *\S/);
			await until(() => {
				const lines = screen().split('\n');
				expect(lines[rows - 1]).toContain('quit');
				expect(lines[0]).toMatch(/hitrate/);
			});
		}
		resize(39, 9);
		await shows(/40/);
	});

	test('without UTF-8 and without colour it is 7-bit and plain', async () => {
		const {shows, sent, screen} = open(['--demo'], {env: {LC_ALL: 'C', LANG: 'C', NO_COLOR: '1'}});
		await shows(/\d % +hit rate/);
		expect(screen()).toMatch(/^[\n -~]+$/);
		expect(sent()).not.toMatch(/\u001B\[[\d;]*3[0-7]m/);
	});
});

describe('nothing to show', () => {
	test('says what was looked at, and finds it when it comes', async () => {
		await inFolder(async (folder, log) => {
			const {shows} = open(['worker.log'], {cwd: folder});
			await shows(/worker\.log/);
			await shows(/no such file/);
			writeFileSync(log, request(1000, 9000));
			await shows(/100\.0 % +hit rate/);
		});
	});

	test('a log without cache lines is described, and d shows the demo', async () => {
		await inFolder(async (folder, log) => {
			writeFileSync(log, 'INFO:     1.2.3.4:51234 - "GET / HTTP/1.1" 200 OK\n');
			const {shows, type, screen} = open(['worker.log'], {cwd: folder});
			await shows(/No requests in worker\.log/);
			expect(screen()).not.toMatch(/\b0(\.0)? %/);
			type('d');
			await shows(/\d % +hit rate/);
		});
	});
});
