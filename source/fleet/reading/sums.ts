import type {Dimension} from '../../metrics/ledger.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import {measuresOf, noSums} from '../../metrics/sums/measure-sums.js';
import type {Lane, Part} from '../../metrics/sums/parts.js';
import {boundName} from '../../text/bound-names.js';
import {priceFrom} from '../table/price-text.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {addSums, type Detail, detailOf} from './detail.js';
import type {Kept, Selection} from './selection.js';
import {allTaken, type Condition, host, rowsWhere} from './where.js';

/** A grouping besides lanes, as an expression over rows and one over stored sums. */
export type Key = {
	readonly ofRow: string;
	readonly ofKept: string;
	/** The value for stored sums outside of the selection; an empty text by default. */
	readonly none?: string;
};

/** A column that rows and stored sums share. */
export const keyOf = (column: string): Key => ({ofRow: column, ofKept: column});

/** The sums to be read. */
export type Wanted = {
	readonly keys: readonly Key[];
	readonly by: readonly Dimension[];
	readonly detail: Detail;
};

/** Everything that requests of a fleet can be grouped by, besides thread and log. */
export const allDimensions: readonly Dimension[] = ['model', 'project', 'host', 'agent', 'provider'];

const kindOf = (column: string): Key => ({...keyOf(column), none: 'toUInt8(0)'});

/** Numbers of requests are not grouped by price. */
const isPriced = (detail: Detail): boolean => detail !== 'requests';

const groupsOf = ({keys, by, detail}: Wanted): readonly Key[] => [
	...keys,
	...by.map(name => (name === 'host' ? {ofRow: host, ofKept: name} : keyOf(name))),
	...(isPriced(detail) ? [keyOf('price')] : []),
	...detailOf(detail).kinds.map(kindOf),
];

const named = (name: string, expressions: readonly string[]): string =>
	expressions.map((expression, index) => `${expression} AS ${name}${index}`).join(', ');

/** SQL for sums of rows, as `partsFrom` reads them. */
const rowsSql = (wanted: Wanted, condition: Condition): string => {
	const groups = groupsOf(wanted).map(({ofRow}) => ofRow);
	const sums = detailOf(wanted.detail).sums.map(({ofRows}) => ofRows);
	return `SELECT ${named('k', groups)}, min(time) AS began, max(time) AS ended, ${named('s', sums)}, toUInt64(0) AS held, toUInt8(1) AS is_taken FROM ${rowsWhere(condition)} GROUP BY ${groups.join(', ')}`;
};

/** The same for stored sums. Those outside of the selection are read so that a replica which lacks some is noticed. */
const keptSql = (wanted: Wanted, {table, where, taken}: Kept): string => {
	const isWhole = taken === allTaken;
	const groups = groupsOf(wanted).map(({ofKept, none = "''"}) =>
		isWhole ? ofKept : `if(${taken}, ${ofKept}, ${none})`,
	);
	const isTaken = isWhole ? 'toUInt8(1)' : `toUInt8(${taken})`;
	const sums = detailOf(wanted.detail).sums.map(({ofKept}) => ofKept);
	return `SELECT ${named('k', groups)}, min(first) AS began, max(last) AS ended, ${named('s', sums)}, sum(requests) AS held, ${isTaken} AS is_taken FROM ${table} PREWHERE ${where} GROUP BY ${[...groups, ...(isWhole ? [] : [isTaken])].join(', ')}`;
};

/** A part with its keys. */
export type KeyedPart = Part & {
	readonly keys: readonly unknown[];
	/** Number of its requests that are covered by stored sums. */
	readonly held: number;
};

/** Sums by keys and lanes. Equal lanes are one object. */
export const sumsOf = async (ask: Ask, wanted: Wanted, selection: Selection): Promise<readonly KeyedPart[]> => {
	const {kept} = selection;
	if (kept) {
		const found = await ask(`${keptSql(wanted, kept)} UNION ALL ${rowsSql(wanted, kept.others)}`);
		// A replica may lack rows that another has.
		const held = found.reduce((sum, row) => sum + Number(row.at(-2)), 0);
		if (held === kept.requests) {
			return partsFrom(
				found.filter(row => Number(row.at(-1)) === 1),
				wanted,
			);
		}
	}
	return partsFrom(await ask(rowsSql(wanted, selection.rows)), wanted);
};

/** Combines rows of the same keys and lane: there is one for each kind, from stored sums and from other rows. */
const partsFrom = (found: readonly (readonly unknown[])[], {keys, by, detail}: Wanted): readonly KeyedPart[] => {
	const lanes = new Map<string, Lane>();
	const parts = new Map<string, Changing<KeyedPart>>();
	const {kinds, sums} = detailOf(detail);
	const afterLane = keys.length + by.length + (isPriced(detail) ? 1 : 0);
	const afterKinds = afterLane + kinds.length;
	for (const row of found) {
		const names = row.slice(keys.length, afterLane).map(String);
		const laneKey = JSON.stringify(names);
		const lane = lanes.get(laneKey) ?? laneFrom(names, by);
		lanes.set(laneKey, lane);
		const own = row.slice(0, keys.length);
		const key = own.length === 0 ? laneKey : `${JSON.stringify(own.map(String))}${laneKey}`;
		const [began, ended, ...rest] = row.slice(afterKinds);
		const part = parts.get(key) ?? {
			keys: own,
			lane,
			measures: measuresOf(noSums()),
			firstTime: Number(began),
			lastTime: Number(ended),
			held: 0,
		};
		parts.set(key, part);
		addSums(
			part.measures.sums,
			detail,
			row.slice(afterLane, afterKinds),
			rest.slice(0, sums.length) as (readonly unknown[])[],
		);
		part.firstTime = Math.min(part.firstTime, Number(began));
		part.lastTime = Math.max(part.lastTime, Number(ended));
		part.held += Number(rest[sums.length]);
	}
	return [...parts.values()];
};

type Changing<Value> = {-readonly [Name in keyof Value]: Value[Name]};

const laneFrom = (names: readonly string[], by: readonly Dimension[]): Lane => {
	const name = (dimension: Dimension): string | undefined => boundName(nameFrom(names[by.indexOf(dimension)] ?? ''));
	return {
		model: name('model'),
		project: name('project'),
		host: name('host'),
		agent: name('agent'),
		provider: name('provider'),
		price: readPrice(names[by.length] ?? ''),
	};
};

/** Undefined for text that no shipper wrote. */
const readPrice = (text: string): ModelPrices | undefined => {
	try {
		return priceFrom(text);
	} catch {
		return undefined;
	}
};
