import type {Dimension} from '../../metrics/ledger.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import {noMeasures} from '../../metrics/sums/measures.js';
import type {Lane, Part} from '../../metrics/sums/parts.js';
import {boundName} from '../../text/bound-names.js';
import {priceFrom} from '../table/price-text.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {addSums, type Detail, detailOf} from './detail.js';
import type {Kept, Taking} from './taking.js';
import {allTaken, type Condition, host, rowsWhere} from './where.js';

/** What sums are grouped by beside lanes: the expression over a row, and over kept sums. */
export type Key = {
	readonly ofRow: string;
	readonly ofKept: string;
	/** What stands there of kept sums that are not taken; an empty text unless told. */
	readonly none?: string;
};

/** A column of both. */
export const keyOf = (column: string): Key => ({ofRow: column, ofKept: column});

/** Which sums are wanted. */
export type Wanted = {
	readonly keys: readonly Key[];
	readonly by: readonly Dimension[];
	readonly detail: Detail;
};

/** Everything that requests of a fleet can be grouped by beside thread and log. */
export const allDimensions: readonly Dimension[] = ['model', 'project', 'host', 'agent', 'provider'];

const kindOf = (column: string): Key => ({...keyOf(column), none: 'toUInt8(0)'});

/** Whether sums are told by price as well: how many requests there are says nothing of money. */
const isPriced = (detail: Detail): boolean => detail !== 'requests';

const groupsOf = ({keys, by, detail}: Wanted): readonly Key[] => [
	...keys,
	...by.map(name => (name === 'host' ? {ofRow: host, ofKept: name} : keyOf(name))),
	...(isPriced(detail) ? [keyOf('price')] : []),
	...detailOf(detail).kinds.map(kindOf),
];

const named = (name: string, expressions: readonly string[]): string =>
	expressions.map((expression, index) => `${expression} AS ${name}${index}`).join(', ');

/** Sums of rows, as `partsFrom` reads them. */
const rowsSql = (wanted: Wanted, condition: Condition): string => {
	const groups = groupsOf(wanted).map(({ofRow}) => ofRow);
	const sums = detailOf(wanted.detail).sums.map(({ofRows}) => ofRows);
	return `SELECT ${named('k', groups)}, min(time) AS began, max(time) AS ended, ${named('s', sums)}, toUInt64(0) AS held, toUInt8(1) AS is_taken FROM ${rowsWhere(condition)} GROUP BY ${groups.join(', ')}`;
};

/** The same of sums that are kept. Those that are not taken are read so that those of a replica that lacks some are told. */
const keptSql = (wanted: Wanted, {table, where, taken}: Kept): string => {
	const isWhole = taken === allTaken;
	const groups = groupsOf(wanted).map(({ofKept, none = "''"}) =>
		isWhole ? ofKept : `if(${taken}, ${ofKept}, ${none})`,
	);
	const isTaken = isWhole ? 'toUInt8(1)' : `toUInt8(${taken})`;
	const sums = detailOf(wanted.detail).sums.map(({ofKept}) => ofKept);
	return `SELECT ${named('k', groups)}, min(first) AS began, max(last) AS ended, ${named('s', sums)}, sum(requests) AS held, ${isTaken} AS is_taken FROM ${table} PREWHERE ${where} GROUP BY ${[...groups, ...(isWhole ? [] : [isTaken])].join(', ')}`;
};

/** A part with what it was grouped by beside its lane. */
export type KeyedPart = Part & {
	readonly keys: readonly unknown[];
	/** Of how many of its requests kept sums were read. */
	readonly held: number;
};

/** Sums by keys and lanes. Lanes that are equal are one object. */
export const sumsOf = async (ask: Ask, wanted: Wanted, taking: Taking): Promise<readonly KeyedPart[]> => {
	const {kept} = taking;
	if (kept) {
		const found = await ask(`${keptSql(wanted, kept)} UNION ALL ${rowsSql(wanted, kept.others)}`);
		// A replica may lack what another has.
		const held = found.reduce((sum, row) => sum + Number(row.at(-2)), 0);
		if (held === kept.requests) {
			return partsFrom(
				found.filter(row => Number(row.at(-1)) === 1),
				wanted,
			);
		}
	}
	return partsFrom(await ask(rowsSql(wanted, taking.rows)), wanted);
};

/** Rows of the same keys and lane, as they are of several kinds, and of kept sums and others, are one part. */
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
			measures: noMeasures(),
			firstTime: Number(began),
			lastTime: Number(ended),
			held: 0,
		};
		parts.set(key, part);
		addSums(
			part.measures,
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

/** Undefined for what no shipper wrote. */
const readPrice = (text: string): ModelPrices | undefined => {
	try {
		return priceFrom(text);
	} catch {
		return undefined;
	}
};
