import {costOf} from '../../metrics/money/cost.js';
import {type Picodollars, priceOf, toDollars} from '../../metrics/money/money.js';
import type {TokenPrices} from '../../metrics/money/pricing.js';
import {formatCount, priceColumn} from '../../output/numbers.js';
import {inputTokens, type Usage} from '../../request.js';
import {decimal} from '../../text/decimal.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong} from '../text/line.js';
import {table} from '../text/table.js';

/** One line of the calculation: tokens at a price, or a sum of the lines above. */
type Step = {readonly name: string; readonly tokens: number; readonly each?: Picodollars; readonly amount: Picodollars};

const gap = 2;
const leastPlaces = 4;
const mostPlaces = 12;

/** The number of decimals that shows all amounts exactly. */
const exactPlaces = (amounts: readonly Picodollars[]): number => {
	let places = mostPlaces;
	for (let unit = 10n; places > leastPlaces && amounts.every(amount => amount % unit === 0n); unit *= 10n) {
		places--;
	}
	return places;
};

const step = (name: string, tokens: number, each: Picodollars): readonly Step[] =>
	tokens === 0 ? [] : [{name, tokens, each, amount: priceOf(tokens, each)}];

/** What each kind of token cost, and their sum. */
const stepsOf = (usage: Usage, price: TokenPrices): readonly Step[] => {
	const input = inputTokens(usage);
	const cost = costOf(usage, price);
	return [
		...step('read from the cache', usage.cacheRead, price.cacheRead),
		...step('written for 5 min', usage.cacheWrite5m, price.cacheWrite5m),
		...step('written for 1 h', usage.cacheWrite1h, price.cacheWrite1h),
		...step('uncached', usage.uncached, price.input),
		{name: 'input, with the cache', tokens: input, amount: cost.with},
		{name: 'without a cache', tokens: input, each: price.input, amount: cost.without},
		{name: cost.without < cost.with ? 'more than without' : 'saved', tokens: 0, amount: abs(cost.without - cost.with)},
		...(price.output === undefined ? [] : step('output, either way', usage.output, price.output)),
	];
};

const abs = (amount: Picodollars): Picodollars => (amount < 0n ? -amount : amount);

/** The exact price of a request step by step, so that anyone can check the sum. */
export const priceSteps = (usage: Usage, price: TokenPrices, columns: number): readonly Line[] => {
	const steps = stepsOf(usage, price);
	const places = exactPlaces(steps.map(({amount}) => amount));
	const prices = priceColumn(steps.map(({each}) => (each === undefined ? undefined : Number(each) / 1e6)));
	const isSum = ({each}: Step) => each === undefined;
	const amounts = steps.map(({amount}) => `= $${decimal(toDollars(amount), places, places)}`);
	// Amounts are never cut, so names are.
	const nameColumns = columns - gap - Math.max(...amounts.map(amount => amount.length));
	return table(
		[
			{cells: steps.map(found => (isSum(found) ? strong : primary)(cutText(found.name, nameColumns)))},
			{cells: steps.map(({tokens}) => (tokens === 0 ? [] : primary(formatCount(tokens)))), align: 'right', keep: 2},
			{
				cells: steps.map(({each}, index) => (each === undefined ? [] : muted(`× ${prices[index]} per million`))),
				align: 'right',
				keep: 1,
			},
			{cells: steps.map((found, index) => (isSum(found) ? strong : primary)(amounts[index] ?? '')), align: 'right'},
		],
		columns,
	).rows;
};
