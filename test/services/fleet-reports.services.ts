import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {fleetPrices} from '../../source/fleet/reading/lists.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {literal} from '../../source/fleet/table/literal.js';
import type {Filter} from '../../source/metrics/filter.js';
import {type Report, reportOf} from '../../source/metrics/report.js';
import {resolveWindow, type Span, type WindowChoice} from '../../source/metrics/windows/window.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from './clickhouse.js';
import {
	begin,
	hosts,
	json,
	namedStore,
	prices,
	read,
	ship,
	writeAgentPress,
	writeBackend,
	writeTranscripts,
} from './fleet.js';

describe.skipIf(!hasClickhouse())('the report of a fleet is that of one machine with all logs', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-fleet-reports-'));
	let server: ClickhouseServer;

	beforeAll(async () => {
		server = await startClickhouse(folder);
	});

	afterAll(async () => {
		await server?.kill();
		rmSync(folder, {recursive: true, force: true});
	});

	const cases: readonly (readonly [string, (span: Span) => WindowChoice, Filter])[] = [
		['all', () => ({kind: 'all'}), {}],
		[
			'an odd window',
			span => ({kind: 'between', from: (span?.first ?? 0) + 3_123_123, to: (span?.last ?? 0) - 1_777_777}),
			{},
		],
		['a model', () => ({kind: 'all'}), {model: 'HAIKU'}],
		[
			'a piece of anything, in a window with one before it',
			span => ({kind: 'between', from: ((span?.first ?? 0) + (span?.last ?? 0)) / 2, to: span?.last}),
			{text: 'A'},
		],
		['a thread', () => ({kind: 'all'}), {thread: '1'}],
		['a host', () => ({kind: 'all'}), {host: 'web2'}],
	];

	const backends = {
		'each thread on one host': (logOf: (host: number) => string) => writeBackend(logOf, thread => thread),
		'threads scattered over hosts': (logOf: (host: number) => string) => writeBackend(logOf, (_, id) => id),
		AgentPress: writeAgentPress,
		transcripts: writeTranscripts,
	};

	test('single requests cost what their hosts say', async () => {
		const log = join(folder, 'priced.jsonl');
		writeFileSync(log, '');
		writeBackend(
			() => log,
			() => '',
		);
		await ship(server.client, [log]);
		// As a host with prices of its own would send them.
		const own = JSON.stringify(['1000000', '0', '1000000', '1000000', '0', 'own', 0]);
		const values = shippedColumns.map(name => (name === 'ver' ? 'ver + 256' : name === 'price' ? literal(own) : name));
		await server.client.run(
			`INSERT INTO request (${shippedColumns.join(', ')}) SELECT ${values.join(', ')} FROM request`,
		);
		const published = fleetPrices(prices);
		const report = await reportOf(
			new FleetLedger(server.client),
			{from: 0, to: begin * 2, name: 'all'},
			published,
			begin,
		);
		expect(published.of(report.requests[0] as never)).toMatchObject({from: 'own', input: 1_000_000n});
	});

	for (const [name, write] of Object.entries(backends)) {
		test(name, {timeout: 600_000}, async () => {
			const place = join(folder, name.replaceAll(' ', '-'));
			const logs = hosts.map((_, host) => join(place, `${host}.jsonl`));
			mkdirSync(place);
			for (const log of logs) {
				writeFileSync(log, '');
			}
			write(host => logs[host] as string);
			await ship(server.client, logs);
			const first = await settle(server.client, undefined);
			const second = await settle(server.client, undefined);
			expect(second.mended).toBe(0);
			console.info(name, first);

			const one = await read(logs);
			const named = namedStore(one, logs);
			const ledger = new FleetLedger(server.client);
			const now = begin + 30 * 86_400_000;
			for (const [label, choice, filter] of cases) {
				const window = resolveWindow(choice(one.span), now, one.span);
				const [fleet, alone] = await Promise.all(
					[ledger, named].map(from => reportOf(from, window, prices, now, {filter})),
				);
				const [found, expected] = [json(fleet as Report), json(alone as Report)];
				console.info(`${name}, ${label}: ${fleet?.count} requests, ${expected.length} bytes`);
				expect(fleet?.total).toBeGreaterThan(100);
				expect(JSON.parse(found), label).toEqual(JSON.parse(expected));
				expect(found === expected, `${label}, byte for byte`).toBe(true);
			}
		});
	}
});
