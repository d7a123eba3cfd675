import type {Counted} from '../../metrics/breaks/facts.js';
import type {ModelPrices, PriceList} from '../../metrics/money/pricing.js';
import {inListOrder} from '../../metrics/order.js';
import type {Request} from '../../request.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {integer} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import {rows} from './where.js';

/** No list of a fleet is longer. */
const mostListed = 100_000;

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
