import type {Dimension} from '../../metrics/ledger.js';
import {type Measure, type Measures, noMeasures} from '../../metrics/measures.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import type {Lane, Part} from '../../metrics/parts.js';
import {boundName} from '../../text/bound-names.js';
import {priceFrom} from '../table/price-text.js';
import {nameFrom} from '../table/read-rows.js';
import {measureSql} from './measure-sql.js';
import {host, rows} from './where.js';

/** What a query of sums is made of. */
export type SumsOf = {
	/** Expressions that are grouped by beside the lanes. */
	readonly keys: readonly string[];
	readonly by: readonly Dimension[];
	readonly measures: readonly Measure[];
	readonly where: string;
};

export const allDimensions: readonly Dimension[] = ['model', 'project', 'host', 'agent', 'provider'];

/** Sums by keys and lanes. */
export const sumsSql = ({keys, by, measures, where}: SumsOf): string => {
	const groups = [...keys, ...by.map(name => (name === 'host' ? host : name)), 'price'];
	const sums = measures.map(name => measureSql[name]);
	return `SELECT ${[...groups, 'min(time)', 'max(time)', ...sums].join(', ')} FROM ${rows} WHERE ${where} GROUP BY ${groups.join(', ')}`;
};

/** The parts that `sumsSql` asks for, each with its keys. Lanes that are equal are one object. */
export const partsFrom = (
	found: readonly (readonly unknown[])[],
	{keys, by, measures}: Omit<SumsOf, 'where'>,
): readonly (Part & {readonly keys: readonly unknown[]})[] => {
	const lanes = new Map<string, Lane>();
	const start = keys.length + by.length + 1;
	return found.map(row => {
		const names = row.slice(keys.length, start).map(String);
		const key = JSON.stringify(names);
		const lane = lanes.get(key) ?? laneFrom(names, by);
		lanes.set(key, lane);
		const sums: Measures = noMeasures();
		for (const [index, name] of measures.entries()) {
			sums[name] = Number(row[start + 2 + index]);
		}
		return {
			keys: row.slice(0, keys.length),
			lane,
			measures: sums,
			firstTime: Number(row[start]),
			lastTime: Number(row[start + 1]),
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
