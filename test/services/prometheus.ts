import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import type {OnTestFinishedHandler} from 'vitest';

/** The samples that a query finds: their labels and values. */
export type Found = readonly {readonly metric: Readonly<Record<string, string>>; readonly value: number}[];

export type Prometheus = {
	/** Evaluates PromQL now. */
	query(promql: string): Promise<Found>;
	/** How the scraping of its only target goes. */
	target(): Promise<{readonly health: string; readonly lastError: string} | undefined>;
};

/** A port that nobody has at the moment. */
export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});

export type PrometheusOptions = {
	/** Where it keeps its files. */
	readonly folder: string;
	/** `HOST:PORT` to scrape each second. */
	readonly target: string;
	/** Lines of the scrape's configuration beside its target. */
	readonly scrape?: readonly string[];
};

/** Starts Debian's Prometheus, which scrapes one target; it ends with the test. */
export const startPrometheus = async (
	finish: (end: OnTestFinishedHandler) => void,
	{folder, target, scrape = []}: PrometheusOptions,
): Promise<Prometheus> => {
	const config = join(folder, 'prometheus.yml');
	writeFileSync(
		config,
		[
			'global: {scrape_interval: 1s, scrape_timeout: 1s}',
			'scrape_configs:',
			'  - job_name: hitrate',
			`    static_configs: [{targets: ['${target}']}]`,
			...scrape.map(line => `    ${line}`),
			'',
		].join('\n'),
	);
	const port = await freePort();
	const child = spawn(
		'prometheus',
		[
			`--config.file=${config}`,
			`--storage.tsdb.path=${join(folder, 'data')}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--log.level=error',
		],
		{stdio: 'inherit'},
	);
	finish(
		() =>
			new Promise<void>(resolve => {
				child.once('exit', () => resolve());
				child.kill('SIGKILL');
			}),
	);
	const api = async (path: string) => {
		const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
		return ((await answer.json()) as {readonly data: unknown}).data;
	};
	return {
		query: async promql => {
			const data = (await api(`query?query=${encodeURIComponent(promql)}`)) as {
				readonly result: readonly {
					readonly metric: Readonly<Record<string, string>>;
					readonly value: readonly [number, string];
				}[];
			};
			return data.result.map(({metric, value}) => ({metric, value: Number(value[1])}));
		},
		target: async () => {
			const data = (await api('targets').catch(() => undefined)) as
				| {readonly activeTargets: readonly {readonly health: string; readonly lastError: string}[]}
				| undefined;
			return data?.activeTargets[0];
		},
	};
};
