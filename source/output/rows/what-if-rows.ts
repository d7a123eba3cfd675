import type {PolicyCost, WhatIf} from '../../metrics/money/what-if.js';
import {formatMoney, formatPercent, moneyColumn} from '../numbers.js';
import {policyNames} from '../phrases.js';
import type {Row} from './rows.js';

/** What the window's input cost and what it would have cost under each policy, with the cheapest marked. */
export const whatIfRows = ({costs, cheapest, isPaidCheapest}: WhatIf): readonly Row[] => {
	const shown = differing(costs);
	const amounts = moneyColumn(shown.map(({cost}) => cost));
	const rowOf = (cost: PolicyCost, mark: string | undefined): Row => ({
		label: policyNames[cost.policy],
		value: amounts[shown.indexOf(cost)] ?? '',
		note: [savingsPhrase(cost), mark].filter(Boolean).join(', '),
		tone: mark === undefined ? undefined : 'good',
	});
	const paid = isPaidCheapest ? shown.find(({policy}) => policy === 'as-is') : undefined;
	if (paid) {
		return shown.map(cost => rowOf(cost, cost === paid ? 'already the cheapest' : undefined));
	}
	const best = costs.find(({policy}) => policy === cheapest);
	const marked = best && (shown.find(({policy}) => policy === cheapest) ?? shown.find(({cost}) => cost === best.cost));
	// The actual use, which may mix cache lifetimes, can be cheaper than any single policy.
	const mark = best && costs.some(({cost}) => cost < best.cost) ? 'cheapest single policy' : 'cheapest';
	return shown.map(cost => rowOf(cost, cost === marked ? mark : undefined));
};

/** If the lifetime makes no difference, as with automatic caches, the policies are not listed separately. */
const differing = (costs: readonly PolicyCost[]): readonly PolicyCost[] => {
	const asIs = costs.find(({policy}) => policy === 'as-is')?.cost;
	const lifetimes = costs.filter(({policy}) => policy === 'five-minutes' || policy === 'one-hour');
	return lifetimes.every(({cost}) => cost === asIs) ? costs.filter(cost => !lifetimes.includes(cost)) : costs;
};

/** Savings compared to no cache; empty for no cache itself. */
const savingsPhrase = ({policy, cost, savings}: PolicyCost): string => {
	if (policy === 'no-cache') {
		return '';
	}
	const without = cost + savings;
	const share = without > 0 ? ` (${formatPercent(Math.abs(savings) / without)})` : '';
	return savings < 0 ? `costs ${formatMoney(-savings)}${share} more` : `saves ${formatMoney(savings)}${share}`;
};
