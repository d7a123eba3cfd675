import {type ChildProcess, spawn} from 'node:child_process';
import {mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {build} from 'esbuild';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {checkStore} from '../../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {withFolder} from '../../support/program.js';
import {batchSize, requestsOfBatch, writtenLog} from './written.js';

const prices = priceList();
const open = (path: string) => openSqliteStore({path, sources: ['test'], prices, pricesFrom: 'test'});
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

const commit = (store: ReturnType<typeof open>, batch: number) =>
	store.commit({
		changes: requestsOfBatch(batch).map(request => ({kind: 'put', log: writtenLog, request})),
		cursors: [{log: writtenLog, cursor: {batch}}],
	});

/** The process that writes, as one file beside the packages that it loads. */
const bundle = async (folder: string): Promise<string> => {
	const outfile = join(folder, 'program', 'writing-process.mjs');
	mkdirSync(join(folder, 'program'));
	symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'program', 'node_modules'));
	await build({
		entryPoints: [join(import.meta.dirname, 'writing-process.ts')],
		bundle: true,
		format: 'esm',
		platform: 'node',
		outfile,
		external: ['libsql'],
	});
	return outfile;
};

const write = (program: string, path: string, first: number, last: number): ChildProcess =>
	spawn(process.execPath, [program, path, String(first), String(last)], {stdio: ['ignore', 'pipe', 'inherit']});

const ended = (child: ChildProcess): Promise<number | null> =>
	new Promise(resolve => child.on('exit', code => resolve(code)));

describe('a store in more than one hand', () => {
	test('two connections write turn by turn and see each other', async () => {
		await withFolder(async folder => {
			const path = join(folder, 'test.db');
			const [one, other] = [open(path), open(path)];
			for (let batch = 0; batch < 6; batch++) {
				const [writer, reader] = batch % 2 === 0 ? [one, other] : [other, one];
				const before = reader.version;
				commit(writer, batch);
				expect(reader.version).not.toBe(before);
				expect(reader.version).toBe(reader.version);
				expect(reader.total).toBe((batch + 1) * batchSize);
				expect(reader.cursor(writtenLog.id)).toEqual({batch});
				expect(reader.parts(all, {})).toEqual(writer.parts(all, {}));
				expect(reader.threads(all, {}, 9).count).toBe(7);
			}
			one.close();
			other.close();
			expect(checkStore(path)).toEqual([]);
		});
	});

	test('two processes write the same and other requests at once: each is counted once', async () => {
		await withFolder(async folder => {
			const path = join(folder, 'test.db');
			const program = await bundle(folder);
			const children = [write(program, path, 0, 30), write(program, path, 15, 45)];
			expect(await Promise.all(children.map(ended))).toEqual([0, 0]);
			const [store, alone] = [open(path), open(join(folder, 'alone.db'))];
			for (let batch = 0; batch < 45; batch++) {
				commit(alone, batch);
			}
			expect(store.total).toBe(45 * batchSize);
			expect(store.parts(all, {})).toEqual(alone.parts(all, {}));
			store.close();
			alone.close();
			expect(checkStore(path)).toEqual([]);
		});
	});

	test('a process killed while it writes leaves cursor, requests and sums that agree', async () => {
		await withFolder(async folder => {
			const path = join(folder, 'test.db');
			const program = await bundle(folder);
			let next = 0;
			for (let kill = 0; kill < 4; kill++) {
				const child = write(program, path, next, 1_000_000);
				let lines = 0;
				for await (const _line of createInterface({input: child.stdout as NodeJS.ReadableStream})) {
					// In the middle of what comes after the line.
					if (++lines === 3 + kill * 5) {
						child.kill('SIGKILL');
					}
				}
				expect(checkStore(path)).toEqual([]);
				const store = open(path);
				const {batch} = store.cursor(writtenLog.id) as {batch: number};
				expect(batch).toBeGreaterThanOrEqual(next + lines - 1);
				expect(store.total).toBe((batch + 1) * batchSize);
				store.close();
				next = batch + 1;
			}
		});
	});
});
