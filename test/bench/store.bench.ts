import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {presetChoice, presets} from '../../source/metrics/windows/window.js';
import {Monitor} from '../../source/monitor/monitor.js';
import type {Request} from '../../source/request.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import type {Store} from '../../source/store/store.js';
import {utc} from '../../source/time/stamp.js';
import {scale} from './scale.js';
import {add, median, print} from './table.js';

const perThread = 20;
const day = 86_400_000;
const days = 90;
const models = ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5', 'gpt-5'];
const log = {id: '/srv/app/worker.log', name: 'worker.log'};

afterAll(() => print('The store'));

/** Threads of some requests each, half a minute apart, over three months that end now. */
const fill = (store: Store, now: number, requests: number): number => {
	const random = createRandom(7);
	const threads = Math.ceil(requests / perThread);
	let taken = 0;
	let batch: Request[] = [];
	const commit = () => {
		const start = performance.now();
		store.commit({
			changes: batch.map(request => ({kind: 'put', log, request})),
			cursors: [{log, cursor: {format: 'agentpress'}}],
		});
		taken += performance.now() - start;
		batch = [];
	};
	for (let thread = 0; thread < threads; thread++) {
		const start = now - days * day + (thread / threads) * days * day;
		let cached = 0;
		for (let index = 0; index < Math.min(perThread, requests); index++) {
			const lost = random.next() < 0.05;
			const written = 2000 + Math.floor(random.next() * 4000);
			const read = lost ? 0 : cached;
			cached = read + written;
			batch.push({
				id: `request-${thread}-${index}`,
				time: Math.round(start + index * 30_000),
				thread: `thread-${thread}`,
				project: undefined,
				source: log.name,
				host: undefined,
				model: models[thread % models.length],
				plan: undefined,
				usage: {uncached: 300, cacheRead: read, cacheWrite5m: written, cacheWrite1h: 0, output: 400, accuracy: 'exact'},
				missReason: undefined,
				rebuilt: false,
			});
			if (batch.length === 4000) {
				commit();
			}
		}
	}
	commit();
	return taken;
};

test.each(scale.requests)('%i requests in the store', {timeout: 3_600_000}, async requests => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-store-'));
	const now = Date.now();
	const prices = priceList();
	const open = () => openSqliteStore({path: join(folder, 'store.db'), sources: [log.id], prices, pricesFrom: 'bench'});
	const store = open();
	const taken = fill(store, now, requests);
	const many = `${requests.toLocaleString('en')} requests`;
	add({
		what: `putting ${many} into the store`,
		goal: '',
		figure: `${Math.round((requests / taken) * 1000)} a second`,
	});
	const monitor = await Monitor.open({
		store,
		prices,
		view: undefined,
		formats: [],
		now: () => now,
		localTime: utc,
		promptTokens: undefined,
	});
	const preset = async (name: (typeof presets)[number]) => {
		const shown: number[] = [];
		for (let run = 0; run < 5; run++) {
			const start = performance.now();
			await monitor.show({choice: presetChoice(name), end: undefined});
			shown.push(performance.now() - start);
		}
		return Math.round(median(shown));
	};
	for (const name of presets) {
		const goal = requests === scale.requests.at(-1) ? '≤ 60 ms' : '';
		add({what: `window ${name} of ${many}`, goal, figure: `${await preset(name)} ms`});
	}
	await monitor.stop();
	store.close();
	rmSync(folder, {recursive: true});
});
