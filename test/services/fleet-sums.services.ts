import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {settle} from '../../source/fleet/keep/settle.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {listFrom, newestSql} from '../../source/fleet/reading/newest-requests.js';
import {sumsOf} from '../../source/fleet/reading/sums.js';
import {where} from '../../source/fleet/reading/where.js';
import {columns, shippedColumns} from '../../source/fleet/table/columns.js';
import {uuidOf} from '../../source/fleet/table/key.js';
import {toRow} from '../../source/fleet/table/to-row.js';
import type {Counted} from '../../source/metrics/breaks/facts.js';
import {type Filter, takenBy} from '../../source/metrics/filter.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {reportOf} from '../../source/metrics/report/report.js';
import {addRequest} from '../../source/metrics/sums/add-request.js';
import {measuresOf, noSums} from '../../source/metrics/sums/measure-sums.js';
import {totalOf} from '../../source/metrics/sums/parts.js';
import {inWindow, type Window} from '../../source/metrics/windows/window.js';
import {toJson} from '../../source/output/json/json.js';
import {untimed} from '../../source/request.js';
import {randomCounted} from '../support/random-requests.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from './clickhouse.js';

const all: Window = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};

describe.skipIf(!hasClickhouse())('rows of the fleet, asked in SQL', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-fleet-sums-'));
	let server: ClickhouseServer;

	beforeAll(async () => {
		server = await startClickhouse(folder);
	});

	afterAll(async () => {
		await server?.kill();
		rmSync(folder, {recursive: true, force: true});
	});

	/** Makes these the only rows. Requests of one key are one row: ids are made different. */
	const fill = async (given: readonly Counted[]): Promise<readonly Counted[]> => {
		await server.client.run('TRUNCATE TABLE request');
		const counted = given.map(({request, facts}, index) => ({request: {...request, id: `${index}`}, facts}));
		await server.client.insert(
			'request',
			shippedColumns,
			counted.map((one, place) => toRow(one, {shipper: 'web1', ver: '256', place, price: undefined})),
		);
		return counted;
	};

	test('every measure is what the program adds up', {timeout: 600_000}, async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(randomCounted, {minLength: 1, maxLength: 40}), async given => {
				const counted = await fill(given);
				const expected = noSums();
				for (const {request, facts} of counted) {
					addRequest(expected, request, facts);
				}
				const parts = await sumsOf(
					sql => server.client.rows(sql),
					{keys: [], by: [], detail: 'all'},
					{rows: where(all, {})},
				);
				expect(totalOf(parts)).toEqual(measuresOf(expected));
			}),
			{numRuns: 40},
		);
	});

	test('a window and a filter take the same requests', {timeout: 600_000}, async () => {
		const piece = fc.option(fc.constantFrom('a', 'E', '"', '\\', "'", 'claude', 'ä', 'Ä', 'ロ', 'web1:', '.'), {
			nil: undefined,
			freq: 1,
		});
		const filters: fc.Arbitrary<Filter> = fc.record({
			model: piece,
			project: piece,
			host: piece,
			agent: piece,
			provider: piece,
			thread: piece,
			text: piece,
		});
		const bounds = fc.oneof(fc.integer({min: 0, max: Date.UTC(2100, 0)}), fc.constantFrom(untimed, -1, 0, 8.64e15));
		const windows = fc.record({from: bounds, to: bounds, name: fc.constantFrom('all', 'custom')});
		await fc.assert(
			fc.asyncProperty(
				fc.array(randomCounted, {minLength: 1, maxLength: 40}),
				fc.array(fc.tuple(windows, filters), {minLength: 5, maxLength: 5}),
				async (given, asked) => {
					const counted = await fill(given);
					for (const [window, filter] of asked) {
						const inFleet = counted.map(({request}) => ({
							...request,
							source: `web1:${request.source}`,
							host: request.host ?? 'web1',
						}));
						const taken = takenBy(
							filter,
							() => new Set(inFleet.flatMap(({model, source}) => (model === undefined ? [] : source))),
						);
						const expected = inFleet.filter(one => inWindow(one.time, window) && taken(one, one.source, one.thread));
						const found = listFrom(await server.client.rows(newestSql(where(window, filter), 1000)));
						expect(found.map(({request}) => request.id).sort()).toEqual(expected.map(({id}) => uuidOf(id)).sort());
					}
				},
			),
			{numRuns: 40},
		);
	});

	test('a row that says anything breaks nothing', async () => {
		const [honest] = fc.sample(randomCounted, {numRuns: 1, seed: 5}) as [Counted];
		const thread = 'honest';
		const row = toRow(
			{...honest, request: {...honest.request, thread, time: 1_790_000_000_000}},
			{shipper: 'web1', ver: '256', place: 1, price: undefined},
		);
		const lies = ['no JSON', '{"a":1}', '[null]', '5', "'\\'", '\u001b[31m', '"\\ud800"', 'x'.repeat(10_000)];
		const texts = shippedColumns.filter(name => columns[name] === 'String' && name !== 'thread');
		await server.client.run('TRUNCATE TABLE request');
		await server.client.insert('request', shippedColumns, [
			row,
			...lies.flatMap((lie, at) => [
				{...row, ver: '512', thread: lie, place: at},
				...texts.map((name, index) => ({...row, ver: '512', [name]: lie, thread: JSON.stringify(`${at} ${index}`)})),
			]),
		]);
		const ledger = new FleetLedger(server.client);
		const report = await reportOf(
			ledger,
			{from: 0, to: 2_000_000_000_000, name: 'all'},
			priceList(),
			1_790_000_000_000,
		);
		expect(report.count).toBe(1 + lies.length * (texts.length + 1));
		expect(report.requests.some(one => one.thread === thread)).toBe(true);
		expect(report.requests.length).toBeLessThan(report.count);
		await settle(server.client, undefined);
		expect(toJson(report, {zone: 'UTC', prices: priceList(), readings: [], problems: [], events: true})).toMatchObject({
			total_events: report.count,
			left_out: {events: report.count - report.requests.length},
		});
	});
});
