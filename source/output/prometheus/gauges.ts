import type {LogReading} from '../../ingest/log-reading.js';
import type {Warm} from '../../metrics/breaks/warm.js';
import type {Summary} from '../../metrics/report/summary.js';
import type {SourceProblem} from '../../sources/source.js';
import type {Family, Sample} from './prometheus.js';

/** The figures of a preset window, with its name. */
type WindowFigures = {readonly window: string; readonly summary: Summary};

const known = (labels: Sample['labels'], value: number | undefined): readonly Sample[] =>
	value === undefined ? [] : [{labels, value}];

/** Gauges of windows that end now. Unknown figures are left out. */
export const windowGauges = (windows: readonly WindowFigures[]): readonly Family[] => [
	{
		name: 'hitrate_hit_ratio',
		help: 'Hits of hits and misses; planned where the log tells only what was marked for caching',
		kind: 'gauge',
		samples: windows.flatMap(({window, summary: {basis, hitRate}}) =>
			basis === undefined ? [] : known({window, basis}, hitRate),
		),
	},
	{
		name: 'hitrate_token_hit_ratio',
		help: 'Prompt tokens read from the cache, of all prompt tokens',
		kind: 'gauge',
		samples: windows.flatMap(({window, summary}) => known({window}, summary.tokenHitRate)),
	},
	{
		name: 'hitrate_net_savings_dollars',
		help: 'What the cache saved net of writing it; negative where it cost more than it saved',
		kind: 'gauge',
		samples: windows.flatMap(({window, summary}) => known({window}, summary.money.netSavings)),
	},
	{
		name: 'hitrate_window_requests',
		help: 'Requests: hits, misses and unmeasured',
		kind: 'gauge',
		samples: windows.map(({window, summary}) => ({labels: {window}, value: summary.requests})),
	},
];

/** Gauges of what is in the cache now. */
export const warmGauges = ({count, tokens, atStake}: Warm): readonly Family[] => [
	{
		name: 'hitrate_warm_chains',
		help: 'Conversations that are in the cache now',
		kind: 'gauge',
		samples: [{labels: {}, value: count}],
	},
	{
		name: 'hitrate_warm_tokens',
		help: 'Tokens that they hold',
		kind: 'gauge',
		samples: [{labels: {}, value: tokens}],
	},
	{
		name: 'hitrate_warm_stake_dollars',
		help: 'What writing them again costs above reading them; absent where no price is known',
		kind: 'gauge',
		samples: known({}, count === 0 ? 0 : atStake),
	},
];

/**
 * When each log last delivered anything, and whether it can be read.
 * @param source maps a log's name to its label
 */
export const logGauges = (
	readings: readonly LogReading[],
	problems: readonly SourceProblem[],
	source: (name: string | undefined) => string,
): readonly Family[] => {
	const latest = new Map<string, number>();
	for (const {facts, lastRead} of readings) {
		if (lastRead !== undefined) {
			const name = source(facts.log.name);
			latest.set(name, Math.max(latest.get(name) ?? lastRead, lastRead));
		}
	}
	const kinds = new Map<string, number>();
	for (const {kind} of problems) {
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	return [
		{
			name: 'hitrate_log_last_read_timestamp_seconds',
			help: 'When a log last gave anything to this process; absent before',
			kind: 'gauge',
			samples: [...latest].map(([name, time]) => ({labels: {source: name}, value: time / 1000})),
		},
		{
			name: 'hitrate_log_problems',
			help: 'Logs and other places that cannot be read as they should, by what is wrong',
			kind: 'gauge',
			samples: [...kinds].map(([kind, value]) => ({labels: {kind}, value})),
		},
	];
};
