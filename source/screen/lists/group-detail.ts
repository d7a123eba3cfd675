import type {Group} from '../../metrics/groups.js';
import {plural} from '../../metrics/number-words.js';
import {formatCount, formatMoney, formatPercent, formatTokens} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import {type Line, muted, primary, strong} from '../text/line.js';

const fact = (name: string, value: string): Line => [...muted(`${name} `), ...primary(value)];
const between = muted(' · ');

/**
 * The numbers of a group in two lines: cache efficiency, then cost and losses. Names follow: they may be cut.
 * @param isLossKnown false if no request of it names its conversation
 */
export const groupLines = (group: Group, isLossKnown: boolean): readonly Line[] => {
	const {summary, breaks, lostTokens, lostCost} = group;
	const {money, tokens} = summary;
	return [
		[
			...fact('hit rate', formatPercent(summary.hitRate)),
			...between,
			...fact('hits', formatCount(summary.hits)),
			...between,
			...fact('misses', formatCount(summary.misses)),
			...between,
			...(summary.unmeasured > 0 ? [...fact('unmeasured', formatCount(summary.unmeasured)), ...between] : []),
			...fact('tokens read', formatTokens(tokens.cacheRead)),
			...between,
			...fact('written', formatTokens(tokens.written)),
		],
		[
			...fact('with cache', formatMoney(money.withCache)),
			...between,
			...fact('without', formatMoney(money.withoutCache)),
			...between,
			...fact('net saved', formatMoney(money.netSavings)),
			...between,
			...(breaks === 0
				? muted(isLossKnown && summary.basis === 'measured' ? 'no breaks' : 'breaks not known')
				: fact('lost', `${formatMoney(lostCost)} in ${plural(breaks, 'break')} (${formatTokens(lostTokens)} tokens)`)),
		],
	];
};

/** A line with the full names; empty if there are none. */
export const nameLine = (what: string, names: readonly string[]): readonly Line[] =>
	names.length === 0 ? [] : [[...muted(`${what} `), ...strong(names.map(name => sanitize(name)).join(', '))]];
