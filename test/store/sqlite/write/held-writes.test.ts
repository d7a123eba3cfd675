import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {HeldWrites} from '../../../../source/store/sqlite/write/held-writes.js';
import {withFolder} from '../../../support/program.js';
import {until} from '../../../support/until.js';
import {batchSize, requestsOfBatch, writtenLog} from '../written.js';

const open = (path: string) => openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});

const batch = (number: number) => ({
	changes: requestsOfBatch(number).map(request => ({kind: 'put' as const, log: writtenLog, request})),
	cursors: [{log: writtenLog, cursor: {batch: number}}],
});

test('writes that more follows are saved together with the last, when something is asked, or after a moment', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const [one, other] = [open(path), open(path)];
		one.commit(batch(0), true);
		expect(other.total).toBe(0);
		one.commit(batch(1));
		expect(other.total).toBe(2 * batchSize);
		one.commit(batch(2), true);
		expect(one.cursor(writtenLog.id)).toEqual({batch: 2});
		expect(other.total).toBe(2 * batchSize);
		expect(one.total).toBe(3 * batchSize);
		expect(other.total).toBe(3 * batchSize);
		one.commit(batch(3), true);
		await until(() => expect(other.total).toBe(4 * batchSize));
		one.commit(batch(4), true);
		one.close();
		expect(other.total).toBe(5 * batchSize);
		other.close();
	}));

test('many requests at once are the same rows where there is no folder for temporary files', () =>
	withFolder(async folder => {
		const batches = Array.from({length: 30}, (_, number) => batch(number));
		const kept = [folder, join(folder, 'missing')].map((temporary, index) => {
			vi.stubEnv('TMPDIR', temporary);
			const path = join(folder, `${index}.db`);
			const store = open(path);
			for (const half of [batches.slice(0, 15), batches.slice(15)]) {
				const changes = half.flatMap(part => part.changes);
				store.commit({changes, cursors: half.at(-1)?.cursors ?? []}, true);
			}
			store.close();
			vi.unstubAllEnvs();
			const database = new Connection(path);
			const tables = ['request', 'lane_sum', 'thread_sum', 'log_sum', 'thread', 'lane', 'log'];
			const rows = tables.map(table => database.rows(`SELECT * FROM ${table}`));
			database.close();
			return rows;
		});
		expect(kept[0]?.[0]?.length).toBe(30 * batchSize);
		expect(kept[1]).toEqual(kept[0]);
	}));

test('what cannot be saved after a moment is told at the next call, once', async () => {
	let tries = 0;
	const held = new HeldWrites(() => {
		tries++;
		throw new Error('disk full');
	});
	held.hold();
	await until(() => expect(tries).toBe(1));
	expect(held.areHeld).toBe(false);
	expect(() => held.settle()).toThrow('disk full');
	held.settle();
	expect(tries).toBe(1);
});
