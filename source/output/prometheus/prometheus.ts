import type * as PromClient from 'prom-client';
import {lazy} from '../../system/lazy.js';

const promClient = lazy<typeof PromClient>('prom-client');

/** One number of a family. The labels of a family's samples have the same names and differ in their values. */
export type Sample = {readonly labels: Readonly<Record<string, string>>; readonly value: number};

/** A metric as plain data. One without samples is left out: unknown is not 0. */
export type Family = {
	/** With its unit; that of a counter ends in `_total`. */
	readonly name: string;
	/** One sentence without its full stop. */
	readonly help: string;
	readonly kind: 'counter' | 'gauge';
	readonly samples: readonly Sample[];
};

type MetricsFormat = 'openmetrics' | 'prometheus';

/** What a client that sends this `Accept` header wants; the older text where it does not say. */
export const metricsFormatFor = (accept: string | undefined): MetricsFormat =>
	/application\/openmetrics-text(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|;|$))/i.test(accept ?? '') ? 'openmetrics' : 'prometheus';

/**
 * The text that a scrape is answered with, and its content type. The registry is new each time: the library renames
 * counters for good when it writes them as OpenMetrics, and cannot set one to a sum.
 */
export const renderMetrics = async (
	families: readonly Family[],
	format: MetricsFormat,
): Promise<{readonly type: string; readonly text: string}> => {
	const {Counter, Gauge, Registry} = promClient();
	const type = format === 'openmetrics' ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
	const registry = new Registry<PromClient.RegistryContentType>();
	registry.setContentType(type);
	for (const {name, help, kind, samples} of families) {
		const [first] = samples;
		if (!first) {
			continue;
		}
		const Metric = kind === 'counter' ? Counter : Gauge;
		const metric = new Metric({
			name,
			help,
			labelNames: Object.keys(first.labels),
			registers: [registry as PromClient.Registry],
		});
		for (const {labels, value} of samples) {
			// A sum of prices that a user set may be negative, which the library refuses to add.
			metric.inc(labels, kind === 'counter' ? Math.max(0, value) : value);
		}
	}
	return {type, text: await registry.metrics()};
};
