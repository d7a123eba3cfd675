import {spawnSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {grafanaDashboard} from '../../source/output/grafana/dashboard.js';
import {bundleServing, type Child, startChild} from '../program/serving-child.js';
import {reportAt} from '../server/scrape.js';
import {appendCalls} from '../server/usage-log.js';
import {isInstalled} from '../torture/processes.js';
import {type Found, freePort, type Prometheus, startPrometheus} from './prometheus.js';

let folder = '';
let program = '';

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-services-'));
	program = await bundleServing(folder);
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A log of a test's own, a port to serve it at, and Prometheus watching that port. */
const newWatch = async () => {
	const place = mkdtempSync(join(folder, 'watch-'));
	const log = join(place, 'app.log');
	const target = `127.0.0.1:${await freePort()}`;
	const start = (env: Readonly<Record<string, string>> = {}): Child =>
		startChild(onTestFinished, program, [target, log], {XDG_DATA_HOME: place, ...env});
	const watch = (scrape: readonly string[] = []): Promise<Prometheus> =>
		startPrometheus(onTestFinished, {folder: mkdtempSync(join(place, 'prometheus-')), target, scrape});
	return {place, log, target, start, watch};
};

const numberOf = async (prometheus: Prometheus, promql: string): Promise<number | undefined> =>
	(await prometheus.query(promql))[0]?.value;

const byLabel = (found: Found, label: string) =>
	Object.fromEntries(found.map(({metric, value}) => [metric[label], value]));

describe.skipIf(!isInstalled('prometheus', '--version'))('Prometheus', () => {
	test('has the numbers of the report', async () => {
		const {log, target, start, watch} = await newWatch();
		appendCalls(log, 0, 60);
		// Names that a log may hold, and that would break the text that is scraped.
		appendFileSync(
			log,
			`${JSON.stringify({
				timestamp: new Date().toISOString(),
				id: 'odd',
				model: 'odd "model" \\ with\nlines {x="y"} 1',
				usage: {input_tokens: 5, cache_read_input_tokens: 7, output_tokens: 1},
			})}\n`,
		);
		const child = start();
		await child.said('read app.log');
		const prometheus = await watch();
		await expect.poll(() => prometheus.target()).toMatchObject({health: 'up', lastError: ''});
		const report = await reportAt(`http://${target}/api/report?window=24h`);
		await expect.poll(() => numberOf(prometheus, 'sum(hitrate_requests_total)')).toBe(report.total_events);
		expect(byLabel(await prometheus.query('sum by (outcome) (hitrate_requests_total)'), 'outcome')).toEqual({
			hit: report.cache_hits,
			miss: report.cache_misses,
			unmeasured: report.unmeasured,
		});
		const {input: _input, output, ...kinds} = report.tokens;
		expect(byLabel(await prometheus.query('sum by (kind) (hitrate_input_tokens_total)'), 'kind')).toEqual(kinds);
		expect(await numberOf(prometheus, 'sum(hitrate_output_tokens_total)')).toBe(output);
		const dollars = async (promql: string) => Number((await numberOf(prometheus, promql))?.toFixed(9));
		expect(await dollars('sum(hitrate_input_cost_dollars_total)')).toBeCloseTo(report.cached_cost as number, 6);
		expect(await dollars('sum(hitrate_input_cost_without_cache_dollars_total)')).toBeCloseTo(
			report.original_cost as number,
			6,
		);
		expect(await dollars('sum(hitrate_lost_dollars_total)')).toBeCloseTo(report.breaks.lost_cost as number, 6);
		expect(await numberOf(prometheus, 'sum(hitrate_lost_tokens_total)')).toBe(report.breaks.lost_tokens);
		const causes = byLabel(await prometheus.query('hitrate_breaks_total > 0'), 'cause');
		expect(causes).toEqual(Object.fromEntries(report.breaks.by_cause.map(({cause, breaks}) => [cause, breaks])));
		const percent = async (promql: string) => Number(((await numberOf(prometheus, promql)) as number).toFixed(8)) * 100;
		expect(await percent('hitrate_hit_ratio{window="24h"}')).toBeCloseTo(report.hit_rate as number, 5);
		expect(await percent('hitrate_token_hit_ratio{window="24h"}')).toBeCloseTo(report.token_hit_rate as number, 5);
		expect(await dollars('hitrate_net_savings_dollars{window="24h"}')).toBeCloseTo(report.savings as number, 6);
		const models = await prometheus.query('sum by (model) (hitrate_requests_total)');
		expect(byLabel(models, 'model')).toEqual(
			Object.fromEntries(report.models.map(({name, total_events}) => [name?.replace('\n', '\uFFFD'), total_events])),
		);
	});

	test('answers every question of the Grafana dashboard', async () => {
		const {log, target, start, watch} = await newWatch();
		appendCalls(log, 0, 60);
		const child = start();
		await child.said('read app.log');
		const prometheus = await watch();
		await expect.poll(() => numberOf(prometheus, 'sum(hitrate_requests_total)')).toBe(60);
		appendCalls(log, 60, 20);
		await expect.poll(() => numberOf(prometheus, 'sum(hitrate_requests_total)')).toBe(80);
		for (const {title, targets} of grafanaDashboard().panels) {
			for (const {expr} of targets) {
				// What Grafana puts in for its variables.
				const asked = expr.replaceAll('$instance', target).replaceAll(/\$__(?:rate_interval|range)/g, '5m');
				await expect
					.poll(async () => (await prometheus.query(asked)).length, {message: `${title}: ${asked}`})
					.toBeGreaterThan(0);
			}
		}
	});

	test('sees neither a reset nor a jump when the process is restarted', async () => {
		const {log, start, watch} = await newWatch();
		appendCalls(log, 0, 60);
		const first = start();
		await first.said('read app.log');
		const prometheus = await watch();
		const total = () => numberOf(prometheus, 'sum(hitrate_requests_total)');
		await expect.poll(total).toBe(60);
		first.process.kill('SIGTERM');
		expect(await first.ended()).toBe(0);
		appendCalls(log, 60, 4);
		const second = start();
		await second.said('read app.log');
		await expect.poll(total).toBe(64);
		expect(await numberOf(prometheus, 'sum(resets(hitrate_requests_total[5m]))')).toBe(0);
		expect(await numberOf(prometheus, 'sum(resets(hitrate_input_cost_dollars_total[5m]))')).toBe(0);
		expect(await numberOf(prometheus, 'count(changes(process_start_time_seconds[5m]) == 1)')).toBe(1);
	});

	test('gets in with the token alone', async () => {
		const {place, log, start, watch} = await newWatch();
		appendCalls(log, 0, 8);
		const token = 'dd3a1a0d5a6b4c0f9e11';
		writeFileSync(join(place, 'token'), token);
		const child = start({HITRATE_SERVE_TOKEN: token});
		await child.said('read app.log');
		const stranger = await watch();
		await expect
			.poll(() => stranger.target())
			.toMatchObject({health: 'down', lastError: expect.stringContaining('401')});
		const known = await watch([`authorization: {credentials_file: '${join(place, 'token')}'}`]);
		await expect.poll(() => known.target()).toMatchObject({health: 'up'});
	});
});

describe.skipIf(!isInstalled('promtool', '--version'))('promtool', () => {
	test('has nothing to object to', async () => {
		const {log, start} = await newWatch();
		appendCalls(log, 0, 60);
		const child = start();
		await child.said('read app.log');
		const metrics = await (await fetch(`${await child.url()}/metrics`)).text();
		expect(metrics).toContain('hitrate_requests_total{');
		const {status, stdout, stderr} = spawnSync('promtool', ['check', 'metrics'], {input: metrics, encoding: 'utf8'});
		expect({status, said: stdout + stderr}).toEqual({status: 0, said: ''});
	});
});
