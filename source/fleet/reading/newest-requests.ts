import type {Counted} from '../../metrics/breaks/facts.js';
import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import type {ModelPrices, PriceList} from '../../metrics/money/pricing.js';
import {inListOrder} from '../../metrics/request-order.js';
import type {Window} from '../../metrics/windows/window.js';
import type {Request} from '../../request.js';
import {textOf} from '../table/column-values.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {hourLength, hourOf} from '../table/key.js';
import {integer, literal} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import {threadSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {type Hours, rowsOf} from './hours.js';
import {ofThread, selectionOf} from './selection.js';
import {keyOf, sumsOf} from './sums.js';
import {type Condition, narrowedBy, rowsWhere, sinceSql, where} from './where.js';

/** Maximum length of every list. */
export const mostListed = 100_000;

/** Factor by which more requests are looked at if fewer were found than expected. */
export const furtherBack = 16;

type Asked = {readonly window: Window; readonly filter: Filter; readonly most: number};

/**
 * The newest requests of a window that match a filter, oldest first. Searches the end of the window first, because the
 * server would read and sort the whole window for a few rows at its end.
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

/** The newest requests of a thread in a window, oldest first. The thread's sums tell which hours contain them. */
export const newestOfThread = async (
	ask: Ask,
	{window, filter, most, name}: Asked & {readonly name: string | undefined},
	hours: Hours,
): Promise<readonly Counted[]> => {
	const isOfThread = `thread = ${literal(textOf(name))}`;
	const selection = ofThread(selectionOf(window, filter, threadSumTable, hours), isOfThread);
	const parts = await sumsOf(ask, {keys: [keyOf('thread')], by: [], detail: 'requests'}, selection);
	if (parts.length === 0 || most <= 0) {
		return [];
	}
	const first = Math.min(...parts.map(({firstTime}) => firstTime));
	const last = Math.max(...parts.map(({lastTime}) => lastTime));
	const keyed = `${isOfThread} AND hour >= ${hourOf(first)} AND hour <= ${hourOf(last)}`;
	return listFrom(await ask(newestSql(narrowedBy(where(window, filter), {keyed}), most)));
};

/** Estimate: one of so many rows matches a filter. */
const rowsForOne = 2;

/** The starts of ever longer ends of a window, each of which should contain so many requests. */
function* lastTimes({states, kept}: Hours, {from, to}: Window, wanted: number): Generator<number> {
	let held = 0;
	let enough = wanted;
	for (const hour of [...states.keys()].reverse()) {
		// Without sums, some rows may be replaced versions.
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

/** SQL for the newest rows that match a condition, newest first. */
export const newestSql = (condition: Condition, most: number): string =>
	`SELECT ${rowSelection} FROM ${rowsWhere(condition)} ORDER BY time DESC, place DESC LIMIT ${integer(Math.min(most, mostListed))}`;

/** The requests found by `newestSql`, oldest first. */
export const listFrom = (found: readonly (readonly unknown[])[]): readonly Counted[] =>
	inListOrder(readRows(found).map(shown).reverse());

/** The prices that hosts reported for requests of a fleet. */
const shippedPrices = new WeakMap<Request, {readonly price: ModelPrices | undefined}>();

/** A request as displayed: with its machine in the fleet and a log on that machine. */
export const shown = ({request, facts, shipper, lane: {price}}: FleetRequest): Counted => {
	const named = {...request, host: request.host ?? shipper, source: `${shipper}:${request.source}`};
	shippedPrices.set(named, {price});
	return {request: named, facts};
};

/** The prices that the hosts reported. @param published used for models for which no host did */
export const fleetPrices = (published: PriceList): PriceList => ({
	...published,
	of: request => {
		const shipped = shippedPrices.get(request);
		return shipped ? shipped.price : published.of(request);
	},
});
