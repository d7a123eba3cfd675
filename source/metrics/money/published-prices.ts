import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type * as GenaiPrices from '@pydantic/genai-prices';
import {fromHere} from '../../system/from-here.js';
import {lazy} from '../../system/lazy.js';
import {inMakersOrder, withoutContextMark} from '../models/model-key.js';
import type {ModelPrices, Tiers} from './model-prices.js';
import {perToken} from './money.js';
import {ownPricesOf, tierStart} from './own-prices.js';
import {splitModelName} from './provider-names.js';

const genaiPrices = lazy<typeof GenaiPrices>('@pydantic/genai-prices');

type Listed =
	| number
	| {readonly base: number; readonly tiers: readonly {readonly start: number; readonly price: number}[]};

const atTier = (price: Listed | undefined, input: number): number | undefined => {
	if (price === undefined || typeof price === 'number') {
		return price;
	}
	let found = price.base;
	for (const tier of price.tiers) {
		if (input > tierStart(tier.start)) {
			found = tier.price;
		}
	}
	return found;
};

/** A model in the price data at an instant. */
type Found = {
	readonly from: string;
	readonly prices: Readonly<Record<string, Listed | undefined>>;
	/** True if the model's prices depend on the time of day. */
	readonly changesByHour: boolean;
};

/** How OpenRouter is to route a request, behind the name of the model; `:free` is another price. */
const routing = /:(?:nitro|floor|online|exacto|beta|extended|thinking)$/i;

const lookUp = (logged: string, time: number): Found | undefined =>
	findModel(logged, time) ?? (routing.test(logged) ? findModel(logged.replace(routing, ''), time) : undefined);

const findModel = (logged: string, time: number): Found | undefined => {
	const {provider, model} = splitModelName(inMakersOrder(withoutContextMark(logged)));
	const timestamp = new Date(time);
	const find = (options: {providerId?: string}) => {
		try {
			return genaiPrices().calcPrice({input_tokens: 1}, model, {...options, timestamp}) ?? undefined;
		} catch {
			return undefined;
		}
	};
	// A provider that is not in the data may serve a model that is, under the model's own name.
	const found = (provider === undefined ? undefined : find({providerId: provider})) ?? find({});
	return (
		found && {
			from: `${found.provider.id} ${found.model.id}`,
			prices: found.model_price as Record<string, Listed | undefined>,
			changesByHour:
				Array.isArray(found.model.prices) &&
				found.model.prices.some(({constraint}) => constraint !== undefined && constraint.type !== 'start_date'),
		}
	);
};

const toPrices = (logged: string, listed: Found, input: number): ModelPrices | undefined => {
	const at = (name: string) => atTier(listed.prices[name], input);
	const base = at('input_mtok');
	if (base === undefined) {
		return undefined;
	}
	const output = at('output_mtok');
	const write5m = at('cache_write_mtok');
	const write1h = at('cache_write_1h_mtok');
	// Anthropic's 1-hour writes cost 2 × input wherever its models are served; some providers' data lack that price.
	const derived1h = write1h === undefined && /claude|anthropic/.test(logged.toLowerCase());
	return {
		input: perToken(base),
		cacheRead: perToken(at('cache_read_mtok') ?? base),
		// Without a price for writes, they cost the same as input.
		cacheWrite5m: perToken(write5m ?? base),
		cacheWrite1h: perToken(write1h ?? (derived1h ? 2 * base : (write5m ?? base))),
		output: output === undefined ? undefined : perToken(output),
		from: listed.from,
		derived1h,
	};
};

const toTiers = (logged: string, listed: Found): Tiers => {
	const starts = Object.values(listed.prices).flatMap(price =>
		typeof price === 'object' ? price.tiers.map(tier => tierStart(tier.start)) : [],
	);
	return [...new Set([-1, ...starts])]
		.sort((one, other) => other - one)
		.flatMap(above => {
			const prices = toPrices(logged, listed, above + 1);
			return prices ? [[above, prices] as const] : [];
		});
};

/**
 * A model's published prices at an instant; none if it is not in the data.
 * @param time epoch milliseconds
 */
export const publishedTiers = (
	logged: string,
	time: number,
): {
	readonly tiers: Tiers;
	/** True if prices may differ between half hours of the same day. */
	readonly changesByHour: boolean;
} => {
	const found = lookUp(logged, time);
	return found
		? {tiers: toTiers(logged, found), changesByHour: found.changesByHour}
		: {tiers: [], changesByHour: false};
};

/** Identifies the prices in use: the version of the published data, and of the corrections to it. */
export const publishedPrices = (): string => `${publishedVersion()}, corrected ${ownPricesOf}`;

/** The build inserts it: resolving the package takes longer than the rest of a short report. */
const publishedVersion = (): string => {
	const built = process.env.GENAI_PRICES_VERSION;
	if (built !== undefined) {
		return built;
	}
	const entry = fromHere.resolve('@pydantic/genai-prices');
	return (JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {version: string}).version;
};
