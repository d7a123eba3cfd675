import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {clearSums} from '../../source/fleet/keep/clear-sums.js';
import {keepOnce} from '../../source/fleet/keep/keeper.js';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {hoursOf} from '../../source/fleet/reading/hours.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {reportOf} from '../../source/metrics/report/report.js';
import {resolveWindow} from '../../source/metrics/windows/window.js';
import type {MemoryStore} from '../../source/store/memory/memory-store.js';
import {cliPath, environment, run} from '../support/program.js';
import {until} from '../support/until.js';
import {hasClickhouse, useClickhouse} from './clickhouse.js';
import {startProxy} from './faulty-proxy.js';
import {begin, emptyFleet, hosts, json, namedStore, prices, read, send, sentRows, writeBackend} from './fleet.js';
import {freePort} from './prometheus.js';

describe.skipIf(!hasClickhouse())('threads that several hosts served', () => {
	let logs: readonly string[] = [];
	let expected: MemoryStore;
	let rows: Awaited<ReturnType<typeof sentRows>>;
	/** How many rows say that they were settled, once all threads are. */
	let settledInAll: number;
	const fleet = useClickhouse('fleet-keep', async ({client}, folder) => {
		logs = hosts.map((_, host) => join(folder, `${host}.jsonl`));
		for (const log of logs) {
			writeFileSync(log, '');
		}
		// Names so long that settling takes several statements.
		writeBackend(
			host => logs[host] as string,
			(_, id) => id,
			thread => thread && `${thread} ${'of a long name '.repeat(30)}`,
		);
		expected = namedStore(await read(logs), logs);
		rows = await sentRows(logs);
		await emptyFleet(client);
		await send(client, rows);
		await settle(client, undefined);
		const [[count] = []] = await client.rows('SELECT count() FROM request FINAL WHERE bitAnd(ver, 255) > 0');
		settledInAll = Number(count);
	});

	beforeEach(async () => {
		await emptyFleet(fleet.server.client);
		await send(fleet.server.client, rows);
	});

	/** What one machine with all logs says. */
	let right: string | undefined;
	const now = begin + 30 * 86_400_000;
	const reportFrom = async (from: FleetLedger | MemoryStore) => {
		const window = resolveWindow({kind: 'all'}, now, expected.span);
		return reportOf(from, window, prices, now, {});
	};
	/** What the report says with sums, and from rows alone. */
	const recounted = async (): Promise<readonly [ofSums: string, ofRows: string]> => {
		const {client} = fleet.server;
		const summed = await reportFrom(new FleetLedger(client));
		const alone = await reportFrom(
			new FleetLedger({rows: sql => (sql.includes('FROM summed_hour') ? Promise.resolve([]) : client.rows(sql))}),
		);
		expect(summed.count).toBe(expected.total);
		return [json(summed), json(alone)];
	};
	const isRight = async (): Promise<boolean> => {
		right ??= json(await reportFrom(expected));
		return json(await reportFrom(new FleetLedger(fleet.server.client))) === right;
	};

	test('are reported until they are settled', async () => {
		const before = await reportFrom(new FleetLedger(fleet.server.client));
		expect(before.problems).toMatchObject([
			{kind: 'not-settled', message: expect.stringContaining('run hitrate fleet keep')},
		]);
		expect(await isRight()).toBe(false);
		const first = await settle(fleet.server.client, undefined);
		expect(first.mended).toBeGreaterThan(100);
		expect((await reportFrom(new FleetLedger(fleet.server.client))).problems).toEqual([]);
		expect(await isRight()).toBe(true);
		expect(await settle(fleet.server.client, undefined)).toMatchObject({requests: first.requests, mended: 0});
		expect(await settle(fleet.server.client, first.until)).toMatchObject({threads: 0, mended: 0});
	});

	test('are settled by two at once as by one', async () => {
		await Promise.all([settle(fleet.server.client, undefined), settle(fleet.server.client, undefined)]);
		expect(await isRight()).toBe(true);
		expect(await settle(fleet.server.client, undefined)).toMatchObject({mended: 0});
	});

	test('what a host sends again wins, and is settled again', async () => {
		const unsettled = await fleet.server.client.rows(
			'SELECT toString(id), toString(ver) FROM request FINAL WHERE cause > 0 LIMIT 200',
		);
		await settle(fleet.server.client, undefined);
		const names = shippedColumns.join(', ');
		const ids = unsettled.map(([id]) => `'${id}'`).join(', ');
		// As each host saw them, under a later number of its outbox.
		await fleet.server.client.run(
			`INSERT INTO request (${names}, received) SELECT ${names.replace('ver,', 'ver + 1000000 * 256,')}, now() FROM request WHERE bitAnd(ver, 255) = 0 AND toString(id) IN (${ids})`,
		);
		expect(await isRight()).toBe(false);
		expect((await settle(fleet.server.client, undefined)).mended).toBeGreaterThan(0);
		expect(await isRight()).toBe(true);
	});

	test('are settled by the next pass where one ended between two batches', async () => {
		let left = 3;
		const ending = {
			rows: (...given: Parameters<typeof fleet.server.client.rows>) => fleet.server.client.rows(...given),
			insert: async (...given: Parameters<typeof fleet.server.client.insert>) => {
				if (left-- === 0) {
					throw new Error('killed');
				}
				await fleet.server.client.insert(...given);
			},
		};
		await expect(settle(ending, undefined, {batch: 300})).rejects.toThrow('killed');
		expect(await isRight()).toBe(false);
		const {mended} = await settle(fleet.server.client, undefined, {batch: 300});
		expect(mended).toBeGreaterThan(0);
		expect(await isRight()).toBe(true);
	});

	test('obsolete sums are deleted, and a reader in the middle of them gets the same answer', {
		timeout: 300_000,
	}, async () => {
		const {client} = fleet.server;
		await keepOnce(client, undefined, {now});
		/** What a reader was told of sums and hours before they changed. */
		const told = new Map<string, ReturnType<typeof client.rows>>();
		const late = new FleetLedger({
			rows: sql => {
				if (!/FROM summed_hour|intHash64\(ver\)/.test(sql)) {
					return client.rows(sql);
				}
				const answer = told.get(sql) ?? client.rows(sql);
				told.set(sql, answer);
				return answer;
			},
		});
		right ??= json(await reportFrom(expected));
		expect(json(await reportFrom(late))).toBe(right);
		await send(
			client,
			rows.map(row => ({...row, ver: String(BigInt(String(row.ver)) + (1n << 40n))})),
		);
		const namesIn = async (table: string) =>
			(await client.rows(`SELECT DISTINCT hour, toString(gen) FROM ${table}`)).map(String).sort();
		const before = await namesIn('lane_sum');
		await until(async () => {
			await keepOnce(client, undefined, {now});
			const {states, kept, days} = await hoursOf(sql => client.rows(sql));
			expect([kept.size, days.size]).toEqual([states.size, 1]);
		});
		// None is so old.
		expect(await clearSums(client)).toBe(0);
		expect(await clearSums(client, {age: -60_000})).toBeGreaterThanOrEqual(before.length);
		const {kept, days} = await hoursOf(sql => client.rows(sql));
		const holding = [...[...kept].map(([hour, {gen}]) => [hour, gen]), ...days].map(String).sort();
		for (const table of ['summed_hour', 'lane_sum', 'log_sum', 'thread_sum']) {
			await until(async () => expect(await namesIn(table), table).toEqual(holding));
		}
		expect(before.some(name => holding.includes(name))).toBe(false);
		expect(json(await reportFrom(late))).toBe(right);
		expect(await isRight()).toBe(true);
		expect(await clearSums(client, {age: -60_000})).toBe(0);
	});

	const statements = [
		['INSERT INTO request', 0],
		['INSERT INTO request', 1],
		['INSERT INTO lane_sum', 0],
		['INSERT INTO log_sum', 0],
		['INSERT INTO thread_sum', 0],
		['INSERT INTO summed_hour', 0],
		// Of the day.
		['INSERT INTO log_sum', 1],
		['INSERT INTO thread_sum', 1],
		['INSERT INTO summed_hour', 1],
	] as const;

	test('are settled and summed, whatever is killed within which statement', {timeout: 1_800_000}, async () => {
		const {server} = fleet;
		const port = new URL(server.address.replace('clickhouse+', '')).port;
		const proxy = await startProxy(Number(port));
		onTestFinished(() => proxy.close());
		const through = server.address.replace(`:${port}/`, `:${proxy.port}/`);
		const countOf = async (sql: string) => Number((await server.client.rows(sql))[0]?.[0]);
		const fell = {halfSettled: 0, sumsWithoutTheirEnd: 0, lanesWithoutLogs: 0, summedWithoutDay: 0};
		let kills = 0;
		for (const [beginning, passing] of statements) {
			for (const [victim, when] of [
				['keeper', 'after'],
				['server', 'before'],
			] as const) {
				await emptyFleet(server.client);
				await send(server.client, rows);
				const keeper = spawn(process.execPath, [cliPath, 'fleet', 'keep', '--once', through], {
					env: environment(),
					stdio: 'ignore',
				});
				const ended = new Promise(resolve => keeper.once('exit', resolve));
				let killed: Promise<unknown> | undefined;
				const kill = (): Promise<unknown> => {
					if (victim === 'keeper') {
						keeper.kill('SIGKILL');
					}
					killed = victim === 'server' ? server.kill() : ended;
					return killed;
				};
				void proxy.fail(when === 'before' ? {before: kill} : {after: kill}, beginning, passing);
				await ended;
				expect(killed, `${beginning} ${passing}`).toBeDefined();
				await killed;
				kills++;
				if (victim === 'server') {
					await server.start();
				}
				const settledRows = await countOf('SELECT count() FROM request FINAL WHERE bitAnd(ver, 255) > 0');
				fell.halfSettled += settledRows > 0 && settledRows < settledInAll ? 1 : 0;
				const [lanes, logs, hours, days] = await Promise.all([
					countOf('SELECT uniqExact(gen) FROM lane_sum'),
					countOf('SELECT uniqExact(gen) FROM log_sum'),
					countOf('SELECT count() FROM summed_hour WHERE hours = 1'),
					countOf('SELECT count() FROM summed_hour WHERE hours = 24'),
				]);
				fell.lanesWithoutLogs += lanes > logs ? 1 : 0;
				fell.sumsWithoutTheirEnd += lanes > 0 && hours === 0 ? 1 : 0;
				fell.summedWithoutDay += hours > 0 && days === 0 ? 1 : 0;
				// Sums that are read equal a recount from rows alone, whatever was left behind.
				const [ofSums, ofRows] = await recounted();
				expect(ofSums).toBe(ofRows);
				// Replaced rows that the server merges away set sums aside once more.
				await until(async () => {
					await keepOnce(server.client, undefined, {now});
					const {states, kept} = await hoursOf(sql => server.client.rows(sql));
					expect(kept.size).toBe(states.size);
				});
				expect(await isRight(), `${victim} killed ${when} ${beginning} ${passing}`).toBe(true);
			}
		}
		console.info(`${kills} killed:`, fell);
		expect(kills).toBe(statements.length * 2);
		expect(Object.values(fell).every(count => count > 0)).toBe(true);
	});

	test('serve asks with the password of its environment', {timeout: 120_000}, async () => {
		const listen = `127.0.0.1:${await freePort()}`;
		const serving = spawn(process.execPath, [cliPath, 'serve', '--listen', listen, fleet.server.address], {
			env: environment({HITRATE_CLICKHOUSE_PASSWORD: 'wrong'}),
			stdio: 'ignore',
		});
		onTestFinished(() => {
			serving.kill('SIGKILL');
		});
		// The user of the server has none.
		await until(async () => {
			expect(await (await fetch(`http://${listen}/metrics`)).text()).toContain('wrong password');
		});
	});

	test('a server that is gone is said, and never taken for zero', {timeout: 120_000}, async () => {
		const {server} = fleet;
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
