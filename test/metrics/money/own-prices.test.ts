import {calcPrice} from '@pydantic/genai-prices';
import {describe, expect, test} from 'vitest';
import {toDollars} from '../../../source/metrics/money/money.js';
import {ownPrices} from '../../../source/metrics/money/own-prices.js';
import {priceList} from '../../../source/metrics/money/pricing.js';

const prices = priceList();
const day = 86_400_000;
/** The day on which the first of these models came out. */
const firstOwn = Date.parse('2026-09-28');
/** Dollars per million: input, read, 5-minute write, 1-hour write, output. */
const perMillion = (model: string, date: string, input = 1000) => {
	const found = prices.find(model, Date.parse(date), input);
	return (
		found &&
		[found.input, found.cacheRead, found.cacheWrite5m, found.cacheWrite1h, found.output].map(each =>
			toDollars((each ?? 0n) * 1_000_000n),
		)
	);
};

describe('prices that the published data lack or have otherwise', () => {
	test.each<[string, string, string, number, readonly number[]]>([
		['reads of Sonnet 5.5 at first', 'claude-sonnet-5-5', '2026-10-06T23:59:59Z', 1, [2, 0.2, 2.5, 4, 10]],
		['reads of Sonnet 5.5 since their cut', 'claude-sonnet-5-5', '2026-10-07', 1, [2, 0.1, 2.5, 4, 10]],
		['Haiku 5.5, a small prompt', 'claude-haiku-5-5-20261007', '2026-11-01', 100_000, [0.1, 0.01, 0.125, 0.2, 0.5]],
		['Haiku 5.5, a large prompt', 'claude-haiku-5-5', '2026-11-01', 100_001, [0.5, 0.05, 0.625, 1, 2.5]],
		['through a gateway', 'openrouter/anthropic/claude-haiku-5.5', '2026-11-01', 1, [0.1, 0.01, 0.125, 0.2, 0.5]],
		['regional Bedrock', 'us.anthropic.claude-mythos-5-v1:0', '2026-11-01', 1, [11, 1.1, 13.75, 22, 55]],
		['global Bedrock', 'global.anthropic.claude-mythos-5-v1:0', '2026-11-01', 1, [10, 1, 12.5, 20, 50]],
		['Mythos 5.1 reads', 'claude-mythos-5-1', '2026-11-01', 1, [10, 0.25, 12.5, 20, 50]],
		['Fable 5.2', 'claude-fable-5-2', '2026-11-01', 1, [8, 0.2, 10, 16, 40]],
		['GPT-6.1 Sol', 'gpt-6.1-sol', '2026-11-01', 272_000, [2, 0.1, 2.5, 2.5, 10]],
		['GPT-6.1 Sol, a large prompt', 'gpt-6.1-sol', '2026-11-01', 272_001, [4, 0.2, 5, 5, 15]],
		['the tier of GPT-5.6 begins above 272,000', 'gpt-5.6-sol', '2026-11-01', 272_000, [4, 0.4, 5, 5, 20]],
		['and not later', 'gpt-5.6-sol', '2026-11-01', 272_001, [8, 0.8, 10, 10, 30]],
		['GPT-5.6 Sol before its price was cut', 'gpt-5.6-sol', '2026-08-20', 1, [5, 0.5, 6.25, 6.25, 30]],
		['Sonnet 5 was not made more expensive', 'claude-sonnet-5', '2026-11-01', 1, [2, 0.2, 2.5, 4, 10]],
	])('%s', (_, model, date, input, expected) => {
		expect(perMillion(model, date, input)).toEqual(expected);
	});

	// Fails where the data have caught up with all rows of a model: then they are to go.
	test.each([...new Set(ownPrices.map(({model}) => model))])('%s is still needed', model => {
		const isPublished = ownPrices
			.filter(row => row.model === model)
			.map(({since, prices: {input, cacheRead, output}}) => {
				const timestamp = new Date(Math.max(Date.parse(since), firstOwn) + day / 2);
				const published = calcPrice({input_tokens: 1}, model, {timestamp})?.model_price;
				const inBase = (price: unknown): unknown =>
					typeof price === 'object' && price !== null && 'base' in price ? price.base : price;
				return (
					inBase(published?.input_mtok) === input &&
					inBase(published?.cache_read_mtok) === cacheRead &&
					inBase(published?.output_mtok) === output
				);
			});
		expect(isPublished).toContain(false);
	});

	test('the tier of GPT-5.6 is still begun a token early by the data', () => {
		const price = calcPrice({input_tokens: 1}, 'gpt-5.6-sol', {timestamp: new Date('2026-11-01')})?.model_price;
		expect(price?.input_mtok).toMatchObject({tiers: [{start: 271_999}]});
	});
});
