import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {keepShipping} from '../../../source/fleet/shipping/keep-shipping.js';
import {type OutboxFile, openOutbox} from '../../../source/fleet/shipping/outbox-file.js';
import type {Sender} from '../../../source/fleet/shipping/sender.js';
import {shipAll} from '../../../source/fleet/shipping/ship-all.js';
import {Shipper} from '../../../source/fleet/shipping/shipper.js';
import type {ShippingState} from '../../../source/fleet/shipping/shipping-state.js';
import {backOff} from '../../../source/fleet/table/back-off.js';
import {ClickhouseError} from '../../../source/fleet/table/clickhouse-error.js';
import {uuidOf} from '../../../source/fleet/table/key.js';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request} from '../../../source/request.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {removeStore} from '../../../source/store/sqlite/file/remove.js';
import {forgetLog} from '../../../source/store/sqlite/file/upkeep.js';
import {measured, testNow} from '../../support/requests.js';
import {until} from '../../support/until.js';

const log = {id: '/logs/a.log', name: 'a.log'};
const to = 'clickhouse+https://ch:8443/hitrate';
const web1: Sender = {shipper: 'web1', hashThreads: false};

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-shipping-'));
	path = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, {recursive: true}));

const keep = (requests: readonly Request[]): void => {
	const store = openSqliteStore({path, sources: [log.id], prices: priceList(), pricesFrom: 'test'});
	store.commit({changes: requests.map(request => ({kind: 'put', log, request})), cursors: []});
	store.close();
};
const some = (count: number, parts: (index: number) => Partial<Request> = () => ({})) =>
	Array.from({length: count}, (_, index) =>
		measured({cacheRead: 10, uncached: 5}, {id: `r${index}`, time: testNow + index, source: log.name, ...parts(index)}),
	);

/** A server that keeps what it is sent, and fails as it is told, before or after it kept it. */
const server = (failures: (ClickhouseError | undefined)[] = []) => {
	const statements: {readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[]}[] = [];
	return {
		statements,
		rows: (table = 'request') => statements.filter(one => one.table === table).flatMap(({rows}) => rows),
		insert: async (table: string, _columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]) => {
			statements.push({table, rows});
			const failure = failures.shift();
			if (failure) {
				throw failure;
			}
		},
	};
};

const shipperOf = ({outbox, store}: OutboxFile, clickhouse: ReturnType<typeof server>, sender = web1) =>
	new Shipper({outbox, clickhouse, sender, store, version: '1.2.3', now: () => testNow});

const shipOnce = async (clickhouse: ReturnType<typeof server>, sender = web1) => {
	const file = openOutbox(path, to, sender, testNow);
	const waits: number[] = [];
	try {
		const total = await shipAll({
			shipper: shipperOf(file, clickhouse, sender),
			onProgress: () => {},
			onFailure: () => {},
			wait: async time => waits.push(time),
			random: () => 1,
		});
		return {...total, waits, state: file.outbox.state};
	} finally {
		file.close();
	}
};

const passing = () => new ClickhouseError('ch:8443: connection refused', {isPassing: true});
const refused = () => new ClickhouseError('ch:8443: wrong password', {isPassing: false, code: 193});

describe('shipping once', () => {
	test("sends everything, reports the host's state, and sends nothing twice", async () => {
		keep(some(5));
		const clickhouse = server();
		expect(await shipOnce(clickhouse)).toMatchObject({sent: 5, forgotten: 0, waits: []});
		expect(clickhouse.rows().map(({id}) => id)).toEqual(some(5).map(({id}) => uuidOf(id)));
		expect(clickhouse.rows('host')).toEqual([
			{shipper: '"web1"', store: 'test', waiting: 0, sent: 5, dropped: 0, version: '1.2.3'},
		]);
		expect(await shipOnce(clickhouse)).toMatchObject({sent: 0});
	});

	test('waits longer and longer for a server, then gives up; nothing counts as sent', async () => {
		keep(some(3));
		const waits: number[] = [];
		const file = openOutbox(path, to, web1, testNow);
		await expect(
			shipAll({
				shipper: shipperOf(file, server(Array.from({length: 9}, passing))),
				onProgress: () => {},
				onFailure: () => {},
				wait: async time => waits.push(time),
				random: () => 1,
			}),
		).rejects.toThrow('connection refused');
		expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
		expect(file.outbox.state.waiting).toBe(3);
		file.close();
	});

	test('what was sent without an answer is sent again, as the same rows', async () => {
		keep(some(3));
		const clickhouse = server([passing()]);
		expect(await shipOnce(clickhouse)).toMatchObject({sent: 3, waits: [1000]});
		const [first, second] = clickhouse.statements;
		expect(second).toEqual(first);
	});

	test('a refusal is final', async () => {
		keep(some(1));
		await expect(shipOnce(server([refused()]))).rejects.toThrow('wrong password');
	});

	test('what a user forgets is a tombstone with the key of what was sent, also of a hashed thread', async () => {
		const sender = {...web1, hashThreads: true};
		keep(some(2, () => ({thread: 'secret', source: '/home/me/secret.jsonl'})));
		const clickhouse = server();
		await shipOnce(clickhouse, sender);
		forgetLog(path, log.id);
		expect(await shipOnce(clickhouse, sender)).toMatchObject({sent: 0, forgotten: 2});
		const [sent, , gone] = clickhouse.rows();
		const {day, hour, thread, time, id} = sent as Record<string, unknown>;
		expect(gone).toMatchObject({day, hour, thread, time, id, gone: 1});
		expect(BigInt(String(gone?.ver)) > BigInt(String(sent?.ver))).toBe(true);
		expect(JSON.stringify(clickhouse.statements)).not.toContain('secret');
	});

	test('a log whose times are spread over years is sent in several statements', async () => {
		keep(some(30, index => ({time: Date.UTC(2024, index, 2)})));
		const clickhouse = server();
		await shipOnce(clickhouse);
		const months = clickhouse.statements
			.filter(({table}) => table === 'request')
			.map(({rows}) => new Set(rows.map(({day}) => String(day).slice(0, 7))).size);
		expect(months).toEqual([12, 12, 6]);
	});
});

test('the wait between tries is doubled up to a minute, and differs from host to host', () => {
	expect([1, 2, 3, 7, 8, 5000].map(failures => backOff(failures, 1))).toEqual([
		1000, 2000, 4000, 60_000, 60_000, 60_000,
	]);
	expect(backOff(1, 0)).toBe(500);
});

describe('shipping for good', () => {
	const keepUp = (clickhouse: ReturnType<typeof server>) => {
		const ended = new AbortController();
		const states: ShippingState[] = [];
		const running = keepShipping({
			open: () => openOutbox(path, to, web1, testNow),
			shipperOf: file => shipperOf(file, clickhouse),
			onState: state => states.push(state),
			signal: ended.signal,
			now: Date.now,
			times: {look: 5, pause: 5},
			random: () => 0,
		});
		return {
			states,
			end: async () => {
				ended.abort();
				await running;
			},
		};
	};
	const ids = (clickhouse: ReturnType<typeof server>) => [...new Set(clickhouse.rows().map(({id}) => id))];

	test('sends what comes, and continues after failures', async () => {
		keep(some(3));
		const clickhouse = server([refused()]);
		const shipping = keepUp(clickhouse);
		await until(() => expect(shipping.states.at(-1)?.waiting).toBe(0));
		expect(shipping.states[0]).toMatchObject({problem: 'ch:8443: wrong password', failures: 1, waiting: 3});
		expect(shipping.states.at(-1)).toMatchObject({problem: undefined, failures: 1, sent: 3});
		keep(some(7));
		await until(() => expect(ids(clickhouse)).toHaveLength(7));
		await shipping.end();
	});

	test('a store that is deleted and rebuilt is shipped on, under later versions', async () => {
		keep(some(2));
		const clickhouse = server();
		const shipping = keepUp(clickhouse);
		await until(() => expect(ids(clickhouse)).toHaveLength(2));
		removeStore(path);
		keep(some(4));
		await until(() => expect(ids(clickhouse)).toHaveLength(4));
		await shipping.end();
	});
});
