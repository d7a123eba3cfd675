import {randomBytes} from 'node:crypto';
import type {Report} from '../metrics/report/report.js';
import type {Alert, Channel} from './alert.js';
import {summaryText} from './alert.js';
import {claim, nextTry, type Planned, plan, settleFailed, settleSent} from './deliveries.js';
import {type Damping, defaultDamping, evaluate, type Scope} from './incidents.js';
import {checkRetries, type Outcome, type Retries, tryFor} from './retry.js';
import type {Verdict} from './rule.js';
import {changeScope, readScope} from './state.js';

/** The outcome of a check, the channels to notify, and the file with the alert state. */
export type NotifyOptions = {
	readonly verdicts: readonly Verdict[];
	readonly report: Report;
	/** The sources as the user named them. */
	readonly title: string;
	readonly channels: readonly Channel[];
	/** Epoch milliseconds. */
	readonly now: number;
	/** Path of the alert state, see `alertStatePath`. */
	readonly statePath: string;
	/** Identifies the set of sources, whose incidents are kept apart from those of others. */
	readonly scope: string;
	/** Only reports what would be sent; sends and saves nothing. */
	readonly dryRun?: boolean;
	readonly damping?: Partial<Damping> | undefined;
	readonly retries?: Retries;
	/** After it is aborted, messages in flight are not awaited. */
	readonly signal?: AbortSignal | undefined;
};

/** A message on a channel, as reported to the user and in logs. */
export type Notice = {
	readonly channel: string;
	readonly kind: Alert['kind'];
	readonly incident: string;
	/** One line. */
	readonly text: string;
};

type FailedNotice = Notice & {
	/** Why it failed, without secrets. */
	readonly reason: string;
	/** Earliest time of the next attempt, in epoch milliseconds; undefined if the message was given up. */
	readonly next: number | undefined;
};

/** The outcome of a notification, by message. */
export type Notified = {
	readonly sent: readonly Notice[];
	readonly failed: readonly FailedNotice[];
	/** With `dryRun` only. */
	readonly wouldSend: readonly Notice[];
};

const noticeOf = ({channel, kind, incident, verdicts}: Planned): Notice => ({
	channel,
	kind,
	incident,
	text: summaryText({verdicts}),
});

/**
 * Updates the alert state with new verdicts and sends the channels what they have not been told yet: once that a rule
 * fails, and once that it has recovered. Channels are notified in parallel and do not wait for each other.
 *
 * Each message is saved before it is sent and again after it was delivered, so no message is lost, whichever process
 * dies when. A message is sent twice in one case only: if the process, the network or the receiver dies between
 * delivery and confirmation. It then has the same id (`deliveryOf`).
 * @throws UserError if the state cannot be saved; nothing is sent then
 */
export const notify = async (options: NotifyOptions): Promise<Notified> => {
	const {verdicts, channels, now, statePath, scope, dryRun = false, damping, retries = checkRetries, signal} = options;
	const names = channels.map(({name}) => name);
	const judge = (known: Scope) => evaluate(known, verdicts, now, {...defaultDamping, ...damping});
	if (dryRun) {
		const would = plan(judge(await readScope(statePath, scope, now)), names, now);
		return {sent: [], failed: [], wouldSend: would.map(noticeOf)};
	}
	const planned = await changeScope(statePath, scope, now, known => {
		const judged = judge(known);
		const due = plan(judged, names, now);
		return {scope: due.reduce((changing, message) => claim(changing, message, now), judged), result: due};
	});
	const settled = await Promise.all(
		channels.map(async channel => {
			const results: Settled[] = [];
			for (const message of planned.filter(({channel: name}) => name === channel.name)) {
				const outcome = await tryFor(retries, signal, () => channel.send(alertOf(message, options)));
				results.push(await settle(message, outcome, options));
			}
			return results;
		}),
	);
	const all = settled.flat();
	return {
		sent: all.flatMap(({sent}) => sent ?? []),
		failed: all.flatMap(({failed}) => failed ?? []),
		wouldSend: [],
	};
};

const alertOf = ({kind, incident, verdicts}: Planned, {title, report, now}: NotifyOptions): Alert => ({
	kind,
	incident,
	verdicts,
	title,
	report,
	time: now,
});

type Settled = {readonly sent?: Notice; readonly failed?: FailedNotice};

const settle = async (message: Planned, outcome: Outcome, {statePath, scope, now}: NotifyOptions): Promise<Settled> => {
	const notice = noticeOf(message);
	switch (outcome.state) {
		case 'sent':
			await changeScope(statePath, scope, now, known => ({
				scope: settleSent(known, message, now),
				result: undefined,
			}));
			return {sent: notice};
		case 'failed': {
			const next = await changeScope(statePath, scope, now, known => {
				const changed = settleFailed(known, message, now, outcome);
				return {scope: changed, result: nextTry(changed, message)};
			});
			return {failed: {...notice, reason: outcome.reason, next}};
		}
		case 'interrupted':
			// The message stays claimed; the first evaluation after the lease has expired sends it again.
			return {failed: {...notice, reason: 'interrupted', next: now}};
	}
};

const testVerdict: Verdict = {
	rule: 'test',
	text: 'This is a test: nothing is wrong, and alerts arrive here',
	state: 'ok',
	value: undefined,
	limit: 0,
	cause: undefined,
};

/** Sends each channel a test message. The alert state is not changed. */
export const sendTest = async ({
	report,
	title,
	channels,
	now,
	dryRun = false,
	retries = checkRetries,
}: Pick<NotifyOptions, 'report' | 'title' | 'channels' | 'now' | 'dryRun' | 'retries'>): Promise<Notified> => {
	const incident = randomBytes(8).toString('hex');
	const verdicts = [testVerdict];
	const noticeFor = (channel: string): Notice => ({channel, kind: 'test', incident, text: testVerdict.text});
	if (dryRun) {
		return {sent: [], failed: [], wouldSend: channels.map(({name}) => noticeFor(name))};
	}
	const alert: Alert = {kind: 'test', incident, verdicts, title, report, time: now};
	const outcomes = await Promise.all(
		channels.map(async channel => ({
			notice: noticeFor(channel.name),
			outcome: await tryFor(retries, undefined, () => channel.send(alert)),
		})),
	);
	return {
		sent: outcomes.flatMap(({notice, outcome}) => (outcome.state === 'sent' ? [notice] : [])),
		failed: outcomes.flatMap(({notice, outcome}) =>
			outcome.state === 'failed' ? [{...notice, reason: outcome.reason, next: undefined}] : [],
		),
		wouldSend: [],
	};
};
