import {judge} from '../alerts/judge.js';
import {type Notified, type NotifyOptions, notify} from '../alerts/notify.js';
import {serveRetries} from '../alerts/retry.js';
import type {Rule} from '../alerts/rule.js';
import type {Alerting} from './evaluation.js';

type AlertingOptions = Pick<Alerting, 'window' | 'every'> &
	Pick<NotifyOptions, 'channels' | 'statePath' | 'scope' | 'dryRun' | 'damping'> & {
		readonly rules: readonly Rule[];
		/** With fewer requests in the window, nothing is judged. */
		readonly minRequests: number;
	};

/** Makes the repeated evaluation of rules and the notification of channels. */
export const alertingOf = ({window, every, rules, minRequests, ...how}: AlertingOptions): Alerting => ({
	window,
	every,
	marks: rules.flatMap(({since}) => since ?? []),
	judge: (report, reportSince) => judge(rules, report, {minRequests, reportSince}),
	notify: async (told, signal) => linesOf(await notify({...how, ...told, signal, retries: serveRetries})),
});

/** Lines for the log, without times, so that repeated ones are recognised. */
const linesOf = ({sent, failed, wouldSend}: Notified): readonly string[] => [
	...sent.map(({channel, kind, text}) => `told ${channel} (${kind}): ${text}`),
	...wouldSend.map(({channel, kind, text}) => `would tell ${channel} (${kind}): ${text}`),
	...failed.map(
		({channel, kind, reason, next}) =>
			`could not tell ${channel} (${kind}): ${reason}; ${next === undefined ? 'given up' : 'it is tried again'}`,
	),
];
