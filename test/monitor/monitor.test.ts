import {afterEach, expect, test, vi} from 'vitest';
import {formats} from '../../source/formats/table.js';
import type {Log} from '../../source/log.js';
import type {Ledger, ThreadsFound} from '../../source/metrics/ledger.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {presetChoice} from '../../source/metrics/windows/window.js';
import {Monitor} from '../../source/monitor/monitor.js';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import type {Source, SourceSink} from '../../source/sources/source.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {type Batch, StoreError} from '../../source/store/store.js';
import {utc} from '../../source/time/stamp.js';
import {until} from '../support/until.js';

const prices = priceList();
const log: Log = {id: '/srv/worker.log', name: 'worker.log'};
const start = Date.UTC(2026, 10, 22, 9);

/** One measured request of a thread, at a minute. */
const request = (minute: number, thread: string, cacheRead: number) =>
	[
		'LLM API call: claude-sonnet-4-5 (2 messages)',
		`💰 Usage type: EXACT - prompt=20000, completion=10, cache_read=${cacheRead}, cache_creation=${20_000 - cacheRead}`,
	]
		.map(
			(event, index) =>
				`${new Date(start + minute * 60_000 + index).toISOString().replace('Z', '000Z')} [info     ] ${event} thread_id=${thread}\n`,
		)
		.join('');

/** A source whose lines the test writes. */
const scripted = (recent = '') => {
	let behind = 0;
	let sink: SourceSink | undefined;
	let caughtUp = () => {};
	const source: Source = {
		name: 'worker.log',
		get progress() {
			return {done: 1, total: 4, behind};
		},
		positionOf: () => undefined,
		recent: async () => (recent === '' ? [] : [{log, bytes: Buffer.from(recent)}]),
		read: async () => {},
		follow: async to => {
			sink = to;
			await new Promise<void>(resolve => {
				caughtUp = resolve;
			});
			return async () => {};
		},
	};
	return {
		source,
		fallBehind: (bytes: number) => {
			behind = bytes;
		},
		write: (text: string) => sink?.lines(log, Buffer.from(text), false),
		isFollowed: () => until(() => expect(sink).toBeDefined()),
		caughtUp: () => caughtUp(),
	};
};

let monitor: Monitor | undefined;

afterEach(async () => {
	await monitor?.stop();
	monitor = undefined;
});

const monitorOf = async (
	store = new MemoryStore(prices),
	onError?: (error: unknown) => void,
	ledger: Ledger = store,
): Promise<Monitor> => {
	monitor = await Monitor.open({
		store,
		ledger,
		prices,
		formats,
		view: {choice: presetChoice('all'), end: undefined},
		now: () => start + 3_600_000,
		localTime: utc,
		promptTokens: undefined,
		...(onError && {onError}),
	});
	return monitor;
};

const shows = (shown: Monitor, requests: number) =>
	until(() => expect(shown.getSnapshot().report.summary.requests).toBe(requests));

test('what is newest counts before all is read, and once', async () => {
	const older = request(0, 'a', 0) + request(1, 'a', 9000);
	const newest = request(20, 'b', 0) + request(21, 'b', 9000) + request(22, 'b', 9000);
	const {source, write, isFollowed, caughtUp} = scripted(newest);
	const shown = await monitorOf();
	const started = shown.start([source]);
	await shows(shown, 3);
	expect(shown.getSnapshot()).toMatchObject({state: 'reading', progress: {done: 1, total: 4}});
	await isFollowed();
	write(older);
	await shows(shown, 5);
	write(newest);
	caughtUp();
	await started;
	await shows(shown, 5);
	expect(shown.getSnapshot().state).toBe('live');
});

test('the window of a comparison moves with the one that is shown', async () => {
	const {source, write, isFollowed, caughtUp} = scripted();
	const shown = await monitorOf();
	const started = shown.start([source]);
	await isFollowed();
	write(request(0, 'a', 0) + request(20, 'a', 9000) + request(25, 'b', 0));
	caughtUp();
	await started;
	const minutes = (from: number, to: number) => ({
		choice: {kind: 'between', from: start + from * 60_000, to: start + to * 60_000} as const,
		end: undefined,
	});
	const requestsOf = ({report, against}: Snapshot) => [
		report.summary.requests,
		against && 'report' in against ? against.report.summary.requests : against?.message,
	];
	await shown.show(minutes(15, 30));
	expect(requestsOf(await shown.compare({kind: 'previous'}))).toEqual([2, 1]);
	expect(requestsOf(await shown.show(minutes(22, 30)))).toEqual([1, 1]);
	expect(requestsOf(await shown.compare({kind: 'filter', filter: {thread: 'a'}}))).toEqual([1, 0]);
	expect(requestsOf(await shown.compare({kind: 'mark', name: 'deploy'}))).toEqual([1, 'unknown mark "deploy"']);
	expect((await shown.compare(undefined)).against).toBeUndefined();
});

test('a thread that is looked at is whole, whatever the window', async () => {
	const {source, write, isFollowed, caughtUp} = scripted();
	const shown = await monitorOf();
	const started = shown.start([source]);
	await isFollowed();
	write(request(0, 'a', 0) + request(1, 'b', 0) + request(40, 'a', 0));
	caughtUp();
	await started;
	const {focused} = await shown.focus({name: 'a'});
	expect(focused?.requests.map(({thread}) => thread)).toEqual(['a', 'a']);
	expect(focused?.breaks.map(({cause}) => cause)).toEqual(['expired']);
	expect(focused?.fromStart).toBe(true);
	const later = await shown.show({choice: {kind: 'between', from: start + 1_800_000, to: undefined}, end: undefined});
	expect(later.focused).toMatchObject({name: 'a', fromStart: false});
	expect(later.focused?.requests).toHaveLength(1);
	expect(later.focused?.breaks).toHaveLength(1);
	expect((await shown.focus(undefined)).focused).toBeUndefined();
});

test('a filter and a window are answered with the snapshot that shows them', async () => {
	const {source, write, isFollowed, caughtUp} = scripted();
	const shown = await monitorOf();
	const started = shown.start([source]);
	await isFollowed();
	write(request(0, 'alpha', 0) + request(1, 'beta', 0));
	caughtUp();
	await started;
	expect((await shown.narrow({thread: 'alp'})).report.summary.requests).toBe(1);
	expect((await shown.narrow({})).report.summary.requests).toBe(2);
	expect((await shown.whole(shown.getSnapshot().report)).requests).toHaveLength(2);
});

/** A store whose threads take their time. */
class SlowThreads extends MemoryStore {
	override threads(...given: Parameters<MemoryStore['threads']>): ThreadsFound {
		const until = performance.now() + 60;
		while (performance.now() < until) {}
		return super.threads(...given);
	}
}

test('threads that take long to count come after the rest', async () => {
	const {source, write, isFollowed, caughtUp} = scripted();
	const shown = await monitorOf(new SlowThreads(prices));
	const started = shown.start([source]);
	await isFollowed();
	write(request(0, 'a', 0) + request(1, 'b', 0));
	caughtUp();
	await started;
	expect(shown.getSnapshot().report.summary.requests).toBe(2);
	await until(() => expect(shown.getSnapshot()).toMatchObject({isCounting: false, report: {threadCount: 2}}));
	const first = await shown.narrow({thread: 'a'});
	expect(first).toMatchObject({isCounting: true, report: {summary: {requests: 1}, threads: []}});
	await until(() => expect(shown.getSnapshot()).toMatchObject({isCounting: false, report: {threadCount: 1}}));
});

test('threads are not counted any more once it has been stopped', async () => {
	const store = new MemoryStore(prices);
	const shown = await monitorOf(store, undefined, {
		ask: async choose => ({...(await store.ask(choose)), took: {threads: 1000}}),
	});
	let ended = () => {};
	const end = new Promise<void>(resolve => {
		ended = resolve;
	});
	await shown.start([{...scripted().source, follow: async () => () => end}]);
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
	try {
		const stopped = shown.stop();
		expect((await shown.narrow({thread: 'a'})).isCounting).toBe(true);
		ended();
		await stopped;
		expect(vi.getTimerCount()).toBe(0);
	} finally {
		vi.useRealTimers();
	}
});

test('a store that fails is reported to whoever can do something about it', async () => {
	class Full extends MemoryStore {
		override commit(batch: Batch): void {
			if (batch.changes.length > 0) {
				throw new StoreError('no room left');
			}
		}
	}
	const errors: unknown[] = [];
	const {source, write, isFollowed} = scripted();
	const shown = await monitorOf(new Full(prices), error => errors.push(error));
	void shown.start([source]);
	await isFollowed();
	write(request(0, 'a', 0));
	await until(() => expect(errors).toEqual([expect.objectContaining({message: 'no room left'})]));
});

test('what is asked for while a snapshot is being made is answered by the next one', async () => {
	const store = new MemoryStore(prices);
	let hold: Promise<void> | undefined;
	let asked = 0;
	const shown = await monitorOf(store, undefined, {
		ask: async choose => {
			asked++;
			await hold;
			return store.ask(choose);
		},
	});
	let release = () => {};
	hold = new Promise(resolve => {
		release = resolve;
	});
	const alpha = shown.narrow({thread: 'alpha'});
	await until(() => expect(asked).toBe(2));
	const beta = shown.narrow({thread: 'beta'});
	const gamma = shown.narrow({thread: 'gamma'});
	release();
	expect((await alpha).report.filter).toEqual({thread: 'alpha'});
	expect((await beta).report.filter).toEqual({thread: 'gamma'});
	expect(await gamma).toBe(await beta);
	expect([asked, shown.answered]).toEqual([3, 3]);
});

test('what keeps an answer from being whole is among the problems', async () => {
	const store = new MemoryStore(prices);
	const problem = {kind: 'watch-failed', name: 'web3', message: 'web3 does not answer', count: 1} as const;
	const shown = await monitorOf(store, undefined, {
		ask: async choose => ({...(await store.ask(choose)), problems: [problem]}),
	});
	expect(shown.getSnapshot()).toMatchObject({problems: [problem], report: {problems: [problem]}});
});

test('the lag behind live logs is reported; for what existed at the start there is progress', async () => {
	const {source, write, fallBehind, isFollowed, caughtUp} = scripted();
	const shown = await monitorOf();
	const started = shown.start([source]);
	await isFollowed();
	fallBehind(300 << 20);
	write(request(0, 'a', 0));
	await shows(shown, 1);
	expect(shown.getSnapshot().behind).toBeUndefined();
	caughtUp();
	await started;
	write(request(1, 'a', 9000));
	await shows(shown, 2);
	expect(shown.getSnapshot().behind).toEqual({bytes: 300 << 20, rate: undefined});
	fallBehind(100 << 20);
	write(request(2, 'a', 9000));
	await shows(shown, 3);
	expect(shown.getSnapshot().behind).toMatchObject({bytes: 100 << 20, rate: expect.any(Number)});
	fallBehind(1000);
	write(request(3, 'a', 9000));
	await shows(shown, 4);
	expect(shown.getSnapshot().behind).toBeUndefined();
});
