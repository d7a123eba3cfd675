import type {Report} from '../../metrics/report.js';
import {formatCount, formatPercent, formatPoints, formatTokens} from '../../output/numbers.js';
import {muted, primary, strong, styledAs} from '../text/line.js';
import {changeOfRate} from './change.js';
import type {Fact} from './facts.js';
import {statusToken} from './status-token.js';

const always = Number.POSITIVE_INFINITY;
/** Of what was planned, so many percentage points never read are worth a colour. */
const remarkable = 0.05;

export const plannedMeans = 'planned: what would be cached, not what was';

export const hitRateFact = ({summary, previous}: Report): Fact => ({
	label: 'Hit rate',
	value: styledAs(statusToken(summary.status), formatPercent(summary.hitRate)),
	notes: [
		{line: summary.status ? styledAs(statusToken(summary.status), summary.status) : [], keep: 9},
		{line: muted(summary.basis ?? ''), keep: summary.basis === 'planned' ? always : 4},
	],
	change: summary.basis === previous?.summary.basis ? changeOfRate(summary.hitRate, previous?.summary.hitRate) : [],
});

const tokenHitRate = ({summary, previous}: Report): Fact => ({
	label: 'Token hit rate',
	value: strong(formatPercent(summary.tokenHitRate)),
	notes: [
		{
			line:
				summary.tokenHitRate === undefined
					? muted('no usage in the log')
					: muted(`of ${formatTokens(summary.tokens.input)} input`),
			shorter: summary.tokenHitRate === undefined ? [muted('no usage')] : [],
			keep: 3,
		},
	],
	change: changeOfRate(summary.tokenHitRate, previous?.summary.tokenHitRate),
});

const requests = ({summary}: Report): Fact => ({
	label: 'Requests',
	value: strong(formatCount(summary.requests)),
	notes: [
		{
			line: primary(`${formatCount(summary.hits)} hits · ${formatCount(summary.misses)} misses`),
			shorter: [primary(`${formatCount(summary.hits)} hit · ${formatCount(summary.misses)} miss`)],
			keep: 3,
		},
	],
});

/** A plan beside what came of it. */
const planned = ({summary}: Report): readonly Fact[] => {
	const {hitRate} = summary.planned;
	if (summary.basis !== 'measured' || hitRate === undefined) {
		return [];
	}
	const unread = hitRate - (summary.hitRate ?? hitRate);
	return [
		{
			label: 'Planned',
			value: strong(formatPercent(hitRate)),
			notes: [
				{
					line:
						unread >= remarkable
							? styledAs('status.fair', `⚑ ${formatPoints(unread)} points never read`)
							: muted('marked for caching'),
					shorter:
						unread >= remarkable
							? ['points unread', 'points'].map(words => styledAs('status.fair', `⚑ ${formatPoints(unread)} ${words}`))
							: [],
					keep: 3,
				},
			],
		},
	];
};

const uncertain = ({summary}: Report): readonly Fact[] => [
	...(summary.unmeasured > 0
		? [
				{
					label: 'Unmeasured',
					value: strong(formatCount(summary.unmeasured)),
					notes: [{line: muted('cache unknown, in no rate'), shorter: [muted('in no rate')], keep: 3}],
				},
			]
		: []),
	...(summary.estimated > 0
		? [
				{
					label: 'Estimated',
					value: strong(formatCount(summary.estimated)),
					notes: [{line: muted('usage guessed or partial'), shorter: [muted('not exact')], keep: 3}],
				},
			]
		: []),
];

/** What stands below the hit rate, the most important first. */
export const overviewFacts = (report: Report): readonly Fact[] => [
	tokenHitRate(report),
	requests(report),
	...planned(report),
	...uncertain(report),
];
