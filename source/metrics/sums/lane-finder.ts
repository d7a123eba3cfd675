import type {Request} from '../../request.js';
import type {ModelPrices, PriceList} from '../money/pricing.js';
import {type Lane, laneKey, priceOfRequest} from './parts.js';

/** Maximum number of remembered lanes. Prices and names are few, but a log may contain any number of them. */
const mostRemembered = 10_000;

/** The few lanes that share a price, a project and an agent. */
type Few = Lane[];

/** Finds the lanes of requests. Returns the same object for equal lanes, so that they can be compared by identity. */
export class LaneFinder {
	readonly #prices: PriceList;
	/** By price (an object for each model), project and agent. */
	readonly #known = new Map<ModelPrices | undefined, Map<string | undefined, Map<string | undefined, Few>>>();
	#remembered = 0;
	/** Prices of different days may be equal, in which case their lanes are the same. */
	readonly #byKey = new Map<string, Lane>();

	constructor(prices: PriceList) {
		this.#prices = prices;
	}

	of(request: Request): Lane {
		const {model, project, agent, host, provider} = request;
		const price = priceOfRequest(request, this.#prices);
		const few = this.#known.get(price)?.get(project)?.get(agent);
		if (few) {
			for (const lane of few) {
				if (lane.model === model && lane.host === host && lane.provider === provider) {
					return lane;
				}
			}
		}
		return this.#find({model, project, host, agent, provider, price});
	}

	#find(lane: Lane): Lane {
		const {price, project, agent} = lane;
		const key = laneKey(lane);
		const found = this.#byKey.get(key) ?? lane;
		this.#byKey.set(key, found);
		if (this.#remembered++ >= mostRemembered) {
			this.#known.clear();
			this.#remembered = 1;
		}
		const projects = remembered(this.#known, price, () => new Map());
		const agents = remembered(projects, project, () => new Map());
		remembered(agents, agent, (): Few => []).push(found);
		return found;
	}
}

const remembered = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
	const found = map.get(key) ?? make();
	map.set(key, found);
	return found;
};

const finders = new WeakMap<PriceList, LaneFinder>();

/** The lane finder of a price list; one per list. */
export const laneFinderOf = (prices: PriceList): LaneFinder => {
	const finder = finders.get(prices) ?? new LaneFinder(prices);
	finders.set(prices, finder);
	return finder;
};
