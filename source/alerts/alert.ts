import {createHash} from 'node:crypto';
import type {Report} from '../metrics/report/report.js';
import {formatCount, formatMoney, formatPercent} from '../output/numbers.js';
import {sanitize} from '../text/sanitize.js';
import type {Verdict} from './rule.js';

/** A message to a channel: that rules failed, that they recovered, or a test. */
export type Alert = {
	readonly kind: 'failed' | 'recovered' | 'test';
	/** An id: the same in a failure and in its recovery, another for the next failure. */
	readonly incident: string;
	readonly verdicts: readonly Verdict[];
	/** The sources as the user named them. */
	readonly title: string;
	/** Of the window at the time of sending, which is later than the failure where a channel was down. */
	readonly report: Report;
	/** Epoch milliseconds. */
	readonly time: number;
};

/** Where alerts go. */
export type Channel = {
	/** The channel's name, never a secret; what the channel was told is remembered by it. */
	readonly name: string;
	/** Rejects with an Error whose message holds no secret: a `DeliveryError` where more is known. */
	send(alert: Alert): Promise<void>;
};

const words = {failed: 'failed', recovered: 'recovered', test: 'test'} as const;

/** Most terminal columns of a title and of a sentence; names from logs may be of any length. */
const longest = {title: 100, sentence: 400};

/** Cut before it is measured, which takes long for a long text. */
const short = (text: string, columns: number): string => sanitize(text.slice(0, 4 * columns), {columns});

/** What the alert is about, harmless and bounded in length. */
export const titleText = ({title}: Pick<Alert, 'title'>): string => short(title, longest.title);

/** `Prompt cache check failed: api logs`. */
export const headline = (alert: Pick<Alert, 'kind' | 'title'>): string =>
	`Prompt cache check ${words[alert.kind]}: ${titleText(alert)}`;

/** A sentence of an alert, harmless and bounded in length. */
export const sentenceText = (text: string): string => short(text, longest.sentence);

/** What is wrong, or right again, in one line of all verdicts. */
export const summaryText = ({verdicts}: Pick<Alert, 'verdicts'>): string =>
	sentenceText(verdicts.map(({text}) => text).join('; '));

/**
 * The id of a message, the same for each attempt to send it: a receiver that has seen it already may drop it. An
 * incident has one failure, and a recovery for each of its rules or for several that recovered at once.
 */
export const deliveryOf = ({kind, incident, verdicts}: Pick<Alert, 'kind' | 'incident' | 'verdicts'>): string => {
	if (kind !== 'recovered') {
		return `${incident}.${kind}`;
	}
	const rules = JSON.stringify(verdicts.map(({rule}) => rule).sort());
	return `${incident}.${kind}.${createHash('sha256').update(rules).digest('hex').slice(0, 8)}`;
};

type AlertFigure = {readonly name: string; readonly value: string};

/** The window at a glance, for people. */
export const alertFigures = ({summary, breaks, window}: Report): readonly AlertFigure[] => [
	{name: 'Hit rate', value: `${formatPercent(summary.hitRate)}${summary.basis ? ` (${summary.basis})` : ''}`},
	{name: 'Token hit rate', value: formatPercent(summary.tokenHitRate)},
	{name: 'Net savings', value: formatMoney(summary.money.netSavings)},
	{name: 'Lost to breaks', value: formatMoney(breaks.lostCost)},
	{name: 'Requests', value: formatCount(summary.requests)},
	{name: 'Window', value: window.name},
];
