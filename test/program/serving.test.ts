import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {scrape, sumOf} from '../server/scrape.js';
import {appendCalls} from '../server/usage-log.js';
import {bundleServing, type Child, startChild} from './serving-child.js';

let folder = '';
let program = '';

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-serving-'));
	program = await bundleServing(folder);
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A log, and what is kept of it, of a test's own. */
const newPlace = () => {
	const place = mkdtempSync(join(folder, 'place-'));
	const log = join(place, 'app.log');
	const start = (args: readonly string[] = ['127.0.0.1:0', log], env: Readonly<Record<string, string>> = {}): Child =>
		startChild(onTestFinished, program, args, {XDG_DATA_HOME: place, ...env});
	return {log, start};
};

const requestsAt = async (url: string): Promise<number> => sumOf(await scrape(url), 'hitrate_requests_total');

describe('a process that serves, started with nothing but where to keep things', () => {
	test('ends at a signal with nothing lost, and counts on from there', async () => {
		const {log, start} = newPlace();
		// Calls of one thread come in order: a counter stands still while its sum is corrected.
		appendCalls(log, 0, 8, Date.now() - 8 * 60_000);
		const first = start();
		await first.said('read app.log');
		const url = await first.url();
		expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
		appendCalls(log, 8, 8);
		await expect.poll(() => requestsAt(url)).toBe(16);
		const before = await scrape(url);
		first.process.kill('SIGTERM');
		expect(await first.ended()).toBe(0);
		expect(first.lines.at(-1)).toMatch(/stopping: SIGTERM$/);
		// What was kept is all there is to count from: the log has lost it.
		writeFileSync(log, '');
		const second = start();
		await second.said('to its end: 16 requests');
		const after = await scrape(await second.url());
		for (const name of ['hitrate_requests_total', 'hitrate_input_cost_dollars_total', 'hitrate_lost_tokens_total']) {
			expect(sumOf(after, name)).toBe(sumOf(before, name));
		}
	});

	test('ends in the middle of its first reading, and the next one continues from there', async () => {
		const {log, start} = newPlace();
		appendCalls(log, 0, 16_000);
		const first = start();
		await first.url();
		first.process.kill('SIGTERM');
		expect(await first.ended()).toBe(0);
		expect(first.lines.join('\n')).not.toContain('to its end');
		await start().said('to its end: 16000 requests');
	});

	test('shares what is kept with another', async () => {
		const {log, start} = newPlace();
		appendCalls(log, 0, 12);
		const children = [start(), start()];
		const urls = await Promise.all(children.map(child => child.url()));
		await Promise.all(children.map(child => child.said('read app.log')));
		appendCalls(log, 12, 8);
		for (const url of urls) {
			await expect.poll(() => requestsAt(url)).toBe(20);
		}
		for (const child of children) {
			child.process.kill('SIGINT');
		}
		expect(await Promise.all(children.map(child => child.ended()))).toEqual([0, 0]);
	});

	test('opens to others with a token alone', async () => {
		const {log, start} = newPlace();
		appendCalls(log, 0, 4);
		const refused = start(['0.0.0.0:0', log]);
		expect(await refused.ended()).toBe(2);
		expect(refused.lines).toEqual([
			expect.stringMatching(/^--listen: others reach this address: set HITRATE_SERVE_TOKEN/),
		]);
		const token = 'dd3a1a0d5a6b4c0f9e11';
		const child = start(['0.0.0.0:0', log], {HITRATE_SERVE_TOKEN: token});
		const url = (await child.url()).replace('0.0.0.0', '127.0.0.1');
		expect((await fetch(`${url}/metrics`)).status).toBe(401);
		expect((await fetch(`${url}/metrics`, {headers: {authorization: `Bearer ${token}`}})).status).toBe(200);
		expect(child.lines.join('\n')).not.toContain(token);
	});
});
