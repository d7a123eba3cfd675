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
import {sumsOf} from './sums.js';
import {narrowed, takingOf} from './taking.js';
import {rows, where} from './where.js';

/** No list of a fleet is longer. */
const mostListed = 100_000;

/** Which of a window's requests are listed. */
type Listed = 'all' | 'breaks';

/** Of how many rows one is listed, by guess. */
const rowsForOne: Readonly<Record<Listed, number>> = {all: 2, breaks: 16};
/** How many times as many are to be in the hours that are looked at next, where the guess was wrong. */
const further = 16;

const conditions: Readonly<Record<Listed, string>> = {all: '1', breaks: 'cause > 0'};

type Asked = {readonly window: Window; readonly filter: Filter; readonly most: number};

/**
 * The newest requests of a window that a filter takes, oldest first. They are looked for in the last hours first: the
 * server would read and sort all of a window for a few rows at its end.
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

/** The newest requests of one thread in a window, oldest first. Its sums tell in which hours they are. */
export const newestOfThread = async (
	ask: Ask,
	{window, filter, most, name}: Asked & {readonly name: string | undefined},
	hours: Hours,
): Promise<readonly Counted[]> => {
	const isOfThread = `thread = ${literal(textOf(name))}`;
	const taking = narrowed(takingOf(window, filter, threadSumTable, hours), isOfThread);
	const parts = await sumsOf(ask, {keys: [], by: [], detail: 'requests'}, taking);
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

/** What can be told without sums, or with a filter, which they do not know. */
const guessed =
	(listed: Listed, {states}: Hours): HeldIn =>
	hour =>
		rowsOf(states.get(hour) ?? '') / rowsForOne[listed];

/** As the sums of an hour say; by guess where none are kept. */
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

/** First hours of ever longer ends of a window, all shorter than it. */
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
