import {breakCauses} from '../../metrics/breaks/loss.js';
import {grouped} from '../../metrics/grouped.js';
import {costOf, costOfLoss} from '../../metrics/money/cost.js';
import {type Picodollars, priceOf, toDollars} from '../../metrics/money/money.js';
import type {Measures} from '../../metrics/sums/measure-sums.js';
import {mergeParts, type Part, type SourcePart, totalOf} from '../../metrics/sums/parts.js';
import {inputTokens} from '../../request.js';
import type {Family, Sample} from './prometheus.js';

/** What models and sources are called in labels. */
type Labels = {
	readonly model: (name: string | undefined) => string;
	readonly source: (name: string | undefined) => string;
};

/**
 * The counters: sums over all requests.
 * @param parts of all time @param bySource parts of all time, by log
 */
export const countersOf = (
	parts: readonly Part[],
	bySource: readonly SourcePart[],
	{model, source}: Labels,
): readonly Family[] => {
	const models = [...mergeParts(parts, lane => model(lane.model))].map(([name, found]) => ({
		labels: {model: name},
		parts: found,
		total: totalOf(found),
	}));
	const logs = [
		...grouped(bySource, part => JSON.stringify([model(part.lane.model), source(part.source)])).values(),
	].map(found => ({
		labels: {model: model(found[0]?.lane.model), source: source(found[0]?.source)},
		total: totalOf(found),
	}));
	return [
		{
			name: 'hitrate_requests_total',
			help: 'Requests to a model: a hit read from the cache, unmeasured means that the log has no usage for it',
			kind: 'counter',
			samples: logs.flatMap(({labels, total}) => [
				{labels: {...labels, outcome: 'hit'}, value: total.hits},
				{labels: {...labels, outcome: 'miss'}, value: total.measured - total.hits},
				{labels: {...labels, outcome: 'unmeasured'}, value: total.requests - total.measured},
			]),
		},
		{
			name: 'hitrate_planned_requests_total',
			help: 'Requests of which the log tells what was marked for caching: a hit marked anything',
			kind: 'counter',
			samples: models
				.filter(({total}) => total.planned > 0)
				.flatMap(({labels, total}) => [
					{labels: {...labels, outcome: 'hit'}, value: total.plannedHits},
					{labels: {...labels, outcome: 'miss'}, value: total.planned - total.plannedHits},
				]),
		},
		...tokenFamilies(models.filter(({total}) => total.measured > 0)),
		...lossFamilies(parts),
	];
};

type Model = {readonly labels: {readonly model: string}; readonly parts: readonly Part[]; readonly total: Measures};

const tokenFamilies = (models: readonly Model[]): readonly Family[] => [
	{
		name: 'hitrate_input_tokens_total',
		help: 'Prompt tokens by what happened to them',
		kind: 'counter',
		samples: models.flatMap(({labels, total}) => [
			{labels: {...labels, kind: 'uncached'}, value: total.uncached},
			{labels: {...labels, kind: 'cache_read'}, value: total.cacheRead},
			{labels: {...labels, kind: 'cache_write_5m'}, value: total.cacheWrite5m},
			{labels: {...labels, kind: 'cache_write_1h'}, value: total.cacheWrite1h},
		]),
	},
	{
		name: 'hitrate_unpriced_input_tokens_total',
		help: 'Prompt tokens of which no price is known: they are in none of the costs',
		kind: 'counter',
		samples: models.map(({labels, parts}) => ({
			labels,
			value: parts.reduce((sum, {lane, measures}) => sum + (lane.price ? 0 : inputTokens(measures)), 0),
		})),
	},
	{
		name: 'hitrate_output_tokens_total',
		help: 'Tokens that models answered with',
		kind: 'counter',
		samples: models.map(({labels, total}) => ({labels, value: total.output})),
	},
	{
		name: 'hitrate_input_cost_dollars_total',
		help: 'What prompt tokens cost with the cache',
		kind: 'counter',
		samples: models.flatMap(model => costSample(model, part => costOf(part.measures, part.price).with)),
	},
	{
		name: 'hitrate_input_cost_without_cache_dollars_total',
		help: 'What the same prompt tokens would have cost without a cache',
		kind: 'counter',
		samples: models.flatMap(model => costSample(model, part => costOf(part.measures, part.price).without)),
	},
	{
		name: 'hitrate_output_cost_dollars_total',
		help: 'What the answers cost',
		kind: 'counter',
		samples: models.flatMap(model =>
			costSample(model, ({measures, price}) =>
				price.output === undefined ? undefined : priceOf(measures.output, price.output),
			),
		),
	},
];

type Priced = {readonly measures: Measures; readonly price: NonNullable<Part['lane']['price']>};

/** The cost sample of a model; empty if none of its requests has a price. */
const costSample = (
	{labels, parts}: Model,
	costOfPart: (part: Priced) => Picodollars | undefined,
): readonly Sample[] => {
	let sum: Picodollars | undefined;
	for (const {
		lane: {price},
		measures,
	} of parts) {
		const cost = price && measures.measured > 0 ? costOfPart({measures, price}) : undefined;
		sum = cost === undefined ? sum : (sum ?? 0n) + cost;
	}
	return sum === undefined ? [] : [{labels, value: toDollars(sum)}];
};

/** Breaks can be detected from usage only: without usage they are unknown rather than zero. */
const lossFamilies = (parts: readonly Part[]): readonly Family[] => {
	const total = totalOf(parts);
	const causes = total.measured > 0 ? breakCauses : [];
	const lostOf = (measures: Measures, cause: (typeof breakCauses)[number]) => ({
		oneHour: measures[`${cause}OneHour`],
		fiveMinutes: measures[`${cause}FiveMinutes`],
		input: measures[`${cause}Input`],
	});
	return [
		{
			name: 'hitrate_breaks_total',
			help: 'Requests that lost cached tokens; all causes but reported are inferred',
			kind: 'counter',
			samples: causes.map(cause => ({labels: {cause}, value: total[`${cause}Breaks`]})),
		},
		{
			name: 'hitrate_lost_tokens_total',
			help: 'Cached tokens that requests lost',
			kind: 'counter',
			samples: causes.map(cause => {
				const {oneHour, fiveMinutes, input} = lostOf(total, cause);
				return {labels: {cause}, value: oneHour + fiveMinutes + input};
			}),
		},
		{
			name: 'hitrate_lost_dollars_total',
			help: 'What lost tokens cost beyond reading them from the cache, as far as prices are known',
			kind: 'counter',
			samples: causes.map(cause => ({
				labels: {cause},
				value: toDollars(
					parts.reduce(
						(sum, {lane, measures}) => sum + (lane.price ? costOfLoss(lostOf(measures, cause), lane.price) : 0n),
						0n,
					),
				),
			})),
		},
	];
};
