import type {Policy, PolicyCost, WhatIf} from '../../metrics/money/what-if.js';
import {formatMoney} from '../../output/numbers.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';

/** Names of caching policies on the screen; shorter than in reports. */
export const policyNames: Readonly<Record<Policy, string>> = {
	'as-is': 'actual',
	'five-minutes': '5 min',
	'one-hour': '1 h',
	'no-cache': 'none',
};

const order: readonly Policy[] = ['as-is', 'five-minutes', 'one-hour', 'no-cache'];

/** Names of caching policies for readers who are new to caching. */
export const policyPhrases: Readonly<Record<Policy, string>> = {
	'as-is': 'actual',
	'five-minutes': '5-minute cache',
	'one-hour': '1-hour cache',
	'no-cache': 'no cache',
};

/** What each policy would have cost; the cheapest one that can be chosen is marked. */
export const policyLines = ({costs, cheapest}: WhatIf, words: Readonly<Record<Policy, string>>): readonly Line[] => {
	const best = costs.find(({policy}) => policy === cheapest);
	// The actual use, which may mix cache lifetimes, can be cheaper than any single policy.
	const mark = best && costs.some(({cost}) => cost < best.cost) ? 'cheapest single' : 'cheapest';
	return order
		.map(policy => costs.find(found => found.policy === policy))
		.filter((found): found is PolicyCost => found !== undefined)
		.map(({policy, cost}) => [
			...muted(`${words[policy]} `),
			...(policy === cheapest
				? [...styledAs('status.good', formatMoney(cost)), ...muted(` ◂ ${mark}`)]
				: primary(formatMoney(cost))),
		]);
};
