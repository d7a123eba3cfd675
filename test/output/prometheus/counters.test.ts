import {describe, expect, test} from 'vitest';
import {breakCauses} from '../../../source/metrics/breaks/loss.js';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {countersOf} from '../../../source/output/prometheus/counters.js';
import {labelOf} from '../../../source/output/prometheus/labels.js';
import type {Family} from '../../../source/output/prometheus/prometheus.js';
import type {Request} from '../../../source/request.js';
import {storeOf} from '../../support/recount.js';
import {block, measured, measuredDay, planned, reportFor} from '../../support/requests.js';

const always = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'custom'};

const counters = (requests: readonly Request[], model = labelOf): ReadonlyMap<string, Family['samples']> => {
	const store = storeOf(requests, priceList());
	const {parts} = store.sources(always, {}, Number.POSITIVE_INFINITY);
	const families = countersOf(store.parts(always, {}), parts, {model, source: labelOf});
	return new Map(families.map(({name, samples}) => [name, samples]));
};

/** The sum of those samples whose labels hold all of these. */
const sum = (samples: Family['samples'] | undefined, labels: Readonly<Record<string, string>> = {}): number =>
	(samples ?? [])
		.filter(sample => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
		.reduce((all, {value}) => all + value, 0);

describe('the counters', () => {
	const found = counters(measuredDay());
	const {summary, breaks} = reportFor(measuredDay(), always);

	test('of requests are the report’s', () => {
		const requests = found.get('hitrate_requests_total');
		expect(sum(requests, {outcome: 'hit'})).toBe(summary.hits);
		expect(sum(requests, {outcome: 'miss'})).toBe(summary.misses);
		expect(sum(requests, {outcome: 'unmeasured'})).toBe(summary.unmeasured);
		const plans = found.get('hitrate_planned_requests_total');
		expect(sum(plans, {outcome: 'hit'})).toBe(summary.planned.hits);
		expect(sum(plans, {outcome: 'miss'})).toBe(summary.planned.misses);
	});

	test('of tokens and money are the report’s', () => {
		const {tokens, money} = summary;
		const input = found.get('hitrate_input_tokens_total');
		expect(['uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h'].map(kind => sum(input, {kind}))).toEqual([
			tokens.uncached,
			tokens.cacheRead,
			tokens.cacheWrite5m,
			tokens.cacheWrite1h,
		]);
		expect(sum(found.get('hitrate_output_tokens_total'))).toBe(tokens.output);
		expect(sum(found.get('hitrate_input_cost_dollars_total'))).toBeCloseTo(money.withCache as number, 9);
		expect(sum(found.get('hitrate_input_cost_without_cache_dollars_total'))).toBeCloseTo(
			money.withoutCache as number,
			9,
		);
		expect(sum(found.get('hitrate_output_cost_dollars_total'))).toBeCloseTo(money.outputCost as number, 9);
		const unpriced = sum(found.get('hitrate_unpriced_input_tokens_total'));
		expect(1 - unpriced / tokens.input).toBeCloseTo(money.coverage as number, 9);
	});

	test('of losses are the report’s, with a series for each cause from the start', () => {
		expect(found.get('hitrate_breaks_total')).toHaveLength(breakCauses.length);
		expect(sum(found.get('hitrate_breaks_total'))).toBe(breaks.count);
		expect(sum(found.get('hitrate_lost_tokens_total'))).toBe(breaks.lostTokens);
		expect(sum(found.get('hitrate_lost_dollars_total'))).toBeCloseTo(breaks.lostCost as number, 9);
		for (const {cause, breaks: count} of breaks.byCause) {
			expect(sum(found.get('hitrate_breaks_total'), {cause})).toBe(count);
		}
	});

	test('know no money of a model without a price', () => {
		const models = (name: string) => found.get(name)?.map(({labels}) => labels.model);
		expect(models('hitrate_input_tokens_total')).toContain('house-model');
		expect(models('hitrate_input_cost_dollars_total')).not.toContain('house-model');
	});

	test('are one series where models are called the same', () => {
		const requests = [measured({uncached: 1}, {model: 'a'}), measured({uncached: 2}, {model: 'b'})];
		const merged = counters(requests, () => 'other');
		expect(merged.get('hitrate_requests_total')?.filter(({labels}) => labels.outcome === 'miss')).toEqual([
			{labels: {model: 'other', source: 'logs/worker.log', outcome: 'miss'}, value: 2},
		]);
	});

	test('say nothing of usage if a log has none', () => {
		const plans = counters([planned([block(1, 5000)]), planned([])]);
		expect(sum(plans.get('hitrate_requests_total'), {outcome: 'unmeasured'})).toBe(2);
		expect(sum(plans.get('hitrate_planned_requests_total'), {outcome: 'hit'})).toBe(1);
		for (const name of ['hitrate_input_tokens_total', 'hitrate_input_cost_dollars_total', 'hitrate_breaks_total']) {
			expect(plans.get(name)).toEqual([]);
		}
	});
});
