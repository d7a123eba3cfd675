import type {SourcesFound} from '../../metrics/ledger.js';
import {threadMeasures} from '../../metrics/measures.js';
import {integer} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {allDimensions, partsFrom, sumsSql} from './sums.js';
import type {Ask} from './threads.js';
import {rows} from './where.js';

/** The logs of a condition: how many there are, and the sums of those with the most requests. */
export const sourcesOf = async (ask: Ask, condition: string, most: number): Promise<SourcesFound> => {
	const isWanted = Number.isFinite(most)
		? `AND (shipper, source) GLOBAL IN (SELECT shipper, source FROM ${rows} WHERE ${condition} GROUP BY shipper, source ORDER BY count() DESC LIMIT ${integer(most)})`
		: '';
	const sums = {
		keys: ['shipper', 'source'],
		by: allDimensions,
		measures: threadMeasures,
		where: `${condition} ${isWanted}`,
	};
	const [[[count] = []], found] = await Promise.all([
		ask(`SELECT uniqExact(shipper, source) FROM ${rows} WHERE ${condition}`),
		ask(sumsSql(sums)),
	]);
	return {
		count: Number(count),
		parts: partsFrom(found, sums).map(({keys: [shipper, source], ...part}) => ({
			...part,
			source: `${nameFrom(shipper) ?? ''}:${nameFrom(source) ?? ''}`,
		})),
	};
};
