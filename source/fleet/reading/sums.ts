import type {Dimension} from '../../metrics/ledger.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import {type Measure, type Measures, noMeasures} from '../../metrics/sums/measures.js';
import type {Lane, Part} from '../../metrics/sums/parts.js';
import {boundName} from '../../text/bound-names.js';
import {priceFrom} from '../table/price-text.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {type Detail, keptMeasures, measuresOf} from './detail.js';
import {measureSql} from './measure-sql.js';
import type {Kept, Selection} from './selection.js';
import {allTaken, host, rows} from './where.js';

/** A grouping besides lanes, as an expression over rows and one over stored sums. */
export type Key = {readonly ofRow: string; readonly ofKept: string};

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

/** Measures of rows as one array, as SQL. */
export const measuresSql = (measures: readonly Measure[]): string =>
	`[${measures.map(name => measureSql[name]).join(', ')}]`;

const groupsOf = ({keys, by}: Wanted): readonly Key[] => [
	...keys,
	...by.map(name => (name === 'host' ? {ofRow: host, ofKept: name} : keyOf(name))),
	keyOf('price'),
];

const named = (expressions: readonly string[]): string =>
	expressions.map((expression, index) => `${expression} AS k${index}`).join(', ');

/** SQL for sums of rows, as `partsFrom` reads them. */
const rowsSql = (wanted: Wanted, condition: string): string => {
	const groups = groupsOf(wanted).map(({ofRow}) => ofRow);
	return `SELECT ${named(groups)}, min(time) AS began, max(time) AS ended, ${measuresSql(measuresOf(wanted.detail))} AS added, toUInt64(0) AS held FROM ${rows} WHERE ${condition} GROUP BY ${groups.join(', ')}`;
};

/** SQL for the union of stored sums and of other rows, not added up. */
const unitedSql = (wanted: Wanted, {table, where, taken, others}: Kept): string => {
	const groups = groupsOf(wanted);
	// Sums outside of the selection count as 0. They are read so that a replica which lacks some is noticed.
	const ifTaken = (value: string, none: string) => (taken === allTaken ? value : `if(${taken}, ${value}, ${none})`);
	const began = ifTaken('first', `toInt64(${Number.MAX_SAFE_INTEGER})`);
	const ended = ifTaken('last', `toInt64(${Number.MIN_SAFE_INTEGER})`);
	const adding = ifTaken(keptMeasures(wanted.detail), 'emptyArrayUInt64()');
	const kept = `SELECT ${named(groups.map(({ofKept}) => ifTaken(ofKept, "''")))}, ${began} AS began, ${ended} AS ended, ${adding} AS added, requests AS held FROM ${table} WHERE ${where}`;
	return `${kept} UNION ALL ${rowsSql(wanted, others)}`;
};

/** SQL for stored sums and other rows, added up. */
const keptSql = (wanted: Wanted, kept: Kept): string => {
	const names = groupsOf(wanted)
		.map((_, index) => `k${index}`)
		.join(', ');
	return `SELECT ${names}, min(began), max(ended), sumForEach(added), sum(held) FROM (${unitedSql(wanted, kept)}) GROUP BY ${names}`;
};

/**
 * SQL for sums by keys, dimensions and price in this order, as columns `k0` and on, `began`, `ended`, `added` and
 * `held`: the number of requests covered by stored sums. Several rows may have the same keys.
 */
export const piecesSql = (wanted: Wanted, {kept, rows: condition}: Selection): string =>
	kept ? unitedSql(wanted, kept) : rowsSql(wanted, condition);

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
		const found = await ask(keptSql(wanted, kept));
		// A replica may lack rows that another has.
		const held = found.reduce((sum, row) => sum + Number(row.at(-1)), 0);
		if (held === kept.requests) {
			return partsFrom(
				found.filter(row => (row.at(-2) as readonly unknown[]).length > 0),
				wanted,
			);
		}
	}
	return partsFrom(await ask(rowsSql(wanted, selection.rows)), wanted);
};

const partsFrom = (found: readonly (readonly unknown[])[], {keys, by, detail}: Wanted): readonly KeyedPart[] => {
	const lanes = new Map<string, Lane>();
	const start = keys.length + by.length + 1;
	const measures = measuresOf(detail);
	return found.map(row => {
		const names = row.slice(keys.length, start).map(String);
		const key = JSON.stringify(names);
		const lane = lanes.get(key) ?? laneFrom(names, by);
		lanes.set(key, lane);
		const [began, ended, added, held] = row.slice(start);
		const sums: Measures = noMeasures();
		for (const [index, value] of (added as readonly unknown[]).entries()) {
			sums[measures[index] as Measure] = Number(value);
		}
		return {
			keys: row.slice(0, keys.length),
			lane,
			measures: sums,
			firstTime: Number(began),
			lastTime: Number(ended),
			held: Number(held),
		};
	});
};

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
