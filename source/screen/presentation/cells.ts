import type {Break} from '../../metrics/breaks/breaks.js';
import {costOf} from '../../metrics/money/cost.js';
import {toDollars} from '../../metrics/money/money.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import {formatCount, formatMoney, formatMoneyTo} from '../../output/numbers.js';
import type {Request} from '../../request.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';

/** @param places decimals of the column's amounts; undefined for an amount outside of a column */
const money = (dollars: number | undefined, places: number | undefined): string =>
	places === undefined ? formatMoney(dollars) : formatMoneyTo(dollars, places);

/** A dash: there is nothing to show, as opposed to `n/a` for what is unknown. */
export const none = muted('–');

/** A number of tokens; empty if unknown. */
export const tokenCell = (tokens: number | undefined): Line =>
	tokens === undefined ? [] : tokens === 0 ? muted('0') : primary(formatCount(tokens));

/** Tokens of the blocks marked for caching; n/a if the log does not count them. */
export const markedCell = ({plan}: Request): Line => {
	if (!plan || plan.blocks.length === 0) {
		return none;
	}
	const known = plan.blocks.flatMap(({tokens}) => tokens ?? []);
	return known.length > 0 ? primary(formatCount(known.reduce((sum, tokens) => sum + tokens, 0))) : muted('n/a');
};

/** Lost tokens; a dash if nothing was lost. */
export const lostTokensCell = (lost: Pick<Break, 'lostTokens'> | undefined): Line =>
	lost && lost.lostTokens > 0 ? styledAs('status.poor', formatCount(lost.lostTokens)) : none;

/** Lost dollars; a dash if nothing was lost, n/a if the price is unknown. */
export const lostMoneyCell = (lost: Pick<Break, 'lostTokens' | 'lostCost'> | undefined, places?: number): Line =>
	lost && lost.lostTokens > 0 ? styledAs('status.poor', money(lost.lostCost, places)) : none;

/** What the input of a request cost with the cache, in dollars; undefined without a price or usage. */
export const costOfRequest = (request: Request, prices: PriceList | undefined): number | undefined => {
	const price = prices && request.usage ? prices.of(request) : undefined;
	return price && request.usage && toDollars(costOf(request.usage, price).with);
};

/** The cost of a request as a cell; empty without prices or usage. */
export const costCell = (request: Request, prices: PriceList | undefined, places?: number): Line => {
	if (!prices || !request.usage) {
		return [];
	}
	const cost = costOfRequest(request, prices);
	return cost === undefined ? muted(formatMoney(undefined)) : primary(money(cost, places));
};

/** Net savings; negative ones have a sign. */
export const netCell = (dollars: number | undefined, places?: number): Line =>
	dollars === undefined ? muted('n/a') : styledAs(dollars < 0 ? 'status.poor' : 'text.primary', money(dollars, places));
