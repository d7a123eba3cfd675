import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {reportOf} from '../../source/metrics/report.js';
import {resolveWindow} from '../../source/metrics/windows/window.js';
import type {MemoryStore} from '../../source/store/memory/memory-store.js';
import {cliPath, environment, run} from '../support/program.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from './clickhouse.js';
import {begin, hosts, json, namedStore, prices, read, ship, writeBackend} from './fleet.js';

describe.skipIf(!hasClickhouse())('threads that several hosts served', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-fleet-keep-'));
	const logs = hosts.map((_, host) => join(folder, `${host}.jsonl`));
	let server: ClickhouseServer;
	let expected: MemoryStore;

	beforeAll(async () => {
		mkdirSync(join(folder, 'server'));
		server = await startClickhouse(join(folder, 'server'));
		for (const log of logs) {
			writeFileSync(log, '');
		}
		writeBackend(
			host => logs[host] as string,
			(_, id) => id,
		);
		expected = namedStore(await read(logs), logs);
	});

	beforeEach(() => ship(server.client, logs));

	afterAll(async () => {
		await server?.kill();
		rmSync(folder, {recursive: true, force: true});
	});

	const now = begin + 30 * 86_400_000;
	const reportFrom = async (from: FleetLedger | MemoryStore) => {
		const window = resolveWindow({kind: 'all'}, now, expected.span);
		return reportOf(from, window, prices, now, {});
	};
	const isRight = async (): Promise<boolean> =>
		json(await reportFrom(new FleetLedger(server.client))) === json(await reportFrom(expected));

	test('are told of until they are settled', async () => {
		const before = await reportFrom(new FleetLedger(server.client));
		expect(before.problems).toMatchObject([
			{kind: 'not-settled', message: expect.stringContaining('run hitrate fleet keep')},
		]);
		expect(await isRight()).toBe(false);
		const first = await settle(server.client, undefined);
		expect(first.mended).toBeGreaterThan(100);
		expect((await reportFrom(new FleetLedger(server.client))).problems).toEqual([]);
		expect(await isRight()).toBe(true);
		expect(await settle(server.client, undefined)).toMatchObject({requests: first.requests, mended: 0});
		expect(await settle(server.client, first.until)).toMatchObject({threads: 0, mended: 0});
	});

	test('are settled by two at once as by one', async () => {
		await Promise.all([settle(server.client, undefined), settle(server.client, undefined)]);
		expect(await isRight()).toBe(true);
		expect(await settle(server.client, undefined)).toMatchObject({mended: 0});
	});

	test('what a host sends again wins, and is settled again', async () => {
		const unsettled = await server.client.rows(
			'SELECT toString(id), toString(ver) FROM request FINAL WHERE cause > 0 LIMIT 200',
		);
		await settle(server.client, undefined);
		const names = shippedColumns.join(', ');
		const ids = unsettled.map(([id]) => `'${id}'`).join(', ');
		// As each host saw them, under a later number of its outbox.
		await server.client.run(
			`INSERT INTO request (${names}, received) SELECT ${names.replace('ver,', 'ver + 1000000 * 256,')}, now() FROM request WHERE bitAnd(ver, 255) = 0 AND toString(id) IN (${ids})`,
		);
		expect(await isRight()).toBe(false);
		expect((await settle(server.client, undefined)).mended).toBeGreaterThan(0);
		expect(await isRight()).toBe(true);
	});

	test('are settled by the next pass where one ended between two batches', async () => {
		let left = 3;
		const ending = {
			rows: (...given: Parameters<typeof server.client.rows>) => server.client.rows(...given),
			insert: async (...given: Parameters<typeof server.client.insert>) => {
				if (left-- === 0) {
					throw new Error('killed');
				}
				await server.client.insert(...given);
			},
		};
		await expect(settle(ending, undefined, {batch: 300})).rejects.toThrow('killed');
		expect(await isRight()).toBe(false);
		const {mended} = await settle(server.client, undefined, {batch: 300});
		expect(mended).toBeGreaterThan(0);
		expect(await isRight()).toBe(true);
	});

	test('are settled whatever keeper is killed when', {timeout: 600_000}, async () => {
		const random = createRandom(3);
		let killed = 0;
		let within = 0;
		for (let time = 0; time < 8; time++) {
			const keeper = spawn(process.execPath, [cliPath, 'fleet', 'keep', server.address], {
				env: environment(),
				stdio: 'ignore',
			});
			const ended = new Promise(resolve => keeper.once('exit', resolve));
			await wait(300 + random.next() * 700);
			keeper.kill('SIGKILL');
			await ended;
			killed++;
			const [[settled] = []] = await server.client.rows('SELECT count() FROM request FINAL WHERE bitAnd(ver, 255) > 0');
			const right = await isRight();
			within += Number(settled) > 0 && !right ? 1 : 0;
			if (right) {
				await ship(server.client, logs);
			}
		}
		console.info(`${killed} keepers killed, ${within} with some rows settled and others not`);
		await settle(server.client, undefined);
		expect(await isRight()).toBe(true);
		expect(await settle(server.client, undefined)).toMatchObject({mended: 0});
	});

	test('a server that is gone is said, and never taken for zero', {timeout: 120_000}, async () => {
		const hitrate = (...args: string[]) => run(args);
		const whole = JSON.parse((await hitrate('report', '--json', '--no-events', server.address)).stdout);
		expect(whole).toMatchObject({
			total_events: expected.total,
			hosts: expect.arrayContaining([expect.objectContaining({name: 'web2'})]),
		});
		await server.kill();
		const gone = {
			code: 3,
			stdout: '',
			stderr: expect.stringMatching(/^hitrate: 127\.0\.0\.1:\d+: connection refused\n$/),
		};
		expect(await hitrate('report', server.address)).toEqual(gone);
		expect(await hitrate('report', '--json', server.address)).toEqual(gone);
		expect(await hitrate('check', '--fail-if', 'hit_rate < 1', server.address)).toEqual(gone);
		expect(await hitrate('why', server.address)).toEqual(gone);
		await server.start();
		expect((await hitrate('report', '--json', '--no-events', server.address)).code).toBe(0);
	});
});
