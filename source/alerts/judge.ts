import {plural, ratedWord} from '../metrics/number-words.js';
import type {Report} from '../metrics/report/report.js';
import type {Summary} from '../metrics/report/summary.js';
import {knowsBreaks} from '../output/phrases.js';
import {type FigureValues, valuesOf} from './figure-values.js';
import {before, type Figure, figureOf} from './figures.js';
import {likelyCause} from './likely-cause.js';
import {isAgainstBefore, type Operator, type Rule, type Verdict} from './rule.js';
import {changeSentence, comparisonSentence} from './verdict-text.js';

type JudgeOptions = {
	/** With fewer requests in either window, only volumes are judged: low traffic is no failure. */
	readonly minRequests: number;
	/** The report of the time since a mark; undefined if there is no such mark. */
	readonly reportSince?: ((mark: string) => Report | undefined) | undefined;
};

/** Removes binary rounding errors of a difference: 84.1 − 74.1 is 10. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Judges each rule on a window; one verdict per rule, in their order. */
export const judge = (rules: readonly Rule[], window: Report, options: JudgeOptions): readonly Verdict[] => {
	const {minRequests, reportSince} = options;
	return rules.map(rule => {
		const report = rule.since === undefined ? window : reportSince?.(rule.since);
		const figure = figureOf(rule.figure);
		if (!figure) {
			throw new Error(`no figure ${rule.figure}`);
		}
		const reason = report ? whyNot(rule, figure, report, minRequests) : `unknown mark "${rule.since}"`;
		const judged =
			report && reason === undefined ? judgeOne(rule, figure, valuesOf(report)) : unknown(figure, reason ?? '');
		return {
			rule: rule.id,
			...judged,
			limit: rule.limit,
			cause: report && judged.state === 'failed' && !figure.isVolume ? likelyCause(report) : undefined,
		};
	});
};

type Judged = Pick<Verdict, 'text' | 'state' | 'value'>;

const unknown = ({label}: Figure, reason: string): Judged => ({
	text: `${label} is not judged: ${reason}`,
	state: 'unknown',
	value: undefined,
});

/** Why a rule cannot be judged; undefined if it can. */
const whyNot = (rule: Rule, {isVolume, isOfBreaks}: Figure, report: Report, least: number): string | undefined => {
	const looksBack = isAgainstBefore(rule);
	const isOfBefore = rule.figure.startsWith(before);
	if ((looksBack || isOfBefore) && !report.previous) {
		return 'there is no data for the window before';
	}
	if (isVolume) {
		return undefined;
	}
	if (isOfBreaks && !knowsBreaks(report)) {
		return 'no request names its conversation, so breaks are not known';
	}
	const isTooFew = (summary: Summary) => summary.rated < least;
	const words = (summary: Summary) => plural(summary.rated, ratedWord(summary));
	const now = isOfBefore ? undefined : report.summary;
	if (now && isTooFew(now)) {
		return `${words(now)}, fewer than ${least}`;
	}
	const then = looksBack || isOfBefore ? report.previous?.summary : undefined;
	return then && isTooFew(then) ? `${words(then)} in the window before, fewer than ${least}` : undefined;
};

const judgeOne = (rule: Rule, figure: Figure, values: FigureValues): Judged => {
	const now = values.get(rule.figure);
	if (now === undefined) {
		return unknown(figure, 'it is n/a in this window');
	}
	if (!isAgainstBefore(rule)) {
		const failed = holds(now, rule.operator, rule.limit);
		return {text: comparisonSentence(rule, figure, now, failed), state: failed ? 'failed' : 'ok', value: now};
	}
	const then = values.get(`${before}${rule.figure}`);
	if (then === undefined) {
		return unknown(figure, 'it is n/a in the window before');
	}
	const value = changeOf(rule, figure, now, then);
	return {
		text: changeSentence(rule, figure, {now, then, value}),
		state: value >= rule.limit ? 'failed' : 'ok',
		value,
	};
};

const holds = (value: number, operator: Operator, limit: number): boolean => {
	switch (operator) {
		case '<':
			return value < limit;
		case '<=':
			return value <= limit;
		case '>':
			return value > limit;
		case '>=':
			return value >= limit;
		default:
			return value === limit;
	}
};

/**
 * The change in the direction of the rule: points for percentages, percent of the earlier value for everything else.
 */
const changeOf = ({operator}: Rule, {unit}: Figure, now: number, then: number): number => {
	const change = operator === 'drops' ? then - now : now - then;
	if (unit === 'percent') {
		return exact(change);
	}
	// In percent of 0, every change is infinite.
	return change === 0 ? 0 : exact((change / Math.abs(then)) * 100);
};
