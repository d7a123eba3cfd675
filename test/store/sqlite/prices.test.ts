import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type PriceList, priceList} from '../../../source/metrics/money/pricing.js';
import {laneKey, type Part} from '../../../source/metrics/sums/parts.js';
import {MemoryStore} from '../../../source/store/memory/memory-store.js';
import {checkStore} from '../../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import type {Batch} from '../../../source/store/store.js';
import {withFolder} from '../../support/program.js';
import {block, measured, planned} from '../../support/requests.js';

const log = {id: '/logs/worker.log', name: 'logs/worker.log'};
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const start = Date.UTC(2026, 5, 1);
const hour = 3_600_000;

const models = ['claude-sonnet-4-5', 'anthropic/claude-opus-4-6', 'gpt-5', 'house-model', undefined];

/** Small and large requests (prices of some models differ by size), plans, and models without a price. */
const batch: Batch = {
	changes: Array.from({length: 120}, (_, index) => {
		const parts = {
			id: `request-${index}`,
			time: start + index * hour,
			model: models[index % models.length],
			thread: `thread-${index % 4}`,
		};
		const tokens = {uncached: index % 3 === 0 ? 250_000 : 900, cacheRead: 5000, output: 10};
		const request = index % 7 === 0 ? planned([block(1, 3000)], parts) : measured(tokens, parts);
		return {kind: 'put', log, request};
	}),
	cursors: [{log, cursor: {at: 120}}],
};

const lists: Readonly<Record<string, PriceList>> = {
	published: priceList(),
	'set for a model': priceList(new Map([['gpt-5', {input: 7, cacheRead: 0.7}]])),
	'set for a model with tiers': priceList(new Map([['claude-sonnet-4-5', {input: 7, cacheRead: 0.7, output: 9}]])),
	'for a model without a price': priceList(new Map([['house-model', 'claude-sonnet-4-5']])),
	'for requests that name no model': priceList(new Map(), 'claude-haiku-4-5'),
	'changed at a time': changedAt(start + 50 * hour),
	'of no model': {
		find: () => undefined,
		of: () => undefined,
		findForPlan: (_model, time, input) => priceList().findForPlan(undefined, time, input),
	},
};

/** As published data that learn of a new price. */
function changedAt(time: number): PriceList {
	const [before, after] = [priceList(), priceList(new Map([['gpt-5', {input: 1, cacheRead: 0.1}]]))];
	const at = (when: number) => (when < time ? before : after);
	return {
		of: request => at(request.time).of(request),
		find: (model, when, input) => at(when).find(model, when, input),
		findForPlan: (model, when, input) => at(when).findForPlan(model, when, input),
	};
}

const sorted = (parts: readonly Part[]) =>
	parts.map(part => ({...part, key: laneKey(part.lane)})).sort((one, other) => (one.key < other.key ? -1 : 1));

const partsFromMemory = (prices: PriceList) => {
	const memory = new MemoryStore(prices);
	memory.commit(batch);
	return sorted(memory.parts(all, {}));
};

describe('other prices than last time', () => {
	test('are those of all requests when the store is opened', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const open = (name: string) =>
				openSqliteStore({path, sources: ['test'], prices: lists[name] as PriceList, pricesFrom: name});
			const first = open('published');
			first.commit(batch);
			first.close();
			for (const name of [...Object.keys(lists), ...Object.keys(lists).reverse()]) {
				const store = open(name);
				expect(sorted(store.parts(all, {})), name).toEqual(partsFromMemory(lists[name] as PriceList));
				expect(store.total).toBe(120);
				store.close();
				expect(checkStore(path)).toEqual([]);
			}
		}));

	test('that another process put meanwhile are looked at the next time', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const open = (name: string) =>
				openSqliteStore({path, sources: ['test'], prices: lists[name] as PriceList, pricesFrom: name});
			const older = open('published');
			open('set for a model').close();
			older.commit(batch);
			older.close();
			const store = open('set for a model');
			expect(sorted(store.parts(all, {}))).toEqual(partsFromMemory(lists['set for a model'] as PriceList));
			store.close();
		}));
});
