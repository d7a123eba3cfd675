import type {PriceList} from '../../metrics/money/pricing.js';
import type {Snapshot} from '../../monitor/monitor.js';
import {formatCount} from '../../output/numbers.js';
import {cut} from '../text/cut.js';
import {type Line, muted, space} from '../text/line.js';
import {type TableColumn, table} from '../text/table.js';
import type {ThreadSort} from './thread-order.js';

/** What lists are drawn with, beside the snapshot. */
export type ListOptions = {
	/** IANA name. */
	readonly timeZone: string;
	/** Without them the columns that need prices are left out. */
	readonly prices: PriceList | undefined;
	readonly sort: ThreadSort;
	/** Of the page; names may be longer where there are more. */
	readonly columns: number;
};

/** A thread to open, at one of its requests. */
export type Opened = {
	readonly thread: string | undefined;
	/** Its id; undefined lets the thread's page choose. */
	readonly request: string | undefined;
};

/** A list of which any part can be drawn. */
export type Listing = {
	readonly title: string;
	/** How it is ordered; context in the title. */
	readonly order: string | undefined;
	readonly count: number;
	/** What stands there where there are no rows. */
	readonly empty: Line;
	/** While nothing else is chosen, the selection stays at the first row. */
	readonly follows: boolean;
	readonly keyAt: (index: number) => string | undefined;
	/** -1 where there is none. */
	readonly indexOf: (key: string) => number;
	readonly opens: (index: number) => Opened | undefined;
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
export type Field<Item> = Omit<TableColumn, 'cells' | 'heading'> & {
	readonly heading: string;
	readonly cell: (item: Item) => Line;
};

/** The last column, which takes what the others leave. */
export type RestField<Item> = {
	readonly heading: string;
	/** Columns that the others are narrowed for. */
	readonly least: number;
	readonly cell: (item: Item, columns: number) => Line;
};

type Parts<Item> = Pick<Listing, 'title' | 'order' | 'empty' | 'follows'> & {
	readonly count: number;
	readonly at: (index: number) => Item | undefined;
	readonly keyOf: (item: Item) => string;
	readonly opens: (item: Item) => Opened | undefined;
	readonly fields: readonly Field<Item>[];
	readonly rest?: RestField<Item> | undefined;
};

const gap = 2;
/** Less of a sentence says nothing. */
const leastRest = 8;

/** How the newest are ordered, and of how many they are where the window holds more. */
export const newestFirst = (shown: number, count: number): string =>
	shown < count ? `the newest of ${formatCount(count)}` : 'newest first';

/** A table of items with its heading, of at most `columns`. */
export const drawFields = <Item>(
	items: readonly Item[],
	fields: readonly Field<Item>[],
	rest: RestField<Item> | undefined,
	columns: number,
): {readonly heading: Line; readonly rows: readonly Line[]} => {
	const drawn = table(
		fields.map(({heading, cell, align, keep}) => ({cells: items.map(cell), heading: muted(heading), align, keep})),
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

export const listingOf = <Item>({at, keyOf, opens, fields, rest, ...parts}: Parts<Item>): Listing => {
	const {count} = parts;
	const each = <Value>(index: number, take: (item: Item) => Value): Value | undefined => {
		const item = at(index);
		return item === undefined ? undefined : take(item);
	};
	return {
		...parts,
		keyAt: index => each(index, keyOf),
		indexOf: key => {
			for (let index = 0; index < count; index++) {
				if (each(index, keyOf) === key) {
					return index;
				}
			}
			return -1;
		},
		opens: index => each(index, opens),
		draw: (first, rows, columns) => {
			const length = Math.max(0, Math.min(rows, count - first));
			const items = Array.from({length}, (_, row) => at(first + row)).filter(item => item !== undefined);
			return drawFields(items, fields, rest, columns);
		},
	};
};
