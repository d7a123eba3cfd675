import type {ModelPrices, PriceList, TokenPrices} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import {ratio} from '../../metrics/report/summary.js';
import {inputTokens, type Request} from '../../request.js';

/** The price of one model. */
export type PriceRow = {
	/** The model as logged; undefined if the log names none. */
	readonly model: string | undefined;
	/** All requests, including those without usage. */
	readonly requests: number;
	/** Input tokens; undefined without usage. */
	readonly input: number | undefined;
	/** Share of all input tokens, 0–1. */
	readonly share: number | undefined;
	/** Time of the latest request, in epoch milliseconds: the price applies to its date and size. */
	readonly time: number;
	readonly prices: ModelPrices | undefined;
	/** True if the price is a guess, for a log with plans only. */
	readonly assumed: boolean;
	/** True if large requests have another price per token than small ones. */
	readonly tiered: boolean;
};

const kinds: readonly (keyof TokenPrices)[] = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'];

/** The models of a report, in its order, with their prices. */
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

/**
 * Converts picodollars per token, in which sums are stored, to dollars per million tokens, in which prices are
 * published.
 */
export const perMillion = (picodollars: bigint): number => Number(picodollars) / 1e6;
