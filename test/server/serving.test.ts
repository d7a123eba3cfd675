import {mkdtempSync, rmSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Verdict} from '../../source/alerts/rule.js';
import {parseListen} from '../../source/server/listen-address.js';
import {type ServingOptions, startServing} from '../../source/server/serving.js';
import {parseOptions} from '../../source/session/options.js';
import {openSession, type Session} from '../../source/session/session.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {StoreError} from '../../source/store/store.js';
import {reportAt, scrape, sumOf} from './scrape.js';
import {appendCalls} from './usage-log.js';

let folder = '';

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-serving-'));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A log of a test's own, not written yet. */
const newLog = (): string => join(mkdtempSync(join(folder, 'place-')), 'app.log');

const requestsAt = async (url: string): Promise<number> => sumOf(await scrape(url), 'hitrate_requests_total');

/** A store on a disk that is full from a moment on. */
class FullStore extends MemoryStore {
	isFull = false;

	override commit(...batch: Parameters<MemoryStore['commit']>): void {
		if (this.isFull) {
			throw new StoreError('the disk is full');
		}
		super.commit(...batch);
	}
}

describe('serving', () => {
	const begin = async (log: string, parts: Partial<ServingOptions> = {}) => {
		const said: string[] = [];
		const options = {...parseOptions([log], {}, Date.now()), keep: false};
		const serving = await startServing({
			address: parseListen('127.0.0.1:0'),
			token: undefined,
			open: () => openSession(options),
			filter: {},
			zone: 'UTC',
			version: '1.2.3',
			alerting: undefined,
			say: line => said.push(line),
			onFail: error => said.push(`failed: ${error}`),
			...parts,
		});
		onTestFinished(() => serving.stop());
		return {serving, said, options};
	};

	test('exposes what the report says, and what is appended', async () => {
		const log = newLog();
		appendCalls(log, 0, 40);
		const {serving, said} = await begin(log);
		const {url} = serving;
		await expect.poll(() => said).toContain('read app.log to its end: 40 requests');
		const [scraped, report] = await Promise.all([scrape(url), reportAt(`${url}/api/report?window=24h`)]);
		expect(report).toMatchObject({total_events: 40, cache_hits: 30});
		expect(report).not.toHaveProperty('cache_events');
		expect(sumOf(scraped, 'hitrate_requests_total', 'outcome="hit"')).toBe(30);
		expect(sumOf(scraped, 'hitrate_hit_ratio', 'window="24h"')).toBe(0.75);
		expect(sumOf(scraped, 'hitrate_input_tokens_total', 'kind="cache_read"')).toBe(report.tokens.cache_read);
		expect(sumOf(scraped, 'hitrate_net_savings_dollars', '24h')).toBeCloseTo(report.savings as number, 6);
		appendCalls(log, 40, 4);
		await expect.poll(() => requestsAt(url)).toBe(44);
		const listed = await reportAt(`${url}/api/report?window=1h&events=1&model=house`);
		expect(listed.cache_events?.map(({model}) => model)).toEqual(
			Array.from({length: listed.total_events}, () => 'house-model'),
		);
		const answer = await fetch(`${url}/?window=6h&model=house`);
		expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
		const page = await answer.text();
		expect(page).toContain('Only model with');
		expect(page).toContain(`app.log on ${hostname()}`);
		expect(page).toContain('<meta http-equiv="refresh" content="30"/>');
		expect(page).toContain('href="/metrics"');
		// Another window keeps the filter, and says which is shown.
		expect(page).toContain('<a href="/?window=24h&amp;model=house">24h</a>');
		expect(page).toContain('<a href="/?window=6h&amp;model=house" aria-current="page">6h</a>');
		expect(page).not.toMatch(/<script|https?:\/\//);
		expect((await fetch(`${url}/?window=nonsense`)).status).toBe(400);
	});

	test('waits for a log that is not there yet', async () => {
		const log = newLog();
		const {url} = (await begin(log)).serving;
		appendCalls(log, 0, 4);
		await expect.poll(() => requestsAt(url)).toBe(4);
	});

	test('continues in memory when nothing can be saved any more', async () => {
		const log = newLog();
		appendCalls(log, 0, 8);
		const options = {...parseOptions([log], {}, Date.now()), keep: false};
		let full: FullStore | undefined;
		const {serving, said} = await begin(log, {
			open: async (keep): Promise<Session> => {
				const session = await openSession(options);
				full = new FullStore(session.prices);
				return keep ? {...session, store: full, ledger: full} : session;
			},
		});
		await expect.poll(() => requestsAt(serving.url)).toBe(8);
		(full as FullStore).isFull = true;
		appendCalls(log, 8, 4);
		await expect.poll(() => requestsAt(serving.url)).toBe(12);
		expect(said).toContain('the disk is full; nothing will be saved, and every run reads the logs from the start');
	});

	test('exposes no figures before all was read: they would grow as if it all happened now', async () => {
		const log = newLog();
		appendCalls(log, 0, 8);
		let release = () => {};
		const options = {...parseOptions([log], {}, Date.now()), keep: false};
		const {serving} = await begin(log, {
			open: async () => {
				const session = await openSession(options);
				const wait = new Promise<void>(resolve => {
					release = resolve;
				});
				return {
					...session,
					sources: session.sources.map(source => ({
						...source,
						progress: source.progress,
						positionOf: log => source.positionOf(log),
						read: sink => source.read(sink),
						follow: async sink => {
							const stop = await source.follow(sink);
							await wait;
							return stop;
						},
					})),
				};
			},
		});
		const names = (await scrape(serving.url)).map(({name}) => name);
		expect(names).toContain('hitrate_build_info');
		expect(names).not.toContain('hitrate_requests_total');
		expect(sumOf(await scrape(serving.url), 'hitrate_caught_up')).toBe(0);
		expect((await fetch(`${serving.url}/api/report`)).status).toBe(503);
		expect(await (await fetch(`${serving.url}/healthz`)).text()).toBe('reading\n');
		release();
		await expect.poll(() => requestsAt(serving.url)).toBe(8);
		expect((await fetch(`${serving.url}/api/report`)).status).toBe(200);
	});

	test('holds rules against the window, and exposes what became of them', async () => {
		const log = newLog();
		appendCalls(log, 0, 8);
		const told: (readonly [number, string])[] = [];
		const {serving, said} = await begin(log, {
			alerting: {
				window: {kind: 'last', length: 3_600_000, name: '1h'},
				every: 20,
				marks: [],
				judge: ({summary}): readonly Verdict[] => [
					{
						rule: 'requests < 10',
						text: `${summary.requests} requests`,
						state: summary.requests < 10 ? 'failed' : 'ok',
						value: summary.requests,
						limit: 10,
						cause: undefined,
					},
				],
				notify: async ({report, title}) => {
					told.push([report.summary.requests, title]);
					return [];
				},
			},
		});
		await expect.poll(async () => sumOf(await scrape(serving.url), 'hitrate_rule_failed', 'requests < 10')).toBe(1);
		appendCalls(log, 8, 4);
		await expect.poll(async () => sumOf(await scrape(serving.url), 'hitrate_rule_failed')).toBe(0);
		expect(told[0]).toEqual([8, 'app.log']);
		expect(said.filter(line => /^(alert|recovered)/.test(line))).toEqual([
			'alert: 8 requests',
			'recovered: 12 requests',
		]);
	});
});
