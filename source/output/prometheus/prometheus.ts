import type * as PromClient from 'prom-client';
import {lazy} from '../../system/lazy.js';

const promClient = lazy<typeof PromClient>('prom-client');

/** One sample of a family. The samples of a family have the same label names. */
export type Sample = {readonly labels: Readonly<Record<string, string>>; readonly value: number};

/** A metric as plain data. A family without samples is left out: unknown is not 0. */
export type Family = {
	/** Includes the unit; the name of a counter ends in `_total`. */
	readonly name: string;
	/** One sentence without its full stop. */
	readonly help: string;
	readonly kind: 'counter' | 'gauge';
	readonly samples: readonly Sample[];
};

type MetricsFormat = 'openmetrics' | 'prometheus';

/** The format for an `Accept` header; the older text format by default. */
export const metricsFormatFor = (accept: string | undefined): MetricsFormat =>
	/application\/openmetrics-text(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|;|$))/i.test(accept ?? '') ? 'openmetrics' : 'prometheus';

/**
 * Renders the response to a scrape, with its content type. Uses a new registry each time, because prom-client renames
 * counters permanently when it writes OpenMetrics and cannot set them to a value.
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
			// With negative prices set by the user a sum can be negative, which prom-client rejects.
			metric.inc(labels, kind === 'counter' ? Math.max(0, value) : value);
		}
	}
	return {type, text: await registry.metrics()};
};
