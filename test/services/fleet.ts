import {appendFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {agentTranscript} from '../../source/demo/agent-log.js';
import type {Clickhouse} from '../../source/fleet/table/clickhouse.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {uuidOf} from '../../source/fleet/table/key.js';
import {requestTable, tables} from '../../source/fleet/table/tables.js';
import {type Row, toRow} from '../../source/fleet/table/to-row.js';
import {versionOf} from '../../source/fleet/table/version.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Report} from '../../source/metrics/report/report.js';
import {laneOf} from '../../source/metrics/sums/parts.js';
import {toJson} from '../../source/output/json/json.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {ingestOptions} from '../ingest/options.js';
import {simulateBackend} from '../simulated/backend.js';
import {renderRecords} from '../simulated/render.js';

/** Hosts of a fleet, their logs, and what one machine with all of them would say. */

export const prices = priceList();
export const begin = Date.UTC(2026, 9, 1);
const calls = Number(process.env.HITRATE_FLEET_CALLS ?? 8000);
export const hosts = ['web1', 'web2', 'web3', "web'4"];
export const all = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};

const hashOf = (text: string): number =>
	[...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0, 2_166_136_261);

/** A backend's lines of usage, spread over hosts by what `keyOf` tells of a call. @param nameOf what threads are called */
export const writeBackend = (
	logOf: (host: number) => string,
	keyOf: (thread: string, id: string) => string,
	nameOf: (thread: string | undefined) => string | undefined = thread => thread,
): void => {
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
				thread_id: nameOf(thread),
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
export const writeAgentPress = (logOf: (host: number) => string): void => {
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
export const writeTranscripts = (logOf: (host: number) => string): void => {
	for (let host = 0; host < hosts.length; host++) {
		const transcript = agentTranscript(begin + (host + 1) * 7_234_567, host + 1);
		// Every call of an agent has an id of its own, whatever the host.
		writeFileSync(logOf(host), transcript.replaceAll(/"(msg|req)_/g, `"$1_${host}_`));
	}
};

/** What some logs hold, read by one machine. */
export const read = async (logs: readonly string[]): Promise<MemoryStore> => {
	const store = new MemoryStore(prices);
	const {sources} = await resolveSources(logs, {
		exec: [],
		stdin: () => process.stdin,
		resume: () => undefined,
		resumeRows: () => undefined,
	});
	const ingest = new Ingest(store, ingestOptions);
	await ingest.read(sources);
	return store;
};

/** A row as a host sends it. */
type SentRow = Row & {readonly received: string};

/** What each host sends of its own log, in the order of arrival there. */
export const sentRows = async (logs: readonly string[]): Promise<readonly SentRow[]> => {
	const sent = logs.map(async (log, index) => {
		const counted = (await read([log])).requests(all, {}, Number.POSITIVE_INFINITY);
		return counted.map((one, place) => ({
			...toRow(one, {
				shipper: hosts[index] as string,
				place,
				ver: versionOf(begin, place + 1),
				price: laneOf(one.request, prices).price,
			}),
			received: '2026-10-02 00:00:00',
		}));
	});
	return (await Promise.all(sent)).flat();
};

/** Puts rows into the table. */
export const send = (client: Pick<Clickhouse, 'insert'>, rows: readonly SentRow[]): Promise<void> =>
	client.insert(requestTable, [...shippedColumns, 'received'], rows);

/** A fleet without anything in it. */
export const emptyFleet = async (client: Clickhouse): Promise<void> => {
	for (const {name} of tables) {
		await client.run(`TRUNCATE TABLE ${name}`);
	}
};

/** Each host reads its own log and sends what it tells; nothing else is in the fleet. */
export const ship = async (client: Clickhouse, logs: readonly string[]): Promise<void> => {
	await emptyFleet(client);
	await send(client, await sentRows(logs));
};

/** A report as JSON, but for the names that tell where it was computed. */
export const json = (report: Report): string => {
	const {generated_at: _, ...whole} = toJson(report, {
		zone: 'UTC',
		prices,
		readings: [],
		problems: [],
		events: true,
	}) as Record<string, unknown>;
	return JSON.stringify(whole);
};

/** All that a store of all logs holds, with what a fleet calls requests, logs and hosts. */
export const namedStore = (one: MemoryStore, logs: readonly string[]): MemoryStore => {
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
	return named;
};
