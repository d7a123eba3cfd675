import {figureOf} from './figures.js';
import {outcomeText, statusOf} from './overall.js';
import {isAgainstBefore, type Rule, type Verdict} from './rule.js';

/** Rules with their verdicts, in the same order. */
export type Judged = {readonly rules: readonly Rule[]; readonly verdicts: readonly Verdict[]};

/** A line for Nagios, Icinga and compatible systems, and its exit code. */
export type PluginResult = {readonly line: string; readonly code: 0 | 1 | 2 | 3};

const line = (word: string, text: string): string =>
	// "|" starts the performance data.
	`CACHE ${word} - ${text.replaceAll('|', '/')}`;

/** The result if the check could not be made. @param reason one line */
export const pluginUnknown = (reason: string): PluginResult => ({line: line('UNKNOWN', reason), code: 3});

/**
 * The result as the Monitoring Plugins guidelines define it: a status word, the text, and the figures as performance
 * data with their ranges.
 * @param critical rules that fail with exit code 2
 * @param warning rules that fail with exit code 1
 * @param readAll false if a named source could not be read: the result is then never OK
 */
export const pluginResult = (critical: Judged, warning: Judged, readAll: boolean): PluginResult => {
	const {status, verdicts} = statusOf(critical.verdicts, warning.verdicts);
	const data = performanceData(critical, warning);
	if (status === 'ok' && !readAll) {
		return pluginUnknown(`${outcomeText(verdicts)}; but not all that was named could be read`);
	}
	return {
		line: `${line(status.toUpperCase(), outcomeText(verdicts))}${data === '' ? '' : ` | ${data}`}`,
		code: codes[status],
	};
};

const codes = {ok: 0, warning: 1, critical: 2, unknown: 3} as const;

type Series = {readonly unit: string; readonly value: number | undefined; warning: string; critical: string};

/**
 * `hit_rate=61.2%;80:;70:`: each figure once, because graphs are keyed by label; of two rules of a kind the first
 * counts.
 */
const performanceData = (critical: Judged, warning: Judged): string => {
	const series = new Map<string, Series>();
	const add = ({rules, verdicts}: Judged, kind: 'warning' | 'critical') => {
		for (const [index, rule] of rules.entries()) {
			const verdict = verdicts[index];
			const name = labelOf(rule);
			const known = series.get(name) ?? {unit: unitOf(rule), value: verdict?.value, warning: '', critical: ''};
			series.set(name, {...known, [kind]: known[kind] === '' ? rangeOf(rule) : known[kind]});
		}
	};
	add(critical, 'critical');
	add(warning, 'warning');
	return [...series].map(([name, found]) => entryOf(name, found)).join(' ');
};

const entryOf = (name: string, {unit, value, warning, critical}: Series): string => {
	const shown = value === undefined || !Number.isFinite(value) ? 'U' : `${plain(value)}${unit}`;
	return `${name}=${[shown, warning, critical].join(';').replace(/;+$/, '')}`;
};

/** A change is a series of its own: `hit_rate_drop`. */
const labelOf = ({figure, operator}: Rule): string =>
	operator === 'drops' ? `${figure}_drop` : operator === 'rises' ? `${figure}_rise` : figure;

/** The guidelines have no unit for money, tokens and requests. */
const unitOf = (rule: Rule): string => (isAgainstBefore(rule) || figureOf(rule.figure)?.unit === 'percent' ? '%' : '');

/** Numbers as the guidelines require: no exponent, no thousands separators. */
const plain = (value: number): string => value.toLocaleString('en-US', {maximumFractionDigits: 6, useGrouping: false});

/** The range that triggers an alert: outside `70:`, inside `@~:70`. */
const rangeOf = ({operator, limit}: Rule): string => {
	const edge = plain(limit);
	switch (operator) {
		case '<':
			return `${edge}:`;
		case '<=':
			return `@~:${edge}`;
		case '>':
			return `~:${edge}`;
		case '==':
			return `@${edge}:${edge}`;
		default:
			return `@${edge}:`;
	}
};
