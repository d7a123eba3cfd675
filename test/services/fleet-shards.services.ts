import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {reportOf} from '../../source/metrics/report.js';
import {resolveWindow} from '../../source/metrics/windows/window.js';
import type {MemoryStore} from '../../source/store/memory/memory-store.js';
import {run} from '../support/program.js';
import {type ClickhouseServer, hasClickhouse, startShards} from './clickhouse.js';
import {begin, hosts, json, namedStore, prices, read, ship, writeBackend} from './fleet.js';

describe.skipIf(!hasClickhouse())('a fleet on a cluster of two shards', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-fleet-shards-'));
	const logs = hosts.map((_, host) => join(folder, `${host}.jsonl`));
	let servers: readonly [ClickhouseServer, ClickhouseServer];
	let expected: MemoryStore;
	const now = begin + 30 * 86_400_000;

	beforeAll(async () => {
		servers = await startShards(folder);
		for (const log of logs) {
			writeFileSync(log, '');
		}
		writeBackend(
			host => logs[host] as string,
			(_, id) => id,
		);
		expected = namedStore(await read(logs), logs);
		await ship(servers[0].client, logs);
	});

	afterAll(async () => {
		await Promise.all((servers ?? []).map(server => server.kill()));
		rmSync(folder, {recursive: true, force: true});
	});

	test('is told as one machine with all logs would', async () => {
		const local = await Promise.all(servers.map(({client}) => client.rows('SELECT count() FROM request_local')));
		expect(local.map(([row]) => Number(row?.[0]) > 100)).toEqual([true, true]);
		await settle(servers[1].client, undefined);
		for (const filter of [{}, {model: 'haiku'}, {text: 'web2'}, {host: 'web3'}]) {
			const window = resolveWindow({kind: 'all'}, now, expected.span);
			const [fleet, alone] = await Promise.all(
				[new FleetLedger(servers[0].client), expected].map(from => reportOf(from, window, prices, now, {filter})),
			);
			expect(json(fleet as never)).toBe(json(alone as never));
		}
	});

	test('whose one server is gone tells the rest, and says so', async () => {
		await servers[1].kill();
		const {code, stdout, stderr} = await run(['report', '--json', '--no-events', servers[0].address]);
		const {total_events: total, problems} = JSON.parse(stdout);
		expect(code).toBe(3);
		expect(stderr).toContain('a server of the cluster does not answer');
		expect(problems).toContainEqual(expect.objectContaining({kind: 'server-failed'}));
		expect(total).toBeGreaterThan(100);
		expect(total).toBeLessThan(expected.total);
		const check = await run(['check', '--fail-if', 'hit_rate < 1', '--window', 'all', servers[0].address]);
		expect(check.code).toBe(3);
	});
});
