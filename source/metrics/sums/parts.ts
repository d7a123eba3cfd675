import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import type {ModelPrices, PriceList} from '../money/pricing.js';
import {markedTokens} from '../plan.js';
import {addMeasures, type Measures, noMeasures} from './measures.js';

/**
 * What requests have in common that can be added up: all of them were paid for at the same prices. Their log is not
 * among it: there may be a hundred thousand logs, each with a few requests.
 */
export type Lane = {
	/** As logged. */
	readonly model: string | undefined;
	readonly project: string | undefined;
	readonly host: string | undefined;
	/** As `Request.agent` and `Request.provider`. */
	readonly agent: string | undefined;
	readonly provider: string | undefined;
	/** Undefined if none is known. Of requests without usage: what their marked tokens are priced at. */
	readonly price: ModelPrices | undefined;
};

/** The sums of the requests of one lane. */
export type Part = {
	readonly lane: Lane;
	readonly measures: Measures;
	/** Of its first and last request, epoch milliseconds. */
	readonly firstTime: number;
	readonly lastTime: number;
};

/** The same for one thread; of its measures only `threadMeasures` are known, the others are 0. */
export type ThreadPart = Part & {readonly thread: string | undefined};

/** The same for one log, by its name. */
export type SourcePart = Part & {readonly source: string};

/** The same for one slice of a window. */
export type SlicePart = Part & {
	/** Where the slice begins, epoch milliseconds: a multiple of its width. */
	readonly slice: number;
};

/** Prices of a request: by its usage, else by what it marked. */
export const priceOfRequest = (request: Request, prices: PriceList): ModelPrices | undefined =>
	request.usage ? prices.of(request) : prices.findForPlan(request.model, request.time, markedTokens(request.plan));

/** What tells lanes apart, as text. Two lanes of equal keys are one. */
export const laneKey = ({model, project, host, agent, provider, price}: Lane): string =>
	[...[model, project, host, agent, provider].map(name => name ?? '\0'), price ? priceKey(price) : ''].join('\n');

const priceKeys = new WeakMap<ModelPrices, string>();

/** What tells prices apart, as text. */
export const priceKey = (price: ModelPrices): string => {
	let key = priceKeys.get(price);
	if (key === undefined) {
		const {input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h} = price;
		key = [input, cacheRead, cacheWrite5m, cacheWrite1h, output ?? '', derived1h ? 1 : 0, from].join(' ');
		priceKeys.set(price, key);
	}
	return key;
};

/** What a request has in common with others that it is added up with, its price included. */
export const laneOf = (request: Request, prices: PriceList): Lane => ({
	model: request.model,
	project: request.project,
	host: request.host,
	agent: request.agent,
	provider: request.provider,
	price: priceOfRequest(request, prices),
});

/** Adds parts up by what `keyOf` tells of their lanes, in the order in which the keys first come. */
export const mergeParts = <Key>(
	parts: readonly Part[],
	keyOf: (lane: Lane) => Key,
): ReadonlyMap<Key, readonly Part[]> => grouped(parts, ({lane}) => keyOf(lane));

/** All parts in one sum. */
export const totalOf = (parts: readonly Part[]): Measures => {
	const total = noMeasures();
	for (const {measures} of parts) {
		addMeasures(total, measures);
	}
	return total;
};
