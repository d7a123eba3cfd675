import type {ModelPrices, PriceList, TokenPrices} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import {ratio} from '../../metrics/report/summary.js';
import {inputTokens, type Request} from '../../request.js';

/** What one model's tokens were priced as. */
export type PriceRow = {
	/** As logged; undefined if the log names none. */
	readonly model: string | undefined;
	/** All of them, those without usage as well. */
	readonly requests: number;
	/** Input tokens; undefined if usage is not known. */
	readonly input: number | undefined;
	/** Of all input tokens; 0–1. */
	readonly share: number | undefined;
	/** At the date and the size of its latest request, epoch milliseconds. */
	readonly time: number;
	readonly prices: ModelPrices | undefined;
	/** The prices are a guess for a log that holds only plans. */
	readonly assumed: boolean;
	/** Larger requests cost another price a token than smaller ones. */
	readonly tiered: boolean;
};

const kinds: readonly (keyof TokenPrices)[] = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'];

/** The models of a report, in its order, and what they were priced as. */
export const priceRowsOf = ({models, requests, summary}: Report, prices: PriceList): readonly PriceRow[] => {
	const latest = new Map<string | undefined, Request>();
	for (const request of requests) {
		if (request.usage || !latest.get(request.model)?.usage) {
			latest.set(request.model, request);
		}
	}
	const measured = summary.basis === 'measured';
	return models.map(({name, summary: part, lastTime}) => {
		const request = latest.get(name);
		const time = request?.time ?? lastTime;
		const find = (input: number) => (measured ? prices.find(name, time, input) : prices.findForPlan(name, time, input));
		const [smallest, largest] = [find(0), find(Number.MAX_SAFE_INTEGER)];
		const found = find(request?.usage ? inputTokens(request.usage) : 0);
		return {
			model: name,
			requests: part.requests,
			input: measured ? part.tokens.input : undefined,
			share: measured ? ratio(part.tokens.input, summary.tokens.input) : undefined,
			time,
			prices: found,
			assumed: found?.from.endsWith(', assumed') ?? false,
			tiered: kinds.some(kind => smallest?.[kind] !== largest?.[kind]),
		};
	});
};

/** Picodollars a token, as sums are kept, to dollars per million tokens, as prices are published. */
export const perMillion = (picodollars: bigint): number => Number(picodollars) / 1e6;
