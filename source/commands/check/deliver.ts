import type {Channel} from '../../alerts/alert.js';
import type {Damping} from '../../alerts/incidents.js';
import {notify, sendTest} from '../../alerts/notify.js';
import {UsageError} from '../../errors.js';
import type {Deliver} from './check.js';
import type {CheckOptions} from './check-options.js';

/** The channels, and the file with the alert state. */
export type Receivers = {
	readonly channels: readonly Channel[];
	/** Identifies the sources; each set of them has its own incidents. */
	readonly scope: string;
	/** Path of the alert state, see `alertStatePath`. */
	readonly statePath: string;
	readonly damping?: Partial<Damping> | undefined;
};

/**
 * Notifies channels of a check.
 * @throws UsageError if there are none: an alert that reaches nobody is worse than an error
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
