import {coreFigures} from '../../output/json/figures.js';
import {dollars, instant, orNull, percentage} from '../../output/json/values.js';
import {type Alert, deliveryOf, headline, sentenceText, summaryText, titleText} from '../alert.js';

/** Raised when a key is removed or changes its meaning; new keys may be added at any time. */
const schemaVersion = 1;

/** Maximum number of rules in a payload. If more fail together, they fail for a common reason. */
const mostChecks = 50;

/** The JSON that programs receive for an alert. Figures are named as in the JSON report; n/a is null. */
export const payloadOf = (alert: Alert) => {
	const {kind, incident, verdicts, report, time} = alert;
	const {summary, breaks, window} = report;
	return {
		schema_version: schemaVersion,
		kind,
		incident,
		delivery: deliveryOf(alert),
		title: titleText(alert),
		text: `${headline(alert)}: ${summaryText(alert)}`,
		time: instant(time),
		checks: verdicts.slice(0, mostChecks).map(({rule, state, text, value, limit, cause}) => ({
			rule: sentenceText(rule),
			state,
			text: sentenceText(text),
			value: value !== undefined && Number.isFinite(value) ? value : null,
			limit,
			cause: cause === undefined ? null : sentenceText(cause),
		})),
		window: {from: instant(window.from), to: instant(window.to), name: window.name},
		figures: {
			basis: orNull(summary.basis),
			...coreFigures(summary),
			token_hit_rate: percentage(summary.tokenHitRate),
			breaks: {total: breaks.count, lost_cost: dollars(breaks.lostCost)},
		},
	};
};
