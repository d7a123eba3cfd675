import type {Report} from '../../metrics/report/report.js';
import {moneyPlaces} from '../numbers.js';
import {addingUp} from './adding-up.js';

/**
 * The parts of the cost, formatted so that they add up to the formatted cost with cache.
 * @param decimals of the cost with cache, if it is part of a column
 */
export const costPieces = (
	{costParts, smallLosses, smallLossesAutomatic}: Report,
	decimals?: number,
): readonly {readonly name: string; readonly amount: string}[] => {
	if (!costParts) {
		return [];
	}
	const {firstWrites, growth, reads, lost} = costParts;
	const amounts = [firstWrites, growth, reads, lost];
	const places = decimals ?? moneyPlaces([amounts.reduce((sum, amount) => sum + amount, 0)]);
	const written = addingUp(amounts, places).map(amount => amount.toFixed(places));
	const hasSmall = smallLosses.total + smallLossesAutomatic.total > 0;
	const names = ['first writes', 'growth', 'reads', hasSmall ? 'lost, incl. small' : 'lost'];
	return names.map((name, index) => ({name, amount: written[index] ?? ''}));
};

/** `first writes 2.25 + growth 0.60 + reads 2.08 + lost 0.68`; undefined if the cost is not known. */
export const costLine = (report: Report, decimals?: number): string | undefined => {
	const pieces = costPieces(report, decimals);
	return pieces.length === 0 ? undefined : pieces.map(({name, amount}) => `${name} ${amount}`).join(' + ');
};
