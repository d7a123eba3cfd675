import {expect, test} from 'vitest';
import {EventPairing} from '../../source/glitchtip/event-pairing.js';
import type {Log} from '../../source/log.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Request} from '../../source/request.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import type {Change} from '../../source/store/store.js';
import {block, hour, planned, testNow, usage} from '../support/requests.js';

const log: Log = {id: '/worker.log', name: 'worker.log'};
const server: Log = {id: 'glitchtip+https://host/acme/suna', name: 'glitchtip+https://host/acme/suna'};

const event = (id: number, at: number): Request =>
	planned([block(1, 5000)], {id: `glitchtip:${id}`, time: testNow + at, thread: undefined, model: 'm'});
const call = (id: number, at: number): Request =>
	planned([block(1, 5000)], {id: `call-${id}`, time: testNow + at, model: 'm', usage: usage({cacheRead: 5000})});
const put = (from: Log, requests: readonly Request[]) =>
	requests.map((request): Change => ({kind: 'put', log: from, request}));

const kept = (store: MemoryStore) =>
	store
		.requests({from: 0, to: testNow * 2, name: 'all'}, {}, Number.POSITIVE_INFINITY)
		.map(({request: {id}}) => id)
		.sort();

test('an event of a call in the log is left out, in whichever batch; others are kept', () => {
	const store = new MemoryStore(priceList());
	const pairing = new EventPairing();
	const commit = (changes: readonly Change[]) => store.commit(pairing.without({changes, cursors: []}, store));
	commit(put(log, [call(1, 3000), call(2, 5 * hour)]));
	commit([
		...put(server, [event(1, 0), event(2, 5 * hour - 2000), event(3, 2 * hour)]),
		...put(log, [call(4, 9 * hour)]),
	]);
	commit(put(server, [event(4, 9 * hour - 1000), event(5, 1000)]));
	// Event 5 fits the first call as well, which is taken.
	expect(kept(store)).toEqual(['call-1', 'call-2', 'call-4', 'glitchtip:3', 'glitchtip:5']);
});

test('a provisional call counts as logged', () => {
	const store = new MemoryStore(priceList());
	store.putProvisional(log, [{...call(1, 100), usage: undefined}]);
	store.commit(new EventPairing().without({changes: put(server, [event(1, 0)]), cursors: []}, store));
	expect(kept(store)).toEqual(['call-1']);
});

test('cursors and all other changes stay as they are', () => {
	const batch = {changes: [...put(log, [call(1, 0)]), {kind: 'clear', log} as const], cursors: [{log, cursor: 1}]};
	const store = new MemoryStore(priceList());
	expect(new EventPairing().without(batch, store)).toEqual(batch);
	const both = {...batch, changes: [...put(server, [event(1, 0)]), ...batch.changes]};
	expect(new EventPairing().without(both, store)).toEqual(batch);
});
