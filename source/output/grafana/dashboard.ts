/**
 * A Grafana dashboard for the metrics of `serve`, in Grafana's JSON model: schema version 39, for Grafana 10.4 and
 * later.
 */

type Unit = 'percentunit' | 'currencyUSD' | 'short' | 'reqps' | 's';

/** One curve or number: its PromQL expression and its legend. */
type Query = {readonly expr: string; readonly legend: string};

type Panel = {
	readonly title: string;
	/** Grafana's names: a single number, or a graph over time. */
	readonly type: 'stat' | 'timeseries';
	readonly unit: Unit;
	readonly description: string;
	/** Of the 24 columns of Grafana's grid. */
	readonly width: number;
	readonly stacked?: true;
	readonly queries: readonly Query[];
};

/** Selects the server chosen in the dashboard. */
const chosen = '{instance=~"$instance"}';
const rate = (metric: string) => `rate(${metric}${chosen}[$__rate_interval])`;
const increase = (metric: string) => `increase(${metric}${chosen}[$__range])`;

/** Net savings over the dashboard's time range. */
const saved = `sum(${increase('hitrate_input_cost_without_cache_dollars_total')}) - sum(${increase('hitrate_input_cost_dollars_total')})`;

const rows: readonly (readonly Panel[])[] = [
	[
		{
			title: 'Hit rate',
			type: 'stat',
			unit: 'percentunit',
			width: 6,
			description: 'Hits of hits and misses, of the window that serve shows (24 h unless told otherwise).',
			queries: [{expr: `hitrate_hit_ratio${chosen}`, legend: '{{window}}, {{basis}}'}],
		},
		{
			title: 'Token hit rate',
			type: 'stat',
			unit: 'percentunit',
			width: 6,
			description: 'Prompt tokens read from the cache, of all prompt tokens.',
			queries: [{expr: `hitrate_token_hit_ratio${chosen}`, legend: '{{window}}'}],
		},
		{
			title: 'Saved net',
			type: 'stat',
			unit: 'currencyUSD',
			width: 6,
			description: 'Over the range of this page; negative where writing the cache cost more than reading it saved.',
			queries: [{expr: saved, legend: 'saved'}],
		},
		{
			title: 'Lost to breaks',
			type: 'stat',
			unit: 'currencyUSD',
			width: 6,
			description: 'Over the range of this page: what lost tokens cost beyond reading them from the cache.',
			queries: [{expr: `sum(${increase('hitrate_lost_dollars_total')})`, legend: 'lost'}],
		},
	],
	[
		{
			title: 'Prompt tokens per second',
			type: 'timeseries',
			unit: 'short',
			width: 12,
			stacked: true,
			description: 'By what happened to them: read from the cache, written to it, or neither.',
			queries: [{expr: `sum by (kind) (${rate('hitrate_input_tokens_total')})`, legend: '{{kind}}'}],
		},
		{
			title: 'Token hit rate by model',
			type: 'timeseries',
			unit: 'percentunit',
			width: 12,
			description: 'Prompt tokens read from the cache, of all prompt tokens of the model.',
			queries: [
				{
					expr: `sum by (model) (${rate('hitrate_input_tokens_total').replace('{', '{kind="cache_read",')}) / sum by (model) (${rate('hitrate_input_tokens_total')})`,
					legend: '{{model}}',
				},
			],
		},
	],
	[
		{
			title: 'Breaks by cause',
			type: 'timeseries',
			unit: 'short',
			width: 12,
			stacked: true,
			description: 'Requests that lost cached tokens. Causes are inferred unless they are called reported.',
			queries: [
				{expr: `sum by (cause) (increase(hitrate_breaks_total${chosen}[$__rate_interval])) > 0`, legend: '{{cause}}'},
			],
		},
		{
			title: 'Cost per hour',
			type: 'timeseries',
			unit: 'currencyUSD',
			width: 12,
			description: 'Of prompt tokens with the cache, what they would have cost without one, and what breaks cost.',
			queries: [
				{expr: `sum(${rate('hitrate_input_cost_dollars_total')}) * 3600`, legend: 'with cache'},
				{expr: `sum(${rate('hitrate_input_cost_without_cache_dollars_total')}) * 3600`, legend: 'without cache'},
				{expr: `sum(${rate('hitrate_lost_dollars_total')}) * 3600`, legend: 'lost to breaks'},
			],
		},
	],
	[
		{
			title: 'Requests per second by outcome',
			type: 'timeseries',
			unit: 'reqps',
			width: 12,
			stacked: true,
			description: 'Unmeasured: the log has no usage for it, or does not tell the cache.',
			queries: [{expr: `sum by (outcome) (${rate('hitrate_requests_total')})`, legend: '{{outcome}}'}],
		},
		{
			title: 'Time since a log was last read',
			type: 'timeseries',
			unit: 's',
			width: 12,
			description: 'Grows while a log gives nothing: the application is idle, or its log has moved.',
			queries: [{expr: `time() - hitrate_log_last_read_timestamp_seconds${chosen}`, legend: '{{source}}'}],
		},
	],
];

/** Grafana replaces the placeholder by the data source that was chosen on import. */
const datasource = {type: 'prometheus', uid: ['$', '{datasource}'].join('')};
const heights: Readonly<Record<Panel['type'], number>> = {stat: 5, timeseries: 9};

const panelOf = (panel: Panel, id: number, x: number, y: number) => ({
	id,
	title: panel.title,
	type: panel.type,
	description: panel.description,
	datasource,
	gridPos: {x, y, w: panel.width, h: heights[panel.type]},
	fieldConfig: {
		defaults: {
			unit: panel.unit,
			...(panel.unit === 'percentunit' && {min: 0, max: 1}),
			...(panel.type === 'timeseries' && {
				custom: {fillOpacity: panel.stacked ? 30 : 0, stacking: {mode: panel.stacked ? 'normal' : 'none'}},
			}),
		},
		overrides: [],
	},
	options:
		panel.type === 'stat'
			? {reduceOptions: {calcs: ['lastNotNull']}, colorMode: 'none', graphMode: 'area'}
			: {legend: {displayMode: 'list', placement: 'bottom'}, tooltip: {mode: 'multi'}},
	targets: panel.queries.map(({expr, legend}, index) => ({
		refId: String.fromCharCode(65 + index),
		datasource,
		expr,
		legendFormat: legend,
	})),
});

const panelsOf = () => {
	const panels: ReturnType<typeof panelOf>[] = [];
	let y = 0;
	for (const row of rows) {
		let x = 0;
		for (const panel of row) {
			panels.push(panelOf(panel, panels.length + 1, x, y));
			x += panel.width;
		}
		y += Math.max(...row.map(({type}) => heights[type]));
	}
	return panels;
};

/** The dashboard in Grafana's import format, which asks for the Prometheus data source. */
export const grafanaDashboard = () => ({
	title: 'hitrate: prompt caches',
	uid: 'hitrate',
	tags: ['hitrate'],
	schemaVersion: 39,
	version: 1,
	editable: true,
	refresh: '30s',
	time: {from: 'now-24h', to: 'now'},
	templating: {
		list: [
			{name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus'},
			{
				name: 'instance',
				label: 'Instance',
				type: 'query',
				datasource,
				query: {query: 'label_values(hitrate_build_info, instance)', refId: 'instance'},
				refresh: 2,
				includeAll: true,
				multi: true,
				allValue: '.*',
			},
		],
	},
	panels: panelsOf(),
});
