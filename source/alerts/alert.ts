import {createHash} from 'node:crypto';
import type {Report} from '../metrics/report/report.js';
import {formatCount, formatMoney, formatPercent} from '../output/numbers.js';
import {sanitize} from '../text/sanitize.js';
import type {Verdict} from './rule.js';

/** A message to a channel: that rules failed, that they recovered, or a test. */
export type Alert = {
	readonly kind: 'failed' | 'recovered' | 'test';
	/** The incident's id: the same for a failure and its recovery. */
	readonly incident: string;
	readonly verdicts: readonly Verdict[];
	/** The sources as the user named them. */
	readonly title: string;
	/** The report of the window at the time of sending, which is later than the failure if the channel was down. */
	readonly report: Report;
	/** Epoch milliseconds. */
	readonly time: number;
};

/** A destination of alerts. */
export type Channel = {
	/** The channel's name, which contains no secret; the alert state records deliveries under it. */
	readonly name: string;
	/**
	 * Sends an alert. Rejects with an Error whose message contains no secret; with a `DeliveryError` if it is known
	 * whether a retry may succeed.
	 */
	send(alert: Alert): Promise<void>;
};

const words = {failed: 'failed', recovered: 'recovered', test: 'test'} as const;

/** Maximum terminal columns of a title and of a sentence; names from logs can be of any length. */
const longest = {title: 100, sentence: 400};

/** Cut roughly first, because measuring a long text is slow. */
const short = (text: string, columns: number): string => sanitize(text.slice(0, 4 * columns), {columns});

/** The sources that the alert is about, safe to print and bounded in length. */
export const titleText = ({title}: Pick<Alert, 'title'>): string => short(title, longest.title);

/** `Prompt cache check failed: api logs`. */
export const headline = (alert: Pick<Alert, 'kind' | 'title'>): string =>
	`Prompt cache check ${words[alert.kind]}: ${titleText(alert)}`;

/** A sentence of an alert, safe to print and bounded in length. */
export const sentenceText = (text: string): string => short(text, longest.sentence);

/** All verdicts in one line: what failed, or what has recovered. */
export const summaryText = ({verdicts}: Pick<Alert, 'verdicts'>): string =>
	sentenceText(verdicts.map(({text}) => text).join('; '));

/**
 * The id of a message, the same for every attempt to send it, so that a receiver can drop repeats. An incident has one
 * failure message, and one recovery message for each group of rules that recovered together.
 */
export const deliveryOf = ({kind, incident, verdicts}: Pick<Alert, 'kind' | 'incident' | 'verdicts'>): string => {
	if (kind !== 'recovered') {
		return `${incident}.${kind}`;
	}
	const rules = JSON.stringify(verdicts.map(({rule}) => rule).sort());
	return `${incident}.${kind}.${createHash('sha256').update(rules).digest('hex').slice(0, 8)}`;
};

type AlertFigure = {readonly name: string; readonly value: string};

/** The key figures of the window, for people. */
export const alertFigures = ({summary, breaks, window}: Report): readonly AlertFigure[] => [
	{name: 'Hit rate', value: `${formatPercent(summary.hitRate)}${summary.basis ? ` (${summary.basis})` : ''}`},
	{name: 'Token hit rate', value: formatPercent(summary.tokenHitRate)},
	{name: 'Net savings', value: formatMoney(summary.money.netSavings)},
	{name: 'Lost to breaks', value: formatMoney(breaks.lostCost)},
	{name: 'Requests', value: formatCount(summary.requests)},
	{name: 'Window', value: window.name},
];
