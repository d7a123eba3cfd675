import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';

let clock = Date.UTC(2025, 9, 20, 8);
const call = (thread_id: string) =>
	`${JSON.stringify({
		timestamp: new Date(clock++).toISOString(),
		model: 'claude-sonnet-4-5',
		thread_id,
		usage: {input_tokens: 2000, cache_read_input_tokens: 18_000, cache_creation_input_tokens: 0, output_tokens: 5},
	})}\n`;

type Run = (...args: readonly string[]) => ReturnType<typeof run>;

/** A folder with a log of three threads, and a store of its own. */
const withLog = (body: (hitrate: Run, folder: string) => Promise<void>): Promise<void> =>
	withFolder(async folder => {
		writeFileSync(join(folder, 'w.log'), ['alpha-1', 'alpha-2', 'beta'].map(call).join(''));
		const env = {XDG_DATA_HOME: join(folder, 'data')};
		await body((...args) => run(args, {cwd: folder, env}), folder);
	});

test('why of a thread that there is not names those that are near', () =>
	withLog(async hitrate => {
		expect(await hitrate('why', 'alhpa-1', 'w.log')).toMatchObject({
			code: 3,
			stdout: '',
			stderr: 'hitrate: no thread whose name contains "alhpa-1". Did you mean alpha-1?\n',
		});
		expect((await hitrate('why', 'nosuch', 'w.log')).stderr).toMatch(
			/no thread whose name contains "nosuch"\. There are alpha-1, alpha-2, beta\./,
		);
		expect(await hitrate('why', 'alpha', 'w.log')).toMatchObject({code: 0, stderr: ''});
		expect((await hitrate('why', 'beta', '--window', '1m', 'w.log')).stderr).toBe(
			'hitrate: thread "beta" has no requests in this window.\n',
		);
	}));

test('a filter of a name that there is not tells which there are', () =>
	withLog(async hitrate => {
		for (const verb of ['report', 'why', 'prices']) {
			expect((await hitrate(verb, '--model', 'sonet-4-5', 'w.log')).stderr).toBe(
				'hitrate: no model whose name contains "sonet-4-5". There is claude-sonnet-4-5.\n',
			);
		}
		expect((await hitrate('report', '--project', 'web', 'w.log')).stderr).toBe(
			'hitrate: no project whose name contains "web". The log names none.\n',
		);
		expect((await hitrate('report', '--model', 'sonnet', '--window', '1m', 'w.log')).stderr).toBe('');
	}));

test('vacuum gives back what can be, and says no more than that', () =>
	withLog(async hitrate => {
		await hitrate('report', 'w.log');
		await hitrate('store', 'vacuum');
		expect((await hitrate('store', 'vacuum')).stdout).toMatch(/w\.log: [\d,]+ bytes, nothing to give back\n$/);
	}));

test('stores of the same source are distinguished by how it is read', () =>
	withLog(async hitrate => {
		await hitrate('report', 'w.log');
		await hitrate('report', '--log-tz', 'Asia/Tokyo', 'w.log');
		await hitrate('report', '--price', 'claude-sonnet-4-5=1,0.1', 'w.log');
		expect((await hitrate('store')).stdout).toMatch(/with --log-tz Asia\/Tokyo\n/);
		const forgotten = (await hitrate('store', 'forget', 'w.log')).stdout.trim().split('\n').sort();
		expect(forgotten).toEqual([
			expect.stringMatching(/w\.log \(--log-tz Asia\/Tokyo\): forgot all 3 requests$/),
			expect.stringMatching(/w\.log \(own prices\): forgot all 3 requests$/),
			expect.stringMatching(/w\.log: forgot all 3 requests$/),
		]);
	}));

test('marks: none is said, an empty text is refused, one can be deleted', () =>
	withLog(async hitrate => {
		expect((await hitrate('mark')).stdout).toMatch(/^No marks\. /);
		expect(await hitrate('mark', '')).toMatchObject({code: 2, stderr: expect.not.stringContaining('SOURCE')});
		await hitrate('mark', 'deploy 1.4');
		await hitrate('mark', 'deploy 1.5');
		expect((await hitrate('mark', '--delete', 'deploy')).stdout).toMatch(/^Deleted .*: deploy 1\.5\n$/);
		expect((await hitrate('mark')).stdout).toMatch(/^[^\n]*deploy 1\.4\n$/);
		expect(await hitrate('mark', '--delete', 'rollback')).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('no mark whose name contains "rollback"'),
		});
		expect(await hitrate('mark', '--delete')).toMatchObject({code: 2});
		expect(await hitrate('report', '--delete', 'w.log')).toMatchObject({code: 2});
	}));
