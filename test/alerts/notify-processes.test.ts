import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {Receiver} from './receiver.js';

const root = join(import.meta.dirname, '../..');
const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);

let folder = '';
let state = '';
let receiver: Receiver;
let round = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'hitrate-processes-'));
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
	await build({
		entryPoints: [join(root, 'test/alerts/notify-process.ts')],
		outfile: join(folder, 'notify.mjs'),
		bundle: true,
		format: 'esm',
		platform: 'node',
		packages: 'external',
		logLevel: 'error',
	});
});

afterAll(() => rm(folder, {recursive: true, force: true}));

beforeEach(async () => {
	receiver = await Receiver.start();
	state = join(folder, String(++round), 'alerts.json');
});

afterEach(() => receiver.stop());

const launch = (value: number, minutes: number): ChildProcess =>
	spawn(
		process.execPath,
		[join(folder, 'notify.mjs'), receiver.url(), state, String(value), String(start + minutes * minute)],
		// As cron starts it.
		{env: {}, stdio: ['ignore', 'pipe', 'inherit']},
	);

const run = async (value: number, minutes: number): Promise<{readonly sent: number; readonly failed: number}> => {
	const child = launch(value, minutes);
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	await once(child, 'close');
	return JSON.parse(output);
};

test('of processes that notice at the same time one notifies', async () => {
	const failed = await Promise.all(Array.from({length: 5}, () => run(61, 0)));
	expect(failed.reduce((sum, {sent}) => sum + sent, 0)).toBe(1);
	const recovered = await Promise.all(Array.from({length: 5}, () => run(80, 1)));
	expect(recovered.reduce((sum, {sent}) => sum + sent, 0)).toBe(1);
	expect(receiver.kinds()).toEqual(['failed', 'recovered']);
});

test('who is killed over a message leaves no lock, and the message to the next', async () => {
	receiver.answer = undefined;
	const dying = launch(61, 0);
	await expect.poll(() => receiver.received.length).toBe(1);
	dying.kill('SIGKILL');
	await once(dying, 'close');
	receiver.answer = {status: 200};
	expect(await run(61, 1)).toEqual({sent: 0, failed: 0});
	expect(await run(61, 6)).toEqual({sent: 1, failed: 0});
	expect(await run(61, 7)).toEqual({sent: 0, failed: 0});
	expect(new Set(receiver.received.map(({headers}) => headers['webhook-id'])).size).toBe(1);
	expect(receiver.received).toHaveLength(2);
});
