import type {OutgoingEvent} from '../../glitchtip/envelope.js';
import {sendEnvelope} from '../../glitchtip/send-envelope.js';
import type {Report} from '../../metrics/report/report.js';
import {breakFigures, figures, windowFigures} from '../../output/json/figures.js';
import {type Alert, deliveryOf, headline, sentenceText, summaryText, titleText} from '../alert.js';

const levels = {failed: 'error', recovered: 'info', test: 'info'} as const;

/** JSON has no infinity. */
const finite = (value: number | undefined): number | null =>
	value !== undefined && Number.isFinite(value) ? value : null;

/** The figures of a window, named as in the JSON report. */
const windowContext = ({window, summary, breaks}: Pick<Report, 'window' | 'summary' | 'breaks'>) => ({
	window: windowFigures(window, 'UTC'),
	basis: summary.basis ?? null,
	...figures(summary),
	breaks: breakFigures(breaks, summary),
});

/** An alert as an event. Failure and recovery of an incident are one issue; the next failure is a new one. */
export const alertEvent = (alert: Alert): OutgoingEvent => {
	const {kind, incident, verdicts, report, time} = alert;
	const summary = summaryText(alert);
	return {
		identity: `alert ${deliveryOf(alert)}`,
		time,
		level: levels[kind],
		message: summary === '' ? headline(alert) : `${headline(alert)}. ${summary}`,
		fingerprint: ['hitrate', 'alert', incident],
		tags: {kind, incident, source: titleText(alert)},
		contexts: {
			check: {
				kind,
				incident,
				verdicts: verdicts.map(({rule, state, text, value, limit, cause}) => ({
					rule,
					state,
					text: sentenceText(text),
					value: finite(value),
					limit: finite(limit),
					cause: cause === undefined ? null : sentenceText(cause),
				})),
			},
			cache_window: windowContext(report),
		},
	};
};

/** Sends an alert as an event. Rejects as `sendEnvelope` does. */
export const sendAlert = async (dsn: string, alert: Alert): Promise<void> => {
	await sendEnvelope(dsn, alertEvent(alert));
};
