import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {clearSums} from '../../source/fleet/keep/clear-sums.js';
import {keepOnce} from '../../source/fleet/keep/keeper.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {hoursOf} from '../../source/fleet/reading/hours.js';
import {parseClickhouseAddress} from '../../source/fleet/table/address.js';
import {Clickhouse} from '../../source/fleet/table/clickhouse.js';
import {reportOf} from '../../source/metrics/report/report.js';
import {resolveWindow} from '../../source/metrics/windows/window.js';
import type {MemoryStore} from '../../source/store/memory/memory-store.js';
import {run} from '../support/program.js';
import {until} from '../support/until.js';
import {type ClickhouseServer, hasClickhouse} from './clickhouse.js';
import {type Cluster, hasZookeeper, startCluster} from './cluster.js';
import {begin, hosts, json, namedStore, prices, read, send, sentRows, writeBackend} from './fleet.js';

describe.skipIf(!hasClickhouse() || !hasZookeeper())('a fleet on two shards of two replicas', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-fleet-cluster-'));
	const logs = hosts.map((_, host) => join(folder, `${host}.jsonl`));
	const now = begin + 30 * 86_400_000;
	let cluster: Cluster;
	let client: Clickhouse;
	let expected: MemoryStore;
	let rows: Awaited<ReturnType<typeof sentRows>>;
	const isLate = (_: unknown, index: number) => index % 10 === 0;

	beforeAll(async () => {
		cluster = await startCluster(folder);
		client = new Clickhouse(parseClickhouseAddress(cluster.address), {});
		const made = await run(['fleet', 'init', '--cluster', 'fleet', cluster.address]);
		expect(made).toMatchObject({code: 0, stderr: ''});
		for (const log of logs) {
			writeFileSync(log, '');
		}
		writeBackend(
			host => logs[host] as string,
			(_, id) => id,
		);
		expected = namedStore(await read(logs), logs);
		rows = await sentRows(logs);
	});

	afterAll(async () => {
		await client?.close();
		await cluster?.kill();
		rmSync(folder, {recursive: true, force: true});
	});

	/** Holds reports that were asked of some servers against those of one machine with all logs. */
	const expectEqual = async (asked: Pick<Clickhouse, 'rows'> = client): Promise<void> => {
		for (const filter of [{}, {model: 'haiku'}, {text: 'web2'}, {host: 'web3'}]) {
			const window = resolveWindow({kind: 'all'}, now, expected.span);
			const [fleet, alone] = await Promise.all(
				[new FleetLedger(asked), expected].map(from => reportOf(from, window, prices, now, {filter})),
			);
			expect(json(fleet as never)).toBe(json(alone as never));
		}
	};
	/** Keeps the fleet until it is: a pass that read a replica which lacked rows is mended by the next one. */
	const untilEqual = (asked?: Pick<Clickhouse, 'rows'>): Promise<void> =>
		until(async () => {
			await keepOnce(client, undefined, {now});
			await expectEqual(asked);
		});
	const localRows = async (server: ClickhouseServer): Promise<number> =>
		Number((await server.client.rows('SELECT count() FROM request_local FINAL'))[0]?.[0]);
	/** Waits until the replicas of a shard have the same rows, and some: one learns from the other what that took. */
	const expectSame = ([one, other]: readonly ClickhouseServer[]): Promise<void> =>
		until(async () => {
			const found = await localRows(one as ClickhouseServer);
			expect(found).toBeGreaterThan(100);
			expect(await localRows(other as ClickhouseServer)).toBe(found);
		});

	test('rows are on both shards, and on both replicas of each', async () => {
		await send(
			client,
			rows.filter((row, index) => !isLate(row, index)),
		);
		await Promise.all(cluster.shards.map(expectSame));
		// Servers that merge replaced rows meanwhile set sums aside.
		await until(async () => expect((await keepOnce(client, undefined, {now})).summed).toMatchObject({changed: 0}));
	});

	test('one replica is killed: shipping, keeping and reading go on, and it catches up when it is back', async () => {
		const [[first, second] = []] = cluster.shards as readonly (readonly [ClickhouseServer, ClickhouseServer])[];
		await first?.kill();
		await send(client, rows.filter(isLate));
		await untilEqual();
		await first?.start();
		await expectSame([second as ClickhouseServer, first as ClickhouseServer]);
		await second?.kill();
		await untilEqual(first?.client);
		await second?.start();
	});

	test('sums are made and read, and say what one machine with all logs would', async () => {
		// Merges of replaced rows set sums aside.
		await until(async () => {
			await keepOnce(client, undefined, {now});
			const {states, kept} = await hoursOf(sql => client.rows(sql));
			expect(kept.size).toBe(states.size);
		});
		await expectEqual();
	});

	test('sums that do not hold any more are deleted on all servers', async () => {
		expect(await clearSums(client, {age: -60_000})).toBeGreaterThan(0);
		const {kept, days} = await hoursOf(sql => client.rows(sql));
		for (const server of cluster.shards.flat()) {
			await until(async () => {
				const found = await server.client.rows('SELECT DISTINCT hour, toString(gen) FROM thread_sum_local');
				const holding = new Set([
					...[...kept].map(([hour, {gen}]) => `${hour} ${gen}`),
					...[...days].map(one => one.join(' ')),
				]);
				expect(found.map(one => one.join(' ')).filter(name => !holding.has(name))).toEqual([]);
			});
		}
		await expectEqual();
	});

	test('a shard that is gone is said, and never taken for zero; nothing is kept then', async () => {
		const [, gone = []] = cluster.shards;
		await Promise.all(gone.map(server => server.kill()));
		const {code, stdout, stderr} = await run(['report', '--json', '--no-events', cluster.address]);
		expect(stderr).toContain('a server of the cluster does not answer');
		expect(code).toBe(3);
		const {total_events: total, problems} = JSON.parse(stdout);
		expect(problems).toContainEqual(expect.objectContaining({kind: 'server-failed'}));
		expect(total).toBeGreaterThan(100);
		expect(total).toBeLessThan(expected.total);
		const check = await run(['check', '--fail-if', 'hit_rate < 1', '--window', 'all', cluster.address]);
		expect(check.code).toBe(3);
		await expect(keepOnce(client, undefined, {now})).rejects.toThrow();
		await Promise.all(gone.map(server => server.start()));
		await expectEqual();
	});
});
