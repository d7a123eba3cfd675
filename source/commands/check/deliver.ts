import type {Channel} from '../../alerts/alert.js';
import type {Damping} from '../../alerts/incidents.js';
import {notify, sendTest} from '../../alerts/notify.js';
import {UsageError} from '../../errors.js';
import type {Deliver} from './check.js';
import type {CheckOptions} from './check-options.js';

/** The channels that a check tells, and where it remembers what they were told. */
export type Receivers = {
	readonly channels: readonly Channel[];
	/** Identifies the sources: each set of them has incidents of its own. */
	readonly scope: string;
	/** See `alertStatePath`. */
	readonly statePath: string;
	readonly damping?: Partial<Damping> | undefined;
};

/**
 * Tells channels what a check found.
 * @throws UsageError where there is none to tell: an alert that reaches nobody is worse than an error
 */
export const deliverTo = (receivers: Receivers, {test, dryRun}: Pick<CheckOptions, 'test' | 'dryRun'>): Deliver => {
	if (receivers.channels.length === 0) {
		throw new UsageError(
			'check --notify: no channel is known. Set HITRATE_SLACK_WEBHOOK, HITRATE_WEBHOOK_URL, HITRATE_SMTP_URL with HITRATE_MAIL_TO, HITRATE_ALERT_COMMAND or HITRATE_GLITCHTIP_DSN, or name channels in the config file.',
		);
	}
	return ({verdicts, report, title}) => {
		const found = {...receivers, verdicts, report, title, now: report.generatedAt, dryRun};
		return test ? sendTest(found) : notify(found);
	};
};
