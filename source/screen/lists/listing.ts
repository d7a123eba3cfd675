import type {PriceList} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, moneyPlaces} from '../../output/numbers.js';
import {cut} from '../text/cut.js';
import {type Line, muted, space} from '../text/line.js';
import {type TableColumn, table} from '../text/table.js';
import {headingOf, type Order, ordered, type Sortable} from './order.js';

/** What lists are drawn with, beside the snapshot. */
export type ListOptions = {
	/** IANA name. */
	readonly timeZone: string;
	/** Without them the columns that need prices are left out. */
	readonly prices: PriceList | undefined;
	/** As the person chose; undefined for the list's own. */
	readonly order: Order | undefined;
	/** Of the page; names may be longer where there are more. */
	readonly columns: number;
};

/** A thread to open, at one of its requests; or a name to narrow the threads to. */
export type Opened =
	| {
			readonly thread: string | undefined;
			/** Its id; undefined lets the thread's page choose. */
			readonly request: string | undefined;
	  }
	| {readonly narrowTo: string}
	/** Advice in full, counted from 0. */
	| {readonly advice: number}
	/** A request of the thread that is open, by its id: all its numbers. */
	| {readonly sheet: string};

/** What stands below a list about its selected row. */
export type Detail = {
	/** Most important first; the last are left out where it is narrow. */
	readonly title: readonly string[];
	readonly aside?: string | undefined;
	readonly lines: readonly Line[];
};

/** A list of which any part can be drawn. */
export type Listing = {
	readonly title: string;
	/** For the title: which part is shown, where that is not all. */
	readonly note: string | undefined;
	readonly order: Order | undefined;
	/** Headings of the columns that it can be ordered by. */
	readonly sortable: readonly string[];
	readonly count: number;
	/** What stands there where there are no rows. */
	readonly empty: Line;
	/** While nothing else is chosen, the selection stays at the first row. */
	readonly follows: boolean;
	readonly keyAt: (index: number) => string | undefined;
	/** -1 where there is none. */
	readonly indexOf: (key: string) => number;
	readonly opens: (index: number) => Opened | undefined;
	/** A row told in full; undefined where the row says it all. */
	readonly detail: (index: number, columns: number) => Detail | undefined;
	/** What `y` copies: the whole id or name of a row. */
	readonly copies: (index: number) => string | undefined;
	/** Only these rows are formatted, to at most `columns`. */
	readonly draw: (
		first: number,
		rows: number,
		columns: number,
	) => {readonly heading: Line; readonly rows: readonly Line[]};
};

/** Makes a page's list of a snapshot. */
export type MakeListing = (snapshot: Snapshot, options: ListOptions) => Listing;

/** A column by what it shows of an item. */
export type Field<Item> = Omit<TableColumn, 'cells' | 'heading'> &
	Sortable<Item> & {
		/** @param places decimals that the amounts of the column have */
		readonly cell: (item: Item, places?: number) => Line;
		/** Dollars, of a column of money: all of it has the same number of decimals. */
		readonly amount?: (item: Item) => number | undefined;
	};

/** The last column, which takes what the others leave. */
type RestField<Item> = {
	readonly heading: string;
	/** Columns that the others are narrowed for. */
	readonly least: number;
	readonly cell: (item: Item, columns: number) => Line;
};

type Parts<Item> = Pick<Listing, 'title' | 'empty' | 'follows'> & {
	/** How the items of a report's list, by its name, are ordered; undefined where they stay as they are. */
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
/** Less of a sentence says nothing. */
const leastRest = 8;

/** How many there are where only the newest are shown. */
export const newestOf = (shown: number, count: number): string | undefined =>
	shown < count ? `the newest of ${formatCount(count)}` : undefined;

const knownPlaces = new WeakMap<readonly unknown[], Map<string, number>>();

/** Decimals of a column's amounts, from all rows of a list, so that scrolling changes none; found once for a list. */
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

/** A table of items with its heading, of at most `columns`. */
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

/** Whether any of the items has something to say in a column that can be ordered by, so that scrolling moves no column. */
const isTold = <Item>({by, cell}: Field<Item>, items: readonly Item[]): boolean => {
	const one = by && items.find(item => by(item) !== undefined);
	return one !== undefined && cell(one).length > 0;
};

/** What the rows are ordered by is always seen, whatever the width. */
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
