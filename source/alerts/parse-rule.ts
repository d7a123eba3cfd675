import {UsageError} from '../errors.js';
import {nearNames} from '../text/near-names.js';
import {type Figure, figureNames, figureOf, figures} from './figures.js';
import {isAgainstBefore, type Operator, operators, type Rule} from './rule.js';

const syntax =
	/^\s*([\w.]+)\s*(<=|>=|==|<|>|\bdrops\b|\brises\b)\s*(?:by\b\s*)?(-?)(\$?)\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)(?:\s+since\s+(\S.{0,199}))?\s*$/;

/**
 * Parses a rule such as `token_hit_rate < 60`, `savings < $10` or `hit_rate drops 10`.
 * @param where names the setting in error messages
 * @throws UsageError that shows the right form and suggests names
 */
export const parseRule = (text: string, where = '--fail-if'): Rule => {
	const found = syntax.exec(text);
	if (!found) {
		throw new UsageError(
			`${where}: "${text}" is not a valid rule. Say a figure, ${operators.join(' ')}, and a number, as in 'token_hit_rate < 60', 'hit_rate drops 10' or 'hit_rate drops 5 since deploy'.`,
		);
	}
	const [, figure = '', word = '', minus, dollar, digits, percent, mark] = found;
	const known = figureOf(figure);
	if (!known) {
		throw new UsageError(`${where}: unknown figure "${figure}". ${suggestion(figure)}`);
	}
	const operator = word as Operator;
	const limit = Number(`${minus}${digits}`) + 0;
	const since = mark?.trim();
	const rule = {
		id: `${figure} ${operator} ${limit}${since === undefined ? '' : ` since ${since}`}`,
		text: text.trim(),
		figure,
		operator,
		limit,
		...(since !== undefined && {since}),
	};
	checkUnits(rule, known, {dollar: dollar === '$', percent: percent === '%'}, where);
	checkChange(rule, known, where);
	return rule;
};

const suggestion = (wrong: string): string => {
	const near = nearNames(wrong, figureNames());
	return near.length > 0
		? `Did you mean ${near.join(', ')}?`
		: `Choose from ${Object.keys(figures).join(', ')}, and each with previous. before it.`;
};

type Signs = {readonly dollar: boolean; readonly percent: boolean};

const checkUnits = (rule: Rule, {unit}: Figure, {dollar, percent}: Signs, where: string): void => {
	const isShare = unit === 'percent' || isAgainstBefore(rule);
	if (dollar && (unit !== 'dollars' || isShare)) {
		throw new UsageError(`${where}: "${rule.text}": the limit is not a valid number of dollars: leave the $ out.`);
	}
	if (percent && !isShare) {
		throw new UsageError(`${where}: "${rule.text}": ${rule.figure} is not a valid percentage: leave the % out.`);
	}
	if (unit === 'percent' && !isAgainstBefore(rule) && rule.limit > 100) {
		throw new UsageError(`${where}: "${rule.text}": percentages go up to 100.`);
	}
	if (unit === 'percent' && rule.operator.startsWith('<') && rule.limit > 0 && rule.limit < 1) {
		// A share (0.7 for 70 %) as a limit would never be reached, and the rule would never fail.
		throw new UsageError(`${where}: "${rule.text}": percentages go from 0 to 100: say ${rule.limit * 100}?`);
	}
};

const checkChange = (rule: Rule, figure: Figure, where: string): void => {
	if (!isAgainstBefore(rule)) {
		return;
	}
	if (rule.figure.startsWith('previous.') || figure.isOfNow) {
		throw new UsageError(`${where}: "${rule.text}": nothing is known of ${rule.figure} in the window before it.`);
	}
	if (rule.limit <= 0) {
		throw new UsageError(`${where}: "${rule.text}": say by how much, a number above 0.`);
	}
};

/** The rules without duplicates, in order. */
export const distinctRules = (rules: readonly Rule[]): readonly Rule[] => [
	...new Map(rules.map(rule => [rule.id, rule])).values(),
];
