import {describe, expect, test} from 'vitest';
import {countThreads} from '../../../source/metrics/breaks/count-facts.js';
import type {Counted} from '../../../source/metrics/breaks/facts.js';
import {sumOfPaid} from '../../../source/metrics/breaks/paid-tokens.js';
import {costOf, costOfLoss} from '../../../source/metrics/money/cost.js';
import {costPartsOf} from '../../../source/metrics/money/cost-parts.js';
import {priceOf} from '../../../source/metrics/money/money.js';
import {type ModelPrices, priceList} from '../../../source/metrics/money/pricing.js';
import {inputTokens, type Usage} from '../../../source/request.js';
import {randomOf, randomThread} from '../../support/random-thread.js';
import {storeOf} from '../../support/recount.js';
import {runs} from '../../support/runs.js';
import {forestOf} from './forest.js';

const seeds = Array.from({length: runs(400)}, (_, index) => index);
const prices = priceList();
const always = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const requestsOf = (seed: number) => randomThread(seed, 5 + (seed % 30)).map(({request}) => request);

describe('threads of several conversations', () => {
	test('counted one by one they are what they are when all is known', () => {
		for (const seed of seeds) {
			const requests = requestsOf(seed);
			const found = countThreads(requests).counted.map(({request, facts: {loss, small, cold}}) => [
				request.id,
				loss && [loss.cause, sumOfPaid(loss)],
				small && sumOfPaid(small),
				cold?.kind,
			]);
			expect(found).toEqual(forestOf(requests));
		}
	});

	test('no loss is more than was paid again, and none costs more than its request paid above the read price', () => {
		const check = ({request, facts: {loss, small}}: Counted): void => {
			const {cacheRead, ...usage} = request.usage as Usage;
			const lost = loss ?? small;
			if (lost) {
				expect(sumOfPaid(lost)).toBeLessThanOrEqual(usage.uncached + usage.cacheWrite5m + usage.cacheWrite1h);
				const price = prices.of(request) as ModelPrices;
				const paid = costOf({...usage, cacheRead}, price).with;
				const asReads = priceOf(inputTokens({...usage, cacheRead}), price.cacheRead);
				expect(costOfLoss(lost, price)).toBeLessThanOrEqual(paid - asReads);
			}
		};
		for (const seed of seeds) {
			for (const counted of countThreads(requestsOf(seed)).counted) {
				check(counted);
			}
		}
	});

	test('the four parts of the cost add up, and none is negative', () => {
		for (const seed of seeds) {
			const parts = storeOf(requestsOf(seed), prices).parts(always, {});
			const {firstWrites = 0, growth = 0, reads = 0, lost = 0} = costPartsOf(parts) ?? {};
			const total = parts.reduce((sum, {lane, measures}) => sum + costOf(measures, lane.price as ModelPrices).with, 0n);
			expect(firstWrites + growth + reads + lost).toBeCloseTo(Number(total) / 1e12, 12);
			expect(Math.min(firstWrites, growth, reads, lost)).toBeGreaterThanOrEqual(0);
		}
	});

	test('most of what a true cache lost is found, and little is invented', () => {
		let [found, truth, wrong] = [0, 0, 0];
		// Fewer threads than these say nothing about most.
		for (let seed = 0; seed < 400; seed++) {
			const thread = randomThread(seed, 5 + (seed % 30));
			for (const [index, {facts}] of countThreads(thread.map(({request}) => request)).counted.entries()) {
				const lost = facts.loss ? sumOfPaid(facts.loss) : 0;
				const isLost = thread[index]?.lost ?? 0;
				found += lost;
				truth += isLost;
				wrong += Math.abs(lost - isLost);
			}
		}
		expect(found / truth).toBeGreaterThan(0.85);
		expect(found / truth).toBeLessThan(1.15);
		expect(wrong / truth).toBeLessThan(0.4);
	});
});

test('random numbers are those of their seed', () => {
	expect([randomOf(1)(), randomOf(1)()]).toEqual([randomOf(1)(), randomOf(1)()]);
	expect(randomOf(1)()).not.toBe(randomOf(2)());
});
