import type {Counted} from '../../metrics/breaks/facts.js';
import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import type {ModelPrices, PriceList} from '../../metrics/money/pricing.js';
import {inListOrder} from '../../metrics/order.js';
import type {Window} from '../../metrics/windows/window.js';
import type {Request} from '../../request.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {hourLength, hourOf} from '../table/key.js';
import {integer, literal} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import {threadSumTable} from '../table/tables.js';
import {textOf} from '../table/values.js';
import type {Ask} from './ask.js';
import {type Hours, rowsOf} from './hours.js';
import {keyOf, sumsOf} from './sums.js';
import {ofThread, takingOf} from './taking.js';
import {type Condition, narrowedBy, rowsWhere, sinceSql, where} from './where.js';

/** No list of a fleet is longer. */
export const mostListed = 100_000;

/** How many times as many are to be in the times that are looked at next, where fewer were found than expected. */
export const furtherBack = 16;

type Asked = {readonly window: Window; readonly filter: Filter; readonly most: number};

/**
 * The newest requests of a window that a filter takes, oldest first. They are looked for in its last hours first: the
 * server would read and sort all of a window for a few rows at its end.
 */
export const newestOf = async (ask: Ask, {window, filter, most}: Asked, hours: Hours): Promise<readonly Counted[]> => {
	const wanted = Math.min(most, mostListed);
	if (wanted <= 0) {
		return [];
	}
	const condition = where(window, filter);
	for (const first of lastTimes(hours, window, wanted * (isEmptyFilter(filter) ? 1 : rowsForOne))) {
		const found = await ask(newestSql(narrowedBy(condition, {keyed: sinceSql(first)}), wanted));
		if (found.length === wanted) {
			return listFrom(found);
		}
	}
	return listFrom(await ask(newestSql(condition, wanted)));
};

/** The newest requests of one thread in a window, oldest first. Its sums tell in which hours they are. */
export const newestOfThread = async (
	ask: Ask,
	{window, filter, most, name}: Asked & {readonly name: string | undefined},
	hours: Hours,
): Promise<readonly Counted[]> => {
	const isOfThread = `thread = ${literal(textOf(name))}`;
	const taking = ofThread(takingOf(window, filter, threadSumTable, hours), isOfThread);
	const parts = await sumsOf(ask, {keys: [keyOf('thread')], by: [], detail: 'requests'}, taking);
	if (parts.length === 0 || most <= 0) {
		return [];
	}
	const first = Math.min(...parts.map(({firstTime}) => firstTime));
	const last = Math.max(...parts.map(({lastTime}) => lastTime));
	const keyed = `${isOfThread} AND hour >= ${hourOf(first)} AND hour <= ${hourOf(last)}`;
	return listFrom(await ask(newestSql(narrowedBy(where(window, filter), {keyed}), most)));
};

/** Of how many rows a filter takes one, by guess. */
const rowsForOne = 2;

/** Times within a window, ever further from its end, between which and it so many requests should be. */
function* lastTimes({states, kept}: Hours, {from, to}: Window, wanted: number): Generator<number> {
	let held = 0;
	let enough = wanted;
	for (const hour of [...states.keys()].reverse()) {
		// Sums tell it of each slot; without them a row is one of several versions, or it is gone.
		const counts = kept.get(hour)?.slots ?? [rowsOf(states.get(hour) ?? '') / 2];
		const length = hourLength / counts.length;
		for (let slot = counts.length - 1; slot >= 0; slot--) {
			const start = hour * hourLength + slot * length;
			if (start <= from) {
				return;
			}
			held += Math.min(1, Math.max(0, (to - start) / length)) * (counts[slot] ?? 0);
			if (held >= enough) {
				yield start;
				enough = held * furtherBack;
			}
		}
	}
}

/** Asks for the newest rows of a condition, newest first. */
export const newestSql = (condition: Condition, most: number): string =>
	`SELECT ${rowSelection} FROM ${rowsWhere(condition)} ORDER BY time DESC, place DESC LIMIT ${integer(Math.min(most, mostListed))}`;

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
