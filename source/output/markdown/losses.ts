import type {Report} from '../../metrics/report/report.js';
import {evidenceParts} from '../evidence/markdown.js';
import {formatChange, formatCount, formatMoney, formatTokens, moneyColumn} from '../numbers.js';
import {breakNotes, causeNames, lostMoney, smallRows} from '../phrases.js';
import {coldHead, coldNote, coldRows} from '../rows/cold-rows.js';
import {whereLost} from '../rows/group-order.js';
import {code, table} from './escape.js';

/** Causes by cost, what they lost in total, where, and what happened before; nothing if nothing was lost. */
export const causeParts = (report: Report): readonly string[] => {
	const {breaks, evidence, previous} = report;
	const small = smallRows(report);
	const costs = moneyColumn([...breaks.byCause, breaks, ...small].map(({lostCost}) => lostCost));
	const total = breaks.byCause.length;
	return breaks.count + small.length === 0
		? []
		: [
				'## Why cache was lost',
				table(
					['Cause', 'Times', 'Tokens', 'Cost', 'Known by'],
					[
						...breaks.byCause.map(({cause, reported, breaks: times, lostTokens}, index) => [
							causeNames[cause],
							formatCount(times),
							formatTokens(lostTokens),
							costs[index] ?? '',
							reported ? 'reported' : 'inferred',
						]),
						...(breaks.count === 0
							? []
							: [
									[
										'**Total**',
										formatCount(breaks.count),
										formatTokens(breaks.lostTokens),
										costs[total] ?? '',
										formatChange(
											breaks.lostCost,
											previous && lostMoney(previous.breaks, previous.summary.basis),
											formatMoney,
										),
									],
								]),
						...small.map(({name, total: times, lostTokens}, index) => [
							name,
							formatCount(times),
							formatTokens(lostTokens),
							costs[total + 1 + index] ?? '',
							'too small to be breaks',
						]),
					],
					column => column > 0 && column < 4,
				),
				...breakNotes(breaks),
				...whereLost(report).map(wherePart),
				...evidenceParts(evidence),
			];
};

/** Cold starts by kind; nothing if there are none. */
export const coldParts = ({coldStarts}: Report): readonly string[] =>
	coldStarts.total === 0
		? []
		: ['## Cold starts', table(coldHead, coldRows(coldStarts), column => column > 0), coldNote];

/** The projects, or the threads, that lost the most. */
const wherePart = ({by, groups}: ReturnType<typeof whereLost>[number]): string => {
	const costs = moneyColumn(groups.map(({lostCost}) => lostCost));
	return table(
		[`${by[0]?.toUpperCase()}${by.slice(1)}`, 'Times', 'Tokens', 'Cost'],
		groups.map(({name = '', breaks, lostTokens}, index) => [
			code(name),
			formatCount(breaks),
			formatTokens(lostTokens),
			costs[index] ?? '',
		]),
		column => column > 0,
	);
};
