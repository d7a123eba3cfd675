import type {PriceList} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, moneyPlaces} from '../../output/numbers.js';
import {cut} from '../text/cut.js';
import {type Line, muted, space} from '../text/line.js';
import {type TableColumn, table} from '../text/table.js';
import {headingOf, type Order, ordered, type Sortable} from './sort-order.js';

/** What a list needs besides the snapshot. */
export type ListOptions = {
	/** IANA name of the time zone. */
	readonly timeZone: string;
	/** Without prices, the columns that need them are left out. */
	readonly prices: PriceList | undefined;
	/** The order that the user chose; undefined for the list's default. */
	readonly order: Order | undefined;
	/** Columns of the page; wide pages leave room for longer names. */
	readonly columns: number;
};

/** What Enter opens: a thread at one of its requests, or a group that the threads are narrowed to. */
export type Opened =
	| {
			readonly thread: string | undefined;
			/** Id of the request; undefined lets the thread's page choose. */
			readonly request: string | undefined;
	  }
	| {readonly narrowTo: string}
	/** A recommendation in full, counted from 0. */
	| {readonly advice: number}
	/** Id of a request of the open thread: shows all its numbers. */
	| {readonly sheet: string};

/** The details of the selected row, shown below the list. */
export type Detail = {
	/** Most important first; the last parts are left out on narrow screens. */
	readonly title: readonly string[];
	readonly aside?: string | undefined;
	readonly lines: readonly Line[];
};

/** A list, any part of which can be drawn. */
export type Listing = {
	readonly title: string;
	/** For the title: which part of the rows is shown, if not all. */
	readonly note: string | undefined;
	readonly order: Order | undefined;
	/** Headings of the columns that the list can be sorted by. */
	readonly sortable: readonly string[];
	readonly count: number;
	/** Shown instead of the rows if there are none. */
	readonly empty: Line;
	/** True if the selection stays at the first row until the user moves it. */
	readonly follows: boolean;
	readonly keyAt: (index: number) => string | undefined;
	/** Index of a key; -1 if there is no such row. */
	readonly indexOf: (key: string) => number;
	readonly opens: (index: number) => Opened | undefined;
	/** The details of a row; undefined if the row shows everything. */
	readonly detail: (index: number, columns: number) => Detail | undefined;
	/** What `y` copies: the full id or name of a row. */
	readonly copies: (index: number) => string | undefined;
	/** Formats only the requested rows, to at most `columns` cells. */
	readonly draw: (
		first: number,
		rows: number,
		columns: number,
	) => {readonly heading: Line; readonly rows: readonly Line[]};
};

/** Makes a page's list from a snapshot. */
export type MakeListing = (snapshot: Snapshot, options: ListOptions) => Listing;

/** A column, described by what it shows of an item. */
export type Field<Item> = Omit<TableColumn, 'cells' | 'heading'> &
	Sortable<Item> & {
		/**
		 * Formats the cell of an item.
		 * @param places number of decimals of the column's amounts
		 */
		readonly cell: (item: Item, places?: number) => Line;
		/** The item's amount in dollars, for columns of money, which have the same number of decimals in all rows. */
		readonly amount?: (item: Item) => number | undefined;
	};

/** The last column, which takes the width that the others leave. */
type RestField<Item> = {
	readonly heading: string;
	/** Minimum columns, which the other columns give up if necessary. */
	readonly least: number;
	readonly cell: (item: Item, columns: number) => Line;
};

type Parts<Item> = Pick<Listing, 'title' | 'empty' | 'follows'> & {
	/** How the items are sorted; undefined leaves them as they are. */
	readonly sort?: {readonly report: Report; readonly name: string; readonly order: Order} | undefined;
	readonly note?: string | undefined;
	readonly items: readonly Item[];
	readonly keyOf: (item: Item) => string;
	readonly opens: (item: Item) => Opened | undefined;
	readonly detail?: ((item: Item, columns: number) => Detail) | undefined;
	readonly copies?: ((item: Item) => string | undefined) | undefined;
	readonly fields: readonly Field<Item>[];
	readonly rest?: RestField<Item> | undefined;
};

const gap = 2;
/** Minimum columns for a sentence; less would be unreadable. */
const leastRest = 8;

/** A note that only the newest rows are shown; undefined if all are. */
export const newestOf = (shown: number, count: number): string | undefined =>
	shown < count ? `the newest of ${formatCount(count)}` : undefined;

const knownPlaces = new WeakMap<readonly unknown[], Map<string, number>>();

/** Decimals of a column's amounts, from all rows so that scrolling does not change them; computed once per list. */
const placesOf = <Item>({heading, amount}: Field<Item>, items: readonly Item[]): number | undefined => {
	if (!amount) {
		return undefined;
	}
	const known = knownPlaces.get(items) ?? new Map<string, number>();
	knownPlaces.set(items, known);
	const found = known.get(heading) ?? moneyPlaces(items.map(amount));
	known.set(heading, found);
	return found;
};

type DrawnField<Item> = Field<Item> & {readonly places: number | undefined};

/** A table of items with a heading, at most `columns` cells wide. */
const drawFields = <Item>(
	items: readonly Item[],
	fields: readonly DrawnField<Item>[],
	rest: RestField<Item> | undefined,
	columns: number,
): {readonly heading: Line; readonly rows: readonly Line[]} => {
	const drawn = table(
		fields.map(({heading, cell, places, align, keep, stays}) => ({
			cells: items.map(item => cell(item, places)),
			heading: muted(heading),
			align,
			keep,
			stays,
		})),
		columns - (rest ? rest.least + gap : 0),
	);
	const room = drawn.left + (rest?.least ?? 0);
	const withRest = (line: Line, more: Line): Line =>
		rest && room >= leastRest && more.length > 0 ? [...line, ...space(gap), ...cut(more, room)] : line;
	return {
		heading: withRest(drawn.heading, rest ? muted(rest.heading) : []),
		rows: drawn.rows.map((line, index) => {
			const item = items[index];
			return rest && item !== undefined ? withRest(line, rest.cell(item, room)) : line;
		}),
	};
};

/** True if any item has a value in a sortable column. Decided for all rows so that scrolling does not move columns. */
const isTold = <Item>({by, cell}: Field<Item>, items: readonly Item[]): boolean => {
	const one = by && items.find(item => by(item) !== undefined);
	return one !== undefined && cell(one).length > 0;
};

/** The column that the list is sorted by is never left out. */
const withOrder = <Item>(field: Field<Item>, order: Order | undefined): Field<Item> =>
	order && field.by && field.heading === order.column
		? {...field, heading: headingOf(field, order), keep: undefined}
		: field;

/** A list of items in their order. */
export const listingOf = <Item>({sort, items: unordered, ...parts}: Parts<Item>): Listing => {
	const {keyOf, opens, detail, copies, fields, rest} = parts;
	const items = sort ? ordered(sort.report, sort.name, unordered, fields, sort.order) : unordered;
	const order = sort?.order;
	const shown = fields.map(field => ({...withOrder(field, order), stays: isTold(field, items)}));
	const each = <Value>(index: number, take: (item: Item) => Value): Value | undefined => {
		const item = items[index];
		return item === undefined ? undefined : take(item);
	};
	return {
		title: parts.title,
		empty: parts.empty,
		follows: parts.follows,
		note: parts.note,
		order,
		sortable: order
			? fields.filter(({by}) => by && items.some(item => by(item) !== undefined)).map(({heading}) => heading)
			: [],
		count: items.length,
		keyAt: index => each(index, keyOf),
		indexOf: key => items.findIndex(item => keyOf(item) === key),
		opens: index => each(index, opens),
		detail: (index, columns) => detail && each(index, item => detail(item, columns)),
		copies: index => copies && each(index, copies),
		draw: (first, rows, columns) =>
			drawFields(
				items.slice(first, Math.max(first, first + rows)),
				shown.map(field => ({...field, places: placesOf(field, unordered)})),
				rest,
				columns,
			),
	};
};
