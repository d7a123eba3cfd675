import {lifetimeRules} from '../breaks/lifetime-rules.js';
import {blockLimit} from '../measures.js';
import type {Summary} from '../summary.js';
import {count, percent, plural} from '../words.js';
import {type Facts, type Recommendation, type Rule, severities} from './recommendation.js';

/** Break-even of 5-minute and 1-hour writes at standard prices: reads per written token. */
const breakEven5m = 0.28;
const breakEven1h = 1.11;

const lowHitRate: Rule = ({summary}) =>
	summary.hitRate !== undefined && summary.hitRate < 0.7
		? {
				id: 'low-hit-rate',
				severity: summary.hitRate < 0.4 ? 'critical' : 'warning',
				evidence: `The hit rate is ${percent(summary.hitRate)}: ${plural(summary.misses, 'request')} of ${count(summary.requests)} missed.`,
				action:
					"Check that system prompts exceed the model's minimum, that the model supports caching, and that caching is enabled.",
				worthPerDay: undefined,
			}
		: undefined;

/** What caching cost more than no caching would have, a day. */
const lossPerDay = ({money}: Summary, days: number): number | undefined =>
	money.netSavings !== undefined && money.netSavings < 0 ? -money.netSavings / days : undefined;

const neverRead: Rule = ({summary, total: {markedMeasured}, days}) => {
	return summary.basis === 'measured' && markedMeasured >= 5 && summary.hits === 0
		? {
				id: 'marked-never-read',
				severity: 'critical',
				evidence: `${plural(markedMeasured, 'request')} marked blocks for caching, and none was ever read.`,
				action:
					'Compare two consecutive prompts of a thread: something at their beginning changes every time (a date, an id, the order of tools).',
				worthPerDay: lossPerDay(summary, days),
			}
		: undefined;
};

const writesNotRead: Rule = ({summary, days}) => {
	const {writeAmortization, netSavings} = summary.money;
	if (summary.basis !== 'measured' || writeAmortization === undefined) {
		return undefined;
	}
	const needed = summary.tokens.cacheWrite1h > summary.tokens.cacheWrite5m ? breakEven1h : breakEven5m;
	return writeAmortization < needed
		? {
				id: 'writes-not-read',
				severity: (netSavings ?? 0) < 0 ? 'critical' : 'warning',
				evidence: `A written token is read ${writeAmortization.toFixed(2)} times; it pays from ${needed}.`,
				action:
					'Do not mark what is sent only once: cache from the second request of a thread on, or the shared system prompt alone.',
				worthPerDay: lossPerDay(summary, days),
			}
		: undefined;
};

const belowMinimum: Rule = ({blocks}) =>
	blocks.belowMinimum > 0
		? {
				id: 'below-minimum',
				severity: 'warning',
				evidence: `${plural(blocks.belowMinimum, 'request')} marked less than the model's minimum, which does nothing.`,
				action:
					'Raise the threshold of the application to the minimum of the model in use, or move more of the prompt into the cached part.',
				worthPerDay: undefined,
			}
		: undefined;

const tooSmall: Rule = ({blocks, summary}) => {
	const all = summary.requests + summary.unmeasured;
	return blocks.tooSmall > 0 && all > 0 && blocks.tooSmall / all > 0.2
		? {
				id: 'prompt-too-small',
				severity: 'note',
				evidence: `${plural(blocks.tooSmall, 'request')} of ${count(all)} left a part of the prompt unmarked as too small to cache.`,
				action: "Move stable instructions and tools into the system prompt until it exceeds the model's minimum.",
				worthPerDay: undefined,
			}
		: undefined;
};

const allBlocks: Rule = ({blocks}) =>
	blocks.atLimit > 0
		? {
				id: 'all-blocks-used',
				severity: 'note',
				evidence: `${plural(blocks.atLimit, 'request')} used all ${blockLimit} cache blocks.`,
				action: 'Larger blocks cover longer conversations: beyond the fourth block nothing more can be marked.',
				worthPerDay: undefined,
			}
		: undefined;

const churn = (cause: 'prefix-changed' | 'model-switched', id: string, says: string, action: string): Rule => {
	return ({breaks, days}) => {
		const found = breaks.byCause.find(candidate => candidate.cause === cause);
		return found
			? {
					id,
					severity: 'warning',
					evidence: `${says} ${plural(found.breaks, 'time')} and lost ${count(found.lostTokens)} cached tokens.`,
					action,
					worthPerDay: found.lostCost === undefined ? undefined : found.lostCost / days,
				}
			: undefined;
	};
};

const unpricedModels: Rule = ({models, summary}) => {
	const names = models.filter(({name, unpriced}) => name !== undefined && unpriced > 0).map(({name}) => name as string);
	return summary.basis === 'measured' && names.length > 0
		? {
				id: 'unpriced-models',
				severity: 'note',
				evidence: `${plural(names.length, 'model')} without a known price: ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}. Their tokens count, their money does not.`,
				action:
					"Tell their prices: --price 'MODEL=3,0.3,3.75' (dollars per million: input, read, write), or --price 'MODEL=claude-sonnet-4-5'.",
				worthPerDay: undefined,
			}
		: undefined;
};

const healthy: Rule = ({summary}) =>
	summary.hitRate !== undefined && summary.hitRate >= 0.8 && (summary.money.netSavings ?? 0) >= 0
		? {
				id: 'healthy',
				severity: 'good',
				evidence:
					summary.basis === 'planned'
						? `${percent(summary.hitRate)} of requests mark blocks for caching.`
						: `The cache works: ${percent(summary.hitRate)} of requests hit.`,
				action: 'Keep watching: an alert on a drop costs nothing.',
				worthPerDay: undefined,
			}
		: undefined;

const rules: readonly Rule[] = [
	facts => neverRead(facts) ?? writesNotRead(facts),
	lowHitRate,
	...lifetimeRules,
	churn(
		'prefix-changed',
		'prefix-churn',
		'The beginning of a prompt changed within the cache lifetime',
		'Keep what changes (time, ids, retrieved text) behind the cached part, and the order of tools fixed.',
	),
	churn(
		'model-switched',
		'model-switching',
		'A thread changed its model',
		'Keep one model per thread: each model has a cache of its own.',
	),
	belowMinimum,
	tooSmall,
	allBlocks,
	unpricedModels,
	healthy,
];

/** What the numbers of a window call for, by money, then by severity. */
export const recommend = (facts: Facts): readonly Recommendation[] =>
	facts.total.requests === 0
		? []
		: rules
				.map(rule => rule(facts))
				.filter(found => found !== undefined)
				.sort(
					(one, other) =>
						(other.worthPerDay ?? 0) - (one.worthPerDay ?? 0) ||
						severities.indexOf(one.severity) - severities.indexOf(other.severity),
				);
