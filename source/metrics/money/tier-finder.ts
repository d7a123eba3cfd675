import {untimed} from '../../request.js';
import {inMakersOrder, modelInFastMode, modelKey} from '../models/model-key.js';
import type {Tiers} from './model-prices.js';
import {perToken} from './money.js';
import {findOwnPrices, type ListedPrices} from './own-prices.js';
import {multiplied, totalFactor} from './price-factors.js';
import {publishedTiers} from './published-prices.js';

/** Prices start at a day (UTC); those of a few models change within it, every half hour. */
const day = 24 * 60 * 60_000;
const halfHour = 30 * 60_000;

/** Maximum number of remembered tiers. Models are few, but a log may name a new one in each line. */
const mostRemembered = 20_000;

/** The last instant that a `Date` can represent. */
const latestDate = 8.64e15;

/** A model's tiers by period. Periods are `span` milliseconds long and numbered from the epoch. */
type Known = {span: number; readonly tiers: Map<number, Tiers>};

/** Looks up the prices of models: in our own table first, then in the published data. */
export class TierFinder {
	readonly #known = new Map<string, Known>();
	#remembered = 0;

	/** @param model as logged @param time epoch milliseconds */
	of(model: string, time: number): Tiers {
		const known = this.#known.get(model);
		return known?.tiers.get(Math.floor(time / known.span)) ?? this.#find(model, time);
	}

	#find(model: string, time: number): Tiers {
		if (this.#remembered++ >= mostRemembered) {
			this.#known.clear();
			this.#remembered = 1;
		}
		const known = this.#known.get(model) ?? {span: day, tiers: new Map<number, Tiers>()};
		this.#known.set(model, known);
		const {tiers, changesByHour} = tiersOf(model, time);
		if (changesByHour && known.span !== halfHour) {
			known.span = halfHour;
			known.tiers.clear();
		}
		known.tiers.set(Math.floor(time / known.span), tiers);
		return tiers;
	}
}

const tiersOf = (logged: string, told: number): ReturnType<typeof publishedTiers> => {
	const model = modelInFastMode(inMakersOrder(logged));
	if (model === undefined) {
		return plainTiersOf(logged, told);
	}
	const {tiers, changesByHour} = plainTiersOf(model, told);
	const factor = totalFactor(model, {speed: 'fast'});
	// Without a factor, the price of its fast mode is unknown.
	return {tiers: factor ? tiers.map(([above, prices]) => [above, multiplied(prices, factor)]) : [], changesByHour};
};

const plainTiersOf = (model: string, told: number): ReturnType<typeof publishedTiers> => {
	// Without a time, assume the latest prices.
	const time = told === untimed ? latestDate : told;
	const own = findOwnPrices(model, time);
	return own
		? {
				tiers: own.map(([above, prices]) => [above, {...fromListed(prices), from: `published ${modelKey(model)}`}]),
				changesByHour: false,
			}
		: publishedTiers(model, time);
};

const fromListed = ({input, cacheRead, cacheWrite5m, cacheWrite1h, output}: ListedPrices) => ({
	input: perToken(input),
	cacheRead: perToken(cacheRead),
	cacheWrite5m: perToken(cacheWrite5m),
	cacheWrite1h: perToken(cacheWrite1h),
	output: perToken(output),
	derived1h: false,
});
