import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import type {ModelPrices, PriceList} from '../money/pricing.js';
import {markedTokens} from '../plan.js';
import {addSums, type Measures, measuresOf, noSums} from './measure-sums.js';

/**
 * The properties by which requests are summed; requests of a lane have the same price. The log is not one of them,
 * because there may be a hundred thousand logs with a few requests each.
 */
export type Lane = {
	/** As logged. */
	readonly model: string | undefined;
	readonly project: string | undefined;
	readonly host: string | undefined;
	/** As `Request.agent` and `Request.provider`. */
	readonly agent: string | undefined;
	readonly provider: string | undefined;
	/** Undefined if unknown. For requests without usage, the price of their marked tokens. */
	readonly price: ModelPrices | undefined;
};

/** The sums of the requests of one lane. */
export type Part = {
	readonly lane: Lane;
	readonly measures: Measures;
	/** Times of its first and last request, in epoch milliseconds. */
	readonly firstTime: number;
	readonly lastTime: number;
};

/** The sums of a lane in one thread; only `threadMeasures` are known, other measures are 0. */
export type ThreadPart = Part & {readonly thread: string | undefined};

/** The sums of a lane in one log, by its name. */
export type SourcePart = Part & {readonly source: string};

/** The sums of a lane in one slice of a window; only `sliceMeasures` are sure to be known. */
export type SlicePart = Part & {
	/** Start of the slice in epoch milliseconds, a multiple of its width. */
	readonly slice: number;
};

/** The price of a request: by its usage, else by what it marked. */
export const priceOfRequest = (request: Request, prices: PriceList): ModelPrices | undefined =>
	request.usage ? prices.of(request) : prices.findForPlan(request.model, request.time, markedTokens(request.plan));

/** A text that identifies a lane; equal for equal lanes. */
export const laneKey = ({model, project, host, agent, provider, price}: Lane): string =>
	[...[model, project, host, agent, provider].map(name => name ?? '\0'), price ? priceKey(price) : ''].join('\n');

const priceKeys = new WeakMap<ModelPrices, string>();

/** A text that identifies prices. */
export const priceKey = (price: ModelPrices): string => {
	let key = priceKeys.get(price);
	if (key === undefined) {
		const {input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h} = price;
		key = [input, cacheRead, cacheWrite5m, cacheWrite1h, output ?? '', derived1h ? 1 : 0, from].join(' ');
		priceKeys.set(price, key);
	}
	return key;
};

/** The lane of a request, including its price. */
export const laneOf = (request: Request, prices: PriceList): Lane => ({
	model: request.model,
	project: request.project,
	host: request.host,
	agent: request.agent,
	provider: request.provider,
	price: priceOfRequest(request, prices),
});

/** Adds parts up by a property of their lanes, in the order of first occurrence. */
export const mergeParts = <Key>(
	parts: readonly Part[],
	keyOf: (lane: Lane) => Key,
): ReadonlyMap<Key, readonly Part[]> => grouped(parts, ({lane}) => keyOf(lane));

/** The total of all parts. */
export const totalOf = (parts: readonly Part[]): Measures => {
	const total = noSums();
	for (const {measures} of parts) {
		addSums(total, measures.sums);
	}
	return measuresOf(total);
};
