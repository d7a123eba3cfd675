import {spawn} from 'node:child_process';
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, describe, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {keepOnce} from '../../source/fleet/keep/keeper.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import type {Clickhouse} from '../../source/fleet/table/clickhouse.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {hourOf} from '../../source/fleet/table/key.js';
import {requestTable} from '../../source/fleet/table/tables.js';
import {type Row, toRow} from '../../source/fleet/table/to-row.js';
import {versionOf} from '../../source/fleet/table/version.js';
import type {Ledger} from '../../source/metrics/ledger.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {reportOf} from '../../source/metrics/report/report.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from '../services/clickhouse.js';
import {freePort} from '../services/prometheus.js';
import {cliPath, environment} from '../support/program.js';
import {until} from '../support/until.js';
import {scale} from './scale.js';
import {add, median, print, quantile} from './table.js';

const hour = 3_600_000;
const days = 30;
const hosts = 1000;
const batch = 20_000;
/** Ends with a whole hour in the past, so that sums of all hours can be made. */
const end = (hourOf(Date.now()) - 1) * hour;
const prices = priceList();
const models = ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-1', 'gpt-5'];
/** Of a report, what is answered from sums; `parts` in one statement with the window before it and the slices. */
const asked = ['parts', 'hosts', 'projects', 'sources', 'threads'] as const;
/** No fleet is larger here. */
const largest = 6_000_000;
/** Requests of a thread, and the hours in which they come. */
const ofThread = 20;
const hoursOfThread = 4;

/** Requests of a thousand hosts, by time, in batches. */
function* batches(requests: number): Generator<readonly Row[]> {
	const random = createRandom(11);
	let rows: Row[] = [];
	const alive = (requests / ofThread) * (hoursOfThread / (days * 24));
	for (let place = 0; place < requests; place++) {
		const thread = Math.floor(place / ofThread + random.next() * alive);
		const host = thread % hosts;
		const request = {
			id: `request-${place}`,
			time: Math.floor(end - days * 24 * hour + (place / requests) * days * 24 * hour),
			thread: `thread-${thread}`,
			project: undefined,
			source: '/srv/app/worker.log',
			host: undefined,
			model: models[thread % models.length],
			plan: undefined,
			usage: {
				uncached: Math.floor(random.next() * 300),
				cacheRead: 20_000 + Math.floor(random.next() * 30_000),
				cacheWrite5m: Math.floor(random.next() * 2000),
				cacheWrite1h: 0,
				output: Math.floor(random.next() * 900),
				accuracy: 'exact' as const,
			},
			missReason: undefined,
			rebuilt: false,
		};
		const facts = {gap: 60_000, loss: undefined, small: undefined, cold: undefined, readFiveMinutes: 0, readOneHour: 0};
		rows.push(
			toRow(
				{request, facts},
				{shipper: `web${host}`, ver: versionOf(end, place + 1), place, price: prices.of(request)},
			),
		);
		if (rows.length === batch || place === requests - 1) {
			yield rows;
			rows = [];
		}
	}
}

/** How long the questions of a window take that a report asks together, milliseconds. */
const windowFigure = async (client: Clickhouse, length: number): Promise<string> => {
	const ledger = new FleetLedger(client);
	const taken = new Map<string, number[]>(asked.map(name => [name, []]));
	const timed: Ledger = {
		ask: async choose => {
			const moment = await ledger.ask(choose);
			for (const [name, times] of taken) {
				times.push(moment.took[name] ?? Number.NaN);
			}
			return moment;
		},
	};
	// Neither edge is that of an hour.
	const window = {from: end - length - 777_777, to: end - 777_777, name: 'custom'};
	for (let run = 0; run < scale.runs; run++) {
		await reportOf(timed, window, prices, end, {most: 1000, mostThreads: 1000});
	}
	return `${[...taken].map(([name, times]) => `${name} ${Math.round(median(times))}`).join(', ')} ms`;
};

afterAll(() => print('A fleet on ClickHouse'));

describe.skipIf(!hasClickhouse())('a fleet', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-fleet-'));
	let server: ClickhouseServer;

	afterAll(async () => {
		await server?.kill();
		rmSync(folder, {recursive: true, force: true});
	});

	test.each(scale.requests.filter(requests => requests >= 100_000).map(requests => Math.min(requests, largest)))(
		'%i requests of a thousand hosts',
		{timeout: 7_200_000},
		async requests => {
			await server?.kill();
			server = await startClickhouse(join(folder, String(requests)));
			const {client} = server;
			const many = `${requests.toLocaleString('en')} requests of ${hosts.toLocaleString('en')} hosts`;
			let taken = 0;
			for (const rows of batches(requests)) {
				const start = performance.now();
				await client.insert(requestTable, shippedColumns, rows);
				taken += performance.now() - start;
			}
			add({
				what: `inserting ${many}, ${batch.toLocaleString('en')} at a time`,
				goal: '',
				figure: `${Math.round((requests / taken) * 1000)} a second`,
			});
			const bytesOf = async (condition: string) =>
				Number(
					(
						await client.rows(
							`SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase() AND ${condition}`,
						)
					)[0]?.[0],
				);
			await client.run(`OPTIMIZE TABLE ${requestTable} FINAL`);
			const windows = {'1h': hour, '24h': 24 * hour, '30d': days * 24 * hour} as const;
			for (const [name, length] of Object.entries(windows)) {
				add({what: `${name} of ${many}, from requests`, goal: '', figure: await windowFigure(client, length)});
			}
			const start = performance.now();
			await keepOnce(client, undefined);
			add({what: `summing ${many}`, goal: '', figure: `${((performance.now() - start) / 1000).toFixed(1)} s`});
			for (const [name, length] of Object.entries(windows)) {
				add({
					what: `${name} of ${many}, from sums`,
					goal: 'parts ≤ 150 ms',
					figure: await windowFigure(client, length),
				});
			}
			const [ofRequests, ofSums] = [await bytesOf("table = 'request'"), await bytesOf("table != 'request'")];
			add({
				what: `size of one of ${many}`,
				goal: '',
				figure: `${(ofRequests / requests).toFixed(0)} bytes, and ${(ofSums / requests).toFixed(0)} in sums`,
			});
		},
	);

	test('from a line on a host to a row in the table', {timeout: 600_000}, async () => {
		const {client, address} = server;
		const log = join(folder, 'worker.jsonl');
		writeFileSync(log, '');
		const listen = `127.0.0.1:${await freePort()}`;
		const serving = spawn(process.execPath, [cliPath, 'serve', '--listen', listen, '--ship', address, log], {
			env: environment({XDG_DATA_HOME: join(folder, 'data'), HOME: folder}),
			stdio: 'ignore',
		});
		const read: number[] = [];
		const arrived: number[] = [];
		try {
			const countRead = async () => {
				const metrics = await (await fetch(`http://${listen}/metrics`)).text();
				return Number(/^hitrate_requests_total(?:\{[^}]*\})? (\d+)/m.exec(metrics)?.[1] ?? 0);
			};
			await until(countRead);
			for (let line = 1; line <= 30; line++) {
				const usage = {input_tokens: 10, cache_read_input_tokens: 1000, output_tokens: 5};
				const start = performance.now();
				appendFileSync(
					log,
					`${JSON.stringify({timestamp: new Date().toISOString(), request_id: `fresh-${line}`, thread_id: 'fresh', model: models[0], usage})}\n`,
				);
				while ((await countRead()) < line) {}
				read.push(performance.now() - start);
				for (;;) {
					const [[count] = []] = await client.rows(
						`SELECT count() FROM ${requestTable} WHERE hour >= ${hourOf(Date.now()) - 1} AND thread = '"fresh"'`,
					);
					if (Number(count) >= line) {
						break;
					}
				}
				arrived.push(performance.now() - start);
			}
		} finally {
			serving.kill('SIGKILL');
		}
		for (const [what, times, goal] of [
			['from a line to the numbers of its host', read, ''],
			['from a line to a row in the table of the fleet', arrived, 'p50 ≤ 1 s'],
		] as const) {
			add({
				what,
				goal,
				figure: `p50 ${Math.round(median(times))} ms, p99 ${Math.round(quantile(times, 0.99))} ms`,
			});
		}
	});
});
