import {describe, expect, test} from 'vitest';
import {type Family, metricsFormatFor, renderMetrics} from '../../../source/output/prometheus/prometheus.js';

const counter: Family = {
	name: 'hitrate_things_total',
	help: 'Things',
	kind: 'counter',
	samples: [
		{labels: {name: 'one'}, value: 3},
		{labels: {name: 'a "b" \\ c\nd'}, value: 0},
	],
};
const gauge: Family = {name: 'hitrate_level', help: 'Level', kind: 'gauge', samples: [{labels: {}, value: -0.5}]};

describe('the text of a scrape', () => {
	test('is the older text, however often it was OpenMetrics before', async () => {
		await renderMetrics([counter], 'openmetrics');
		const {type, text} = await renderMetrics([counter, gauge], 'prometheus');
		expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
		expect(text.split('\n').filter(line => line !== '')).toEqual([
			'# HELP hitrate_things_total Things',
			'# TYPE hitrate_things_total counter',
			'hitrate_things_total{name="one"} 3',
			'hitrate_things_total{name="a \\"b\\" \\\\ c\\nd"} 0',
			'# HELP hitrate_level Level',
			'# TYPE hitrate_level gauge',
			'hitrate_level -0.5',
		]);
	});

	test('is OpenMetrics with its end', async () => {
		const {type, text} = await renderMetrics([counter], 'openmetrics');
		expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
		expect(text).toContain('# TYPE hitrate_things counter\nhitrate_things_total{name="one"} 3\n');
		expect(text.endsWith('# EOF\n')).toBe(true);
	});

	test('leaves out what has no numbers, and never takes from a counter', async () => {
		const families: readonly Family[] = [
			{...gauge, samples: []},
			{...counter, samples: [{labels: {name: 'odd'}, value: -2}]},
		];
		const {text} = await renderMetrics(families, 'prometheus');
		expect(text).not.toContain('hitrate_level');
		expect(text).toContain('hitrate_things_total{name="odd"} 0\n');
	});
});

test.each([
	[undefined, 'prometheus'],
	['*/*', 'prometheus'],
	['text/plain;version=0.0.4', 'prometheus'],
	['application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3', 'openmetrics'],
	['text/plain, application/openmetrics-text;q=0', 'prometheus'],
] as const)('a client that accepts %s gets %s', (accept, format) => {
	expect(metricsFormatFor(accept)).toBe(format);
});
