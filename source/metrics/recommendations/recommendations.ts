import {count, percent, plural, ratedWord} from '../number-words.js';
import {breakRules} from './break-rules.js';
import {lifetimeRules} from './lifetime-rules.js';
import {markingRules} from './marking-rules.js';

import {type Facts, type Finding, type Recommendation, type Rule, severities} from './recommendation.js';
import {suspectRules} from './suspect-rules.js';

const lowHitRate: Rule = ({summary}) =>
	summary.hitRate !== undefined && summary.hitRate < 0.7
		? {
				id: 'low-hit-rate',
				severity: summary.hitRate < 0.4 ? 'critical' : 'warning',
				evidence: `The hit rate is ${percent(summary.hitRate)}: ${count(summary.misses)} of ${plural(summary.rated, ratedWord(summary))} missed.`,
				action:
					"Check that system prompts exceed the model's minimum, that the model supports caching, and that caching is enabled.",
				cost: undefined,
			}
		: undefined;

/** A name that leaves the choice of the model to a router: `auto`, `openrouter/auto`, Cursor's `default`. */
const isRouted = (name: string): boolean => /^(?:.*\/)?(?:auto|default)$/i.test(name);

const unpricedModels: Rule = ({models, summary}) => {
	const names = models.filter(({name, unpriced}) => name !== undefined && unpriced > 0).map(({name}) => name as string);
	return summary.basis === 'measured' && names.length > 0
		? {
				id: 'unpriced-models',
				severity: 'note',
				evidence: `${plural(names.length, 'model')} without a known price: ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}. ${names.length === 1 ? 'Its' : 'Their'} tokens count, ${names.length === 1 ? 'its' : 'their'} money does not.`,
				action: names.every(isRouted)
					? 'Which model answered is not in this log. If you know the price that you pay, set it with --price.'
					: "Set the price with --price 'MODEL=3,0.3,3.75' (dollars per million: input, read, write), or --price 'MODEL=claude-sonnet-4-5'.",
				cost: undefined,
			}
		: undefined;
};

const healthy: Rule = ({summary}) =>
	summary.hitRate !== undefined && summary.hitRate >= 0.8 && (summary.money.netSavings ?? 0) >= 0
		? {
				id: 'healthy',
				severity: 'good',
				...(summary.basis === 'planned'
					? {
							evidence: `${percent(summary.hitRate)} of requests mark blocks for caching.`,
							action: 'What was really read is not in this log: log the usage of each response to see it.',
						}
					: {
							evidence: `The cache works: ${percent(summary.hitRate)} of requests hit.`,
							action: "Set an alert: hitrate check --fail-if 'hit_rate drops 10'.",
						}),
				cost: undefined,
			}
		: undefined;

const rules: readonly Rule[] = [
	...markingRules,
	lowHitRate,
	...lifetimeRules,
	...breakRules,
	...suspectRules,
	unpricedModels,
	healthy,
];

/** Minimum share of the window's input cost. */
const leastShare = 0.01;
/** Minimum dollars per day with requests. */
const leastPerDay = 0.01;
const month = 30;

/** True if a finding costs enough to be worth acting on; findings without a cost always are. */
const isWorthwhile = ({cost}: Finding, {summary, activeDays}: Facts): boolean =>
	cost === undefined ||
	(cost >= leastShare * (summary.money.withCache ?? 0) && cost / Math.max(activeDays, 1) >= leastPerDay);

const withWorth = (finding: Finding, days: number): Recommendation => ({
	...finding,
	worthPerDay: finding.cost === undefined ? undefined : finding.cost / Math.max(days, 1),
	worthPerMonth: finding.cost === undefined || days < 1 ? undefined : (finding.cost / days) * month,
});

/** The recommendations for a window, by cost, then by severity. */
export const recommend = (facts: Facts): readonly Recommendation[] =>
	facts.total.requests === 0
		? []
		: rules
				.map(rule => rule(facts))
				.filter(finding => finding !== undefined)
				.filter(finding => isWorthwhile(finding, facts))
				.map(finding => withWorth(finding, facts.days))
				.sort(
					(one, other) =>
						(other.cost ?? 0) - (one.cost ?? 0) ||
						severities.indexOf(one.severity) - severities.indexOf(other.severity),
				);
