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
import {narrowed, selectionOf} from './selection.js';
import {sumsOf} from './sums.js';
import {rows, where} from './where.js';

/** Maximum length of every list. */
const mostListed = 100_000;

/** Which of a window's requests are listed. */
type Listed = 'all' | 'breaks';

/** Estimate: one of so many rows is listed. */
const rowsForOne: Readonly<Record<Listed, number>> = {all: 2, breaks: 16};
/** Factor by which the range of hours grows if the estimate was too low. */
const further = 16;

const conditions: Readonly<Record<Listed, string>> = {all: '1', breaks: 'cause > 0'};

type Asked = {readonly window: Window; readonly filter: Filter; readonly most: number};

/**
 * The newest requests of a window that match a filter, oldest first. Searches the last hours first, because the server
 * would read and sort the whole window for a few rows at its end.
 */
export const newestOf = async (
	ask: Ask,
	{window, filter, most}: Asked,
	hours: Hours,
	listed: Listed = 'all',
): Promise<readonly Counted[]> => {
	const wanted = Math.min(most, mostListed);
	if (wanted <= 0) {
		return [];
	}
	const condition = `${where(window, filter)} AND ${conditions[listed]}`;
	const heldIn = isEmptyFilter(filter) ? listedIn(listed, hours) : guessed(listed, hours);
	for (const first of lastHours(hours, window, wanted, heldIn)) {
		const found = await ask(newestSql(`${condition} AND hour >= ${integer(first)}`, wanted));
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
	const selection = narrowed(selectionOf(window, filter, threadSumTable, hours), isOfThread);
	const parts = await sumsOf(ask, {keys: [], by: [], detail: 'requests'}, selection);
	if (parts.length === 0 || most <= 0) {
		return [];
	}
	const first = Math.min(...parts.map(({firstTime}) => firstTime));
	const last = Math.max(...parts.map(({lastTime}) => lastTime));
	const between = `hour >= ${hourOf(first)} AND hour <= ${hourOf(last)}`;
	return listFrom(await ask(newestSql(`${where(window, filter)} AND ${isOfThread} AND ${between}`, most)));
};

/** How many of an hour's requests are listed. */
type HeldIn = (hour: number) => number;

/** Estimates without sums, or with a filter, which sums do not support. */
const guessed =
	(listed: Listed, {states}: Hours): HeldIn =>
	hour =>
		rowsOf(states.get(hour) ?? '') / rowsForOne[listed];

/** Exact from an hour's sums, estimated without them. */
const listedIn = (listed: Listed, hours: Hours): HeldIn => {
	const guess = guessed(listed, hours);
	return hour => {
		const sums = hours.kept.get(hour);
		if (!sums) {
			return guess(hour);
		}
		return listed === 'breaks' ? sums.breaks : sums.slots.reduce((sum, count) => sum + count, 0);
	};
};

/** The starts of ever longer ends of a window, all shorter than the window. */
function* lastHours({states}: Hours, {from, to}: Window, wanted: number, heldIn: HeldIn): Generator<number> {
	const [first, last] = [hourOf(from), hourOf(to)];
	let held = 0;
	let enough = wanted;
	for (const hour of [...states.keys()].reverse()) {
		if (hour <= first) {
			return;
		}
		if (hour <= last) {
			held += Math.min(1, to / hourLength - hour) * heldIn(hour);
		}
		if (held >= enough) {
			yield hour;
			enough *= further;
		}
	}
}

/** SQL for the newest rows that match a condition, newest first. */
export const newestSql = (condition: string, most: number): string =>
	`SELECT ${rowSelection} FROM ${rows} WHERE ${condition} ORDER BY time DESC, place DESC LIMIT ${integer(Math.min(most, mostListed))}`;

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
