import {appendFileSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, expect, test} from 'vitest';
import {openTerminal} from '../support/terminal-session.js';
import {until} from '../support/until.js';
import {add, print, quantile} from './table.js';

const request = (cacheRead: number) =>
	[
		'LLM API call: claude-sonnet-4-5 (2 messages)',
		`💰 Usage type: EXACT - prompt=10000, completion=10, cache_read=${cacheRead}, cache_creation=0`,
	]
		.map(event => `${new Date().toISOString()} [info     ] ${event} thread_id=a\n`)
		.join('');

const resident = (pid: number) =>
	Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
/** Ticks of 10 ms that a process has computed for. */
const ticks = (pid: number) => {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return Number(fields[11]) + Number(fields[12]);
};

afterAll(() => print('The live screen'));

/** Any start but the first of a version finds compiled code, as here. */
const startOnce = async (log: string) => {
	const session = openTerminal([log], {columns: 100, rows: 30});
	await session.shows(/q quit/);
	session.type('q');
	await until(() => expect(session.exitCode()).toBe(0));
	await session.close();
};

test('the live screen, 100x30', async () => {
	const log = join(mkdtempSync(join(tmpdir(), 'hitrate-bench-')), 'worker.log');
	writeFileSync(log, request(9000));
	await startOnce(log);
	const start = performance.now();
	const session = openTerminal([log], {columns: 100, rows: 30});
	try {
		let first = Number.NaN;
		while (Number.isNaN(first)) {
			await wait(1);
			// The last row of a whole frame names the keys.
			first = session.sent().includes('quit') ? performance.now() - start : Number.NaN;
		}
		await session.shows(/100\.0 % +hit rate/);
		add({what: 'first frame', goal: '≤ 200 ms', figure: `${Math.round(first)} ms`});
		// What starting left behind is collected and compiled until then.
		await wait(30_000);
		const before = session.sent().length;
		const computed = ticks(session.pid);
		await wait(10_000);
		add({what: 'bytes in 10 s of nothing', goal: '0', figure: String(session.sent().length - before)});
		add({
			what: 'CPU in 10 s of nothing',
			goal: '≤ 0.5 %',
			figure: `${((ticks(session.pid) - computed) / 10).toFixed(1)} %`,
		});
		const latencies: number[] = [];
		for (let count = 2; count <= 61; count++) {
			const written = performance.now();
			appendFileSync(log, request(9000));
			while (!new RegExp(`\\b${count} requests?: `).test(session.screen())) {
				await wait(1);
			}
			latencies.push(performance.now() - written);
			await wait(150);
		}
		add({
			what: 'appended line → on the screen, p50 and p99 of 60',
			goal: '≤ 60, ≤ 150 ms',
			figure: `${Math.round(quantile(latencies, 0.5))}, ${Math.round(quantile(latencies, 0.99))} ms`,
		});
		add({what: 'resident memory with the screen', goal: '≤ 110 MB', figure: `${Math.round(resident(session.pid))} MB`});
	} finally {
		await session.close();
	}
});
