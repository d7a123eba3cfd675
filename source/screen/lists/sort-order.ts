import type {Report} from '../../metrics/report/report.js';
import {perReport} from '../report/per-report.js';

/** How a list is sorted: by which column, and whether its natural direction is reversed. */
export type Order = {readonly column: string; readonly reversed: boolean};

/**
 * The sort key of an item; undefined is sorted last in both directions. Texts are sorted from A to Z, numbers from the
 * greatest.
 */
type SortKey<Item> = (item: Item) => number | string | undefined;

/** A column that a list can be sorted by. */
export type Sortable<Item> = {
	readonly heading: string;
	readonly by?: SortKey<Item> | undefined;
	/** True if the smallest numbers come first, for columns where little is what the user looks for. */
	readonly rising?: boolean | undefined;
};

let collator: Intl.Collator | undefined;

/** Created when texts are first sorted, because creating a collator takes longer than drawing a frame. */
const compareTexts = (one: string, other: string): number => {
	collator ??= new Intl.Collator('en', {numeric: true});
	return collator.compare(one, other);
};

const compareBy = <Item>({by, rising}: Sortable<Item>, reversed: boolean): ((one: Item, other: Item) => number) => {
	const sign = reversed ? -1 : 1;
	return (one, other) => {
		const [before, after] = [by?.(one), by?.(other)];
		if (before === undefined || after === undefined) {
			return before === after ? 0 : before === undefined ? 1 : -1;
		}
		if (typeof before === 'number' && typeof after === 'number') {
			return sign * (rising ? before - after : after - before);
		}
		return sign * compareTexts(String(before), String(after));
	};
};

const known = perReport(() => new Map<string, readonly unknown[]>());

/**
 * The items of a report in an order, sorted once per report; the sort is stable.
 * @param name of the list
 */
export const ordered = <Item>(
	report: Report,
	name: string,
	items: readonly Item[],
	columns: readonly Sortable<Item>[],
	order: Order,
): readonly Item[] => {
	const orders = known(report);
	const key = JSON.stringify([name, order.column, order.reversed]);
	const column = columns.find(({heading, by}) => by && heading === order.column);
	const found =
		(orders.get(key) as readonly Item[] | undefined) ??
		(column ? items.toSorted(compareBy(column, order.reversed)) : items);
	orders.set(key, found);
	return found;
};

/** The order by the next sortable column. */
export const nextOrder = (columns: readonly string[], {column}: Order): Order => ({
	column: columns[(columns.indexOf(column) + 1) % columns.length] ?? column,
	reversed: false,
});

/** A heading with the arrow of the sort order: down if the list begins with the greatest number, or with A. */
export const headingOf = ({heading, rising}: Sortable<never>, order: Order): string =>
	heading === order.column ? `${heading} ${order.reversed === (rising === true) ? '↓' : '↑'}` : heading;
