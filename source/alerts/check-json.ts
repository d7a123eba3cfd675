import type {Report} from '../metrics/report/report.js';
import type {OutputContext} from '../output/context.js';
import {filterFigures, windowFigures} from '../output/json/figures.js';
import {instant, orNull} from '../output/json/values.js';
import type {Notice, Notified} from './notify.js';
import type {Status} from './overall.js';
import type {Verdict} from './rule.js';

/** A window and the verdicts on the rules in it. */
export type Checked = {
	readonly report: Report;
	readonly context: OutputContext;
	/** The sources as the user named them. */
	readonly title: string;
	readonly verdicts: readonly Verdict[];
	/** Verdicts on rules that only warn. */
	readonly warnings: readonly Verdict[];
};

/** Raised when a key is removed or changes its meaning; new keys leave it unchanged. */
const checkSchemaVersion = 1;

/** A check as plain data, with the units of the JSON report; n/a is null. */
export const checkJson = ({report, context, verdicts, warnings}: Checked, {status}: Status, delivery?: Notified) => ({
	schema_version: checkSchemaVersion,
	status: status === 'critical' ? 'failed' : status,
	checked_at: instant(report.generatedAt),
	window: windowFigures(report.window, context.zone),
	filter: filterFigures(report.filter),
	basis: orNull(report.summary.basis),
	total_events: report.summary.requests,
	problems: context.problems.map(({kind, name, message, count}) => ({kind, name, message, count})),
	verdicts: verdicts.map(verdictJson),
	warnings: warnings.map(verdictJson),
	delivery: delivery ? deliveryJson(delivery) : null,
});

const deliveryJson = ({sent, failed, wouldSend}: Notified) => ({
	sent: sent.map(noticeJson),
	failed: failed.map(notice => ({
		...noticeJson(notice),
		reason: notice.reason,
		next_try: notice.next === undefined ? null : instant(notice.next),
	})),
	would_send: wouldSend.map(noticeJson),
});

const noticeJson = ({channel, kind, incident, text}: Notice) => ({channel, kind, incident, text});

const verdictJson = ({rule, text, state, value, limit, cause}: Verdict) => ({
	rule,
	text,
	state,
	// A rise from 0 is infinite in percent, for which JSON has no number.
	value: value !== undefined && Number.isFinite(value) ? value : null,
	limit,
	cause: orNull(cause),
});
