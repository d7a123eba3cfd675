import {modelKey} from '../models/model-key.js';

/**
 * Prices that are missing or wrong in the published data, each with its source. A row is removed once the data are
 * right; a test says when.
 */

/** Dollars per million tokens. */
export type ListedPrices = {
	readonly input: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly output: number;
};

/** Prices of a model from a date on. */
type Row = {
	/** As returned by `modelKey`. */
	readonly model: string;
	/** First day of validity, UTC. */
	readonly since: string;
	readonly prices: ListedPrices;
	/** Prices of the whole request if its input exceeds this many tokens. */
	readonly above?: {readonly input: number; readonly prices: ListedPrices};
	readonly source: string;
};

/** First day of models for which it does not matter. */
const always = '2020-01-01';

/** Anthropic's 5-minute writes cost 1.25 × input and 1-hour writes 2 × input, whatever a read costs. */
const anthropic = (input: number, cacheRead: number, output: number): ListedPrices => ({
	input,
	cacheRead,
	cacheWrite5m: input * 1.25,
	cacheWrite1h: input * 2,
	output,
});

/** OpenAI has a price for writes since GPT-5.6. */
const openAi = (input: number, cacheRead: number, write: number, output: number): ListedPrices => ({
	input,
	cacheRead,
	cacheWrite5m: write,
	cacheWrite1h: write,
	output,
});

/** Newest first for each model. */
export const ownPrices: readonly Row[] = [
	{
		model: 'claude-sonnet-5-5',
		since: '2026-10-07',
		prices: anthropic(2, 0.1, 10),
		source: 'claudit 1.9.2: reads cut to 0.05 × input',
	},
	{model: 'claude-sonnet-5-5', since: always, prices: anthropic(2, 0.2, 10), source: 'claudit 1.9.1'},
	{
		model: 'claude-haiku-5-5',
		since: always,
		prices: anthropic(0.1, 0.01, 0.5),
		above: {input: 100_000, prices: anthropic(0.5, 0.05, 2.5)},
		source: "Anthropic's page on Haiku 5.5",
	},
	{
		model: 'claude-fable-5-2',
		since: always,
		prices: anthropic(8, 0.2, 40),
		source: 'one report; writes as Anthropic has them',
	},
	{model: 'claude-mythos-5', since: always, prices: anthropic(10, 1, 50), source: "Anthropic's prices: as Fable 5"},
	{
		model: 'claude-mythos-5-1',
		since: always,
		prices: anthropic(10, 0.25, 50),
		source: "Anthropic's prices: as Fable 5.1",
	},
	{
		model: 'gpt-6.1-sol',
		since: always,
		prices: openAi(2, 0.1, 2.5, 10),
		above: {input: 272_000, prices: openAi(4, 0.2, 5, 15)},
		source: 'PromptFuel 1.0.22, Codex-Manager 0.4.7',
	},
];

/** Changed with the table and with the names that find a price: stores with an older value are repriced. */
export const ownPricesOf = '2026-11-29';

/** Bedrock's regional endpoints cost 10 % more than the list price. */
const isRegional = (logged: string): boolean => /(?:^|\/)(?!global\.)[a-z]{2,6}\.anthropic\./.test(logged);
const regionalFactor = 1.1;

const times = (prices: ListedPrices, factor: number): ListedPrices => ({
	input: prices.input * factor,
	cacheRead: prices.cacheRead * factor,
	cacheWrite5m: prices.cacheWrite5m * factor,
	cacheWrite1h: prices.cacheWrite1h * factor,
	output: prices.output * factor,
});

/**
 * A model's prices by the input size above which they apply, highest first; undefined if the published data are right.
 * @param time epoch milliseconds
 */
export const findOwnPrices = (
	logged: string,
	time: number,
): readonly (readonly [above: number, prices: ListedPrices])[] | undefined => {
	const key = modelKey(logged);
	const row = ownPrices.find(({model, since}) => model === key && time >= Date.parse(since));
	if (!row) {
		return undefined;
	}
	const factor = isRegional(logged.toLowerCase()) ? regionalFactor : 1;
	return [
		...(row.above ? [[row.above.input, times(row.above.prices, factor)] as const] : []),
		[-1, times(row.prices, factor)],
	];
};

/**
 * The start of the tier of GPT-5.6 and GPT-6 Astra: above 272,000 input tokens, as published by OpenAI; the data start
 * it one token early.
 */
export const tierStart = (start: number): number => (start === 271_999 ? 272_000 : start);
