import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {keepOnce} from '../../source/fleet/keep/keeper.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {hoursOf} from '../../source/fleet/reading/hours.js';
import {createTables} from '../../source/fleet/table/schema.js';
import {reportOf} from '../../source/metrics/report/report.js';
import {resolveWindow} from '../../source/metrics/windows/window.js';
import {begin, hosts, json, namedStore, prices, read, send, sentRows, writeBackend} from './fleet.js';

/** What of the npm package `chdb`, a current ClickHouse in this process, is used here. */
type Chdb = {
	readonly Session: new (path: string) => {query(sql: string, format?: string): string; cleanup(): void};
};

/** It has half a gigabyte, so that it is no dependency: undefined where it was not installed beside. A skip is not silent. */
const chdb = ((): Chdb | undefined => {
	try {
		return createRequire(import.meta.url)('chdb') as Chdb;
	} catch {
		console.warn(
			'SKIPPED: the SQL of a fleet on a current ClickHouse, which needs the npm package chdb (npm install --no-save chdb).',
		);
		return undefined;
	}
})();

describe.skipIf(!chdb)('a fleet on a current ClickHouse', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-dialect-'));

	afterAll(() => rmSync(folder, {recursive: true, force: true}));

	test('its statements run, and say what one machine with all logs would, from rows and from sums', async () => {
		const session = new (chdb as Chdb).Session(join(folder, 'data'));
		for (const statement of createTables('hitrate', undefined)) {
			session.query(statement);
		}
		session.query('USE hitrate');
		const client = {
			rows: async (sql: string): Promise<readonly (readonly unknown[])[]> =>
				JSON.parse(session.query(sql, 'JSONCompact')).data,
			run: async (sql: string): Promise<void> => {
				session.query(sql);
			},
			insert: async (table: string, columns: readonly string[], rows: readonly object[]): Promise<void> => {
				const lines = rows.map(row => JSON.stringify(row)).join('\n');
				session.query(`INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONEachRow ${lines}`);
			},
		};
		const logs = hosts.map((_, host) => join(folder, `${host}.jsonl`));
		for (const log of logs) {
			writeFileSync(log, '');
		}
		writeBackend(
			host => logs[host] as string,
			(_, id) => id,
		);
		const expected = namedStore(await read(logs), logs);
		const now = begin + 30 * 86_400_000;
		const reportFrom = async (from: FleetLedger | typeof expected) =>
			json(await reportOf(from, resolveWindow({kind: 'all'}, now, expected.span), prices, now));
		await send(client, await sentRows(logs));
		const {settled} = await keepOnce(client, undefined, {now});
		expect(settled.mended).toBeGreaterThan(100);
		const {states, kept} = await hoursOf(client.rows);
		expect(kept.size).toBe(states.size);
		expect(await reportFrom(new FleetLedger(client))).toBe(await reportFrom(expected));
		await client.run('TRUNCATE TABLE summed_hour');
		expect(await reportFrom(new FleetLedger(client))).toBe(await reportFrom(expected));
		session.cleanup();
	});
});
