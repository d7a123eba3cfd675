import type {Report} from '../../metrics/report/report.js';
import {moneyPlaces} from '../numbers.js';
import {knowsBreaks} from '../phrases.js';
import {addingUp} from './adding-up.js';

/** The names of the parts of the cost, with their dollars. */
const partsOf = (report: Report): readonly (readonly [name: string, dollars: number])[] => {
	const {costParts, smallLosses, smallLossesAutomatic} = report;
	if (!costParts) {
		return [];
	}
	const {firstWrites, growth, reads, lost} = costParts;
	if (!knowsBreaks(report)) {
		// Without conversations nothing tells first writes, growth and losses apart.
		return [
			['written or uncached', firstWrites + growth + lost],
			['reads', reads],
		];
	}
	const hasSmall = smallLosses.total + smallLossesAutomatic.total > 0;
	return [
		['first writes', firstWrites],
		['growth', growth],
		['reads', reads],
		[hasSmall ? 'lost, incl. small' : 'lost', lost],
	];
};

/**
 * The parts of the cost, formatted so that they add up to the formatted cost with cache.
 * @param decimals of the cost with cache, if it is part of a column
 */
export const costPieces = (
	report: Report,
	decimals?: number,
): readonly {readonly name: string; readonly amount: string}[] => {
	const parts = partsOf(report);
	const amounts = parts.map(([, dollars]) => dollars);
	const places = decimals ?? moneyPlaces([amounts.reduce((sum, amount) => sum + amount, 0)]);
	// Losses are told elsewhere on the same page, rounded by themselves.
	const losses = knowsBreaks(report) ? amounts.length - 1 : undefined;
	const written = addingUp(amounts, places, losses).map(amount => amount.toFixed(places));
	return parts.map(([name], index) => ({name, amount: written[index] ?? ''}));
};

/** `first writes 2.25 + growth 0.60 + reads 2.08 + lost 0.68`; undefined if the cost is not known. */
export const costLine = (report: Report, decimals?: number): string | undefined => {
	const pieces = costPieces(report, decimals);
	return pieces.length === 0 ? undefined : pieces.map(({name, amount}) => `${name} ${amount}`).join(' + ');
};
