import {appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';

import {agentTranscript} from '../../source/demo/agent-log.js';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {uuidOf} from '../../source/fleet/table/key.js';
import {toRow} from '../../source/fleet/table/to-row.js';
import {versionOf} from '../../source/fleet/table/version.js';
import {formats} from '../../source/formats/table.js';
import {Ingest} from '../../source/ingest/ingest.js';
import type {Filter} from '../../source/metrics/filter.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {laneOf} from '../../source/metrics/parts.js';
import {reportOf} from '../../source/metrics/report.js';
import {resolveWindow, type Span, type WindowChoice} from '../../source/metrics/windows/window.js';
import {toJson} from '../../source/output/json/json.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {MemoryStore} from '../../source/store/memory.js';
import {utc} from '../../source/time/stamp.js';
import {simulateBackend} from '../simulated/backend.js';
import {renderRecords} from '../simulated/render.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from './clickhouse.js';

const prices = priceList();
const begin = Date.UTC(2026, 9, 1);
const calls = Number(process.env.HITRATE_FLEET_CALLS ?? 8000);
const hosts = ['web1', 'web2', 'web3', "web'4"];
const all = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};

const hashOf = (text: string): number =>
	[...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0, 2_166_136_261);

/** A backend's lines of usage, spread over hosts by what `keyOf` tells of a call. */
const writeBackend = (logOf: (host: number) => string, keyOf: (thread: string, id: string) => string): void => {
	let place = 0;
	for (const step of simulateBackend({
		seed: 21,
		start: begin,
		limit: calls,
		requestsPerSecond: 0.4,
		threads: 60,
		generation: '2025-10-16',
	})) {
		for (const {usage, time, thread, model} of step.requests) {
			const id = `req_${String(place++).padStart(9, '0')}`;
			if (!usage) {
				continue;
			}
			const line = {
				timestamp: new Date(time).toISOString(),
				level: 'info',
				msg: 'llm call',
				request_id: id,
				thread_id: thread,
				model,
				usage: {
					input_tokens: usage.uncached,
					cache_read_input_tokens: usage.cacheRead,
					cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
					output_tokens: usage.output,
				},
			};
			appendFileSync(logOf(hashOf(keyOf(String(thread), id)) % hosts.length), `${JSON.stringify(line)}\n`);
		}
	}
};

/** Logs of AgentPress as it logged at some times, each from another host. */
const generations = ['2025-09-19', '2025-10-01', '2025-10-16', '2025-12-18'] as const;
const writeAgentPress = (logOf: (host: number) => string): void => {
	for (const [index, generation] of generations.entries()) {
		const steps = simulateBackend({
			seed: index + 1,
			start: begin,
			limit: calls / 4,
			requestsPerSecond: 0.2,
			threads: 40,
			generation,
		});
		writeFileSync(
			logOf(index),
			[...steps].map(({records}) => renderRecords(records, 'json', {exceptions: 'dicts'})).join(''),
		);
	}
};

/** Sessions of coding agents, which go on from one host on another. */
const writeTranscripts = (logOf: (host: number) => string): void => {
	for (let host = 0; host < hosts.length; host++) {
		const transcript = agentTranscript(begin + (host + 1) * 7_234_567, host + 1);
		// Every call of an agent has an id of its own, whatever the host.
		writeFileSync(logOf(host), transcript.replaceAll(/"(msg|req)_/g, `"$1_${host}_`));
	}
};

/** What some logs hold, read by one machine. */
const read = async (logs: readonly string[]): Promise<MemoryStore> => {
	const store = new MemoryStore(prices);
	const {sources} = await resolveSources(logs, {
		exec: [],
		stdin: () => process.stdin,
		resume: () => undefined,
		resumeRows: () => undefined,
	});
	const ingest = new Ingest(store, {
		formats,
		now: Date.now,
		localTime: utc,
		promptTokens: undefined,
		onChange: () => {},
	});
	await ingest.read(sources);
	return store;
};

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

	/** Each host reads its own log and sends what it tells. */
	const ship = async (logs: readonly string[]): Promise<void> => {
		await server.client.run('TRUNCATE TABLE request');
		for (const [index, log] of logs.entries()) {
			const counted = (await read([log])).requests(all, {}, Number.POSITIVE_INFINITY);
			const rows = counted.map((one, place) =>
				toRow(one, {
					shipper: hosts[index] as string,
					place,
					ver: versionOf(begin, place + 1),
					price: laneOf(one.request, prices).price,
				}),
			);
			await server.client.insert('request', shippedColumns, rows);
		}
	};

	/** A report as JSON, but for the names that tell where it was computed. */
	const json = (report: Parameters<typeof toJson>[0]): string => {
		const {generated_at: _, ...whole} = toJson(report, {
			zone: 'UTC',
			prices,
			readings: [],
			problems: [],
			events: true,
		}) as Record<string, unknown>;
		return JSON.stringify(whole);
	};

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

	for (const [name, write] of Object.entries(backends)) {
		test(name, {timeout: 600_000}, async () => {
			const place = join(folder, name.replaceAll(' ', '-'));
			const logs = hosts.map((_, host) => join(place, `${host}.jsonl`));
			mkdirSync(place);
			for (const log of logs) {
				writeFileSync(log, '');
			}
			write(host => logs[host] as string);
			await ship(logs);
			const first = await settle(server.client, undefined);
			const second = await settle(server.client, undefined);
			expect(second.mended).toBe(0);
			console.info(name, first);

			const one = await read(logs);
			// What a fleet calls a request, a log and a host.
			const hostOf = (source: string) => hosts[logs.findIndex(log => log.endsWith(source))] as string;
			const named = new MemoryStore(prices);
			named.commit({
				changes: one.requests(all, {}, Number.POSITIVE_INFINITY).map(({request}) => ({
					kind: 'put',
					log: {id: request.source, name: request.source},
					request: {
						...request,
						id: uuidOf(request.id),
						host: hostOf(request.source),
						source: `${hostOf(request.source)}:${request.source}`,
					},
				})),
				cursors: [],
			});
			const ledger = new FleetLedger(server.client);
			const now = begin + 30 * 86_400_000;
			for (const [label, choice, filter] of cases) {
				const window = resolveWindow(choice(one.span), now, one.span);
				const [fleet, alone] = await Promise.all(
					[ledger, named].map(from => reportOf(from, window, prices, now, {filter})),
				);
				const [found, expected] = [json(fleet as never), json(alone as never)];
				console.info(`${name}, ${label}: ${fleet?.count} requests, ${expected.length} bytes`);
				expect(fleet?.total).toBeGreaterThan(100);
				expect(JSON.parse(found), label).toEqual(JSON.parse(expected));
				expect(found === expected, `${label}, byte for byte`).toBe(true);
			}
		});
	}
});
