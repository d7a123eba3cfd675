import type {Counted} from '../../metrics/breaks/facts.js';
import type {Filter} from '../../metrics/filter.js';
import type {ModelPrices, PriceList} from '../../metrics/money/pricing.js';
import {inListOrder} from '../../metrics/order.js';
import type {Window} from '../../metrics/windows/window.js';
import type {Request} from '../../request.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {hourOf} from '../table/key.js';
import {integer} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {type Hours, rowsOf} from './hours.js';
import {rows, where} from './where.js';

/** No list of a fleet is longer. */
const mostListed = 100_000;

/** How many rows are looked at first for each that is wanted, and by how much more after each time that they are too few. */
const looked = 2;
const further = 16;

/**
 * The newest requests of a window that a filter and a condition take, oldest first. They are looked for in the last
 * hours first: the server would read and sort all of a window for a few rows at its end.
 */
export const newestOf = async (
	ask: Ask,
	{window, filter, most}: {readonly window: Window; readonly filter: Filter; readonly most: number},
	hours: Hours,
	also = '1',
): Promise<readonly Counted[]> => {
	const wanted = Math.min(most, mostListed);
	if (wanted <= 0) {
		return [];
	}
	const condition = `${where(window, filter)} AND ${also}`;
	for (const first of lastHours(hours, window, wanted)) {
		const found = await ask(newestSql(`${condition} AND hour >= ${integer(first)}`, wanted));
		if (found.length === wanted) {
			return listFrom(found);
		}
	}
	return listFrom(await ask(newestSql(condition, wanted)));
};

/** First hours of ever longer ends of a window, all shorter than it. */
function* lastHours({states}: Hours, {from, to}: Window, wanted: number): Generator<number> {
	const [first, last] = [hourOf(from), hourOf(to)];
	let held = 0;
	let enough = wanted * looked;
	for (const [hour, state] of [...states].reverse()) {
		if (hour <= first) {
			return;
		}
		held += hour <= last ? rowsOf(state) : 0;
		if (held >= enough) {
			yield hour;
			enough *= further;
		}
	}
}

/** Asks for the newest rows of a condition, newest first. */
export const newestSql = (condition: string, most: number): string =>
	`SELECT ${rowSelection} FROM ${rows} WHERE ${condition} ORDER BY time DESC, place DESC LIMIT ${integer(Math.min(most, mostListed))}`;

/** The requests that `newestSql` asks for, oldest first. */
export const listFrom = (found: readonly (readonly unknown[])[]): readonly Counted[] =>
	inListOrder(readRows(found).map(shown).reverse());

/** What requests of a fleet were paid at, as their hosts said. */
const shippedPrices = new WeakMap<Request, {readonly price: ModelPrices | undefined}>();

/** A request as it is shown: of a machine of the fleet, and a log of that machine. */
export const shown = ({request, facts, shipper, lane: {price}}: FleetRequest): Counted => {
	const named = {...request, host: request.host ?? shipper, source: `${shipper}:${request.source}`};
	shippedPrices.set(named, {price});
	return {request: named, facts};
};

/** Prices of a fleet: those of the hosts. @param published for what none of them sent */
export const fleetPrices = (published: PriceList): PriceList => ({
	...published,
	of: request => {
		const shipped = shippedPrices.get(request);
		return shipped ? shipped.price : published.of(request);
	},
});
