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
import type {Kept, Taking} from './taking.js';
import {allTaken, host, rows} from './where.js';

/** What sums are grouped by beside lanes: the expression over a row, and over kept sums. */
export type Key = {readonly ofRow: string; readonly ofKept: string};

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

/** Sums of rows, as `partsFrom` reads them. */
const rowsSql = (wanted: Wanted, condition: string): string => {
	const groups = groupsOf(wanted).map(({ofRow}) => ofRow);
	return `SELECT ${named(groups)}, min(time) AS began, max(time) AS ended, ${measuresSql(measuresOf(wanted.detail))} AS added, toUInt64(0) AS held FROM ${rows} WHERE ${condition} GROUP BY ${groups.join(', ')}`;
};

/** Sums that are kept and those of other rows, each by itself. */
const unitedSql = (wanted: Wanted, {table, where, taken, others}: Kept): string => {
	const groups = groupsOf(wanted);
	// Sums that are not taken add nothing: they are read so that those of a replica that lacks some are told.
	const ifTaken = (value: string, none: string) => (taken === allTaken ? value : `if(${taken}, ${value}, ${none})`);
	const began = ifTaken('first', `toInt64(${Number.MAX_SAFE_INTEGER})`);
	const ended = ifTaken('last', `toInt64(${Number.MIN_SAFE_INTEGER})`);
	const adding = ifTaken(keptMeasures(wanted.detail), 'emptyArrayUInt64()');
	const kept = `SELECT ${named(groups.map(({ofKept}) => ifTaken(ofKept, "''")))}, ${began} AS began, ${ended} AS ended, ${adding} AS added, requests AS held FROM ${table} WHERE ${where}`;
	return `${kept} UNION ALL ${rowsSql(wanted, others)}`;
};

/** They added up. */
const keptSql = (wanted: Wanted, kept: Kept): string => {
	const names = groupsOf(wanted)
		.map((_, index) => `k${index}`)
		.join(', ');
	return `SELECT ${names}, min(began), max(ended), sumForEach(added), sum(held) FROM (${unitedSql(wanted, kept)}) GROUP BY ${names}`;
};

/**
 * Sums by keys, dimensions and price in this order, as columns `k0` and on, `began`, `ended`, `added`, and `held`: of how
 * many requests kept sums were read. There may be several of the same keys.
 */
export const piecesSql = (wanted: Wanted, {kept, rows: condition}: Taking): string =>
	kept ? unitedSql(wanted, kept) : rowsSql(wanted, condition);

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
		const found = await ask(keptSql(wanted, kept));
		// A replica may lack what another has.
		const held = found.reduce((sum, row) => sum + Number(row.at(-1)), 0);
		if (held === kept.requests) {
			return partsFrom(
				found.filter(row => (row.at(-2) as readonly unknown[]).length > 0),
				wanted,
			);
		}
	}
	return partsFrom(await ask(rowsSql(wanted, taking.rows)), wanted);
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

/** Undefined for what no shipper wrote. */
const readPrice = (text: string): ModelPrices | undefined => {
	try {
		return priceFrom(text);
	} catch {
		return undefined;
	}
};
