import {differenceText, limitText, valueText} from './figure-text.js';
import type {Figure} from './figures.js';
import type {Operator, Rule} from './rule.js';

type Words = {readonly failed: string; readonly ok: string};

/** True if the label takes a plural verb: `Net savings are`, `Hit rate is`. */
const isMany = ({label, unit}: Figure): boolean =>
	unit !== 'percent' && unit !== 'ratio' && !/\b(?:cost|premium)\b/i.test(label);

const words: Readonly<Record<Exclude<Operator, 'drops' | 'rises'>, Words>> = {
	'<': {failed: ' below', ok: ' at least'},
	'<=': {failed: ' not above', ok: ' above'},
	'>': {failed: ' above', ok: ' at most'},
	'>=': {failed: ' not below', ok: ' below'},
	'==': {failed: '', ok: ' not'},
};

/** `Hit rate 61.2 % is below 70 % (by 8.8 points)`. */
export const comparisonSentence = (rule: Rule, {label, unit}: Figure, value: number, failed: boolean): string => {
	const verb = isMany({label, unit}) ? 'are' : 'is';
	const how = words[rule.operator as keyof typeof words];
	const shown = valueText(value, unit, [rule.limit]);
	const by = failed && value !== rule.limit ? ` (by ${differenceText(Math.abs(value - rule.limit), unit)})` : '';
	return `${label} ${shown} ${verb}${failed ? how.failed : how.ok} ${limitText(rule.limit, unit)}${by}`;
};

type Change = {
	readonly now: number;
	readonly then: number;
	/** The change in the direction of the rule. */
	readonly value: number;
};

/** `Hit rate dropped by 12.3 points, from 84.0 % to 71.7 % (limit 10 points)`. */
export const changeSentence = ({limit}: Rule, {label, unit}: Figure, {now, then, value}: Change): string => {
	if (now === then) {
		return `${label} ${valueText(now, unit)}, as in the window before`;
	}
	const size = (amount: number) =>
		unit === 'percent' ? differenceText(amount, 'percent') : valueText(amount, 'percent', [0]);
	const limitSize =
		unit === 'percent'
			? `${limitText(limit, 'ratio')} ${limit === 1 ? 'point' : 'points'}`
			: limitText(limit, 'percent');
	const verb = now < then ? 'dropped' : 'rose';
	const by = Number.isFinite(value) ? ` by ${size(Math.abs(value))},` : '';
	return `${label} ${verb}${by} from ${valueText(then, unit, [now])} to ${valueText(now, unit, [then])} (limit ${limitSize})`;
};
