import {randomBytes} from 'node:crypto';
import type {Report} from '../metrics/report/report.js';
import type {Alert, Channel} from './alert.js';
import {summaryText} from './alert.js';
import {claim, nextTry, type Planned, plan, settleFailed, settleSent} from './deliveries.js';
import {type Damping, defaultDamping, evaluate, type Scope} from './incidents.js';
import {checkRetries, type Outcome, type Retries, tryFor} from './retry.js';
import type {Verdict} from './rule.js';
import {changeScope, readScope} from './state.js';

/** What a check found, the channels to tell, and the file that remembers what they were told. */
export type NotifyOptions = {
	readonly verdicts: readonly Verdict[];
	readonly report: Report;
	/** The sources as the user named them. */
	readonly title: string;
	readonly channels: readonly Channel[];
	/** Epoch milliseconds. */
	readonly now: number;
	/** See `alertStatePath`. */
	readonly statePath: string;
	/** What tells these sources from others: a rule's failures are those of one scope. */
	readonly scope: string;
	/** Says what would be sent; sends and remembers nothing. */
	readonly dryRun?: boolean;
	readonly damping?: Partial<Damping> | undefined;
	readonly retries?: Retries;
	/** Once it is aborted, messages under way are not waited for. */
	readonly signal?: AbortSignal | undefined;
};

/** A message on a channel, for people and for logs. */
export type Notice = {
	readonly channel: string;
	readonly kind: Alert['kind'];
	readonly incident: string;
	/** One line. */
	readonly text: string;
};

type FailedNotice = Notice & {
	/** Without a secret. */
	readonly reason: string;
	/** When it is tried again, epoch milliseconds: at the first evaluation from then on. Undefined: it is given up. */
	readonly next: number | undefined;
};

/** What was told to which channel. */
export type Notified = {
	readonly sent: readonly Notice[];
	readonly failed: readonly FailedNotice[];
	/** With `dryRun` alone. */
	readonly wouldSend: readonly Notice[];
};

const noticeOf = ({channel, kind, incident, verdicts}: Planned): Notice => ({
	channel,
	kind,
	incident,
	text: summaryText({verdicts}),
});

/**
 * Takes new verdicts in and tells the channels what they do not know yet: that a rule fails, once, and that it holds
 * again, once. Channels are told at the same time, and none waits for another.
 *
 * What is to be sent is written down before it is sent and again when it has arrived. So nothing is lost, whatever
 * dies when, and nothing is sent twice but for one case: where the process, the network or the receiver dies between
 * taking a message and saying so, it is sent again with the same name (`deliveryOf`).
 * @throws UserError where that cannot be written down; nothing is sent then
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
			// It stays claimed: who evaluates after the claim has expired sends it again.
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

/** Sends each channel a message that says that it is a test. Nothing is remembered of it. */
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
