import {randomBytes} from 'node:crypto';
import type {Verdict} from './rule.js';

/** The delivery of one message on one channel. */
export type Attempt = {
	/** `sending`: a process has claimed the message and may have died before sending it. */
	readonly state: 'sending' | 'waiting' | 'sent' | 'given-up';
	readonly tries: number;
	/** Time of the first attempt, in epoch milliseconds. */
	readonly first: number;
	/**
	 * Epoch milliseconds. `sending`: time of the claim; `waiting`: time of the next attempt; otherwise the time of the
	 * outcome.
	 */
	readonly at: number;
};

type Attempts = Readonly<Record<string, Attempt>>;

/**
 * The failure of one rule, from its first failed verdict until every channel that was told of it has been told of its
 * end.
 */
export type Incident = {
	/** Rules that started to fail in the same evaluation share it. */
	readonly id: string;
	readonly rule: string;
	/** Start of the failure, in epoch milliseconds. */
	readonly since: number;
	/**
	 * The failure is not sent before this time (epoch milliseconds), because of the cooldown after the rule's previous
	 * failure.
	 */
	readonly due: number;
	/** Time of the last verdict, in epoch milliseconds. */
	readonly seen: number;
	/** Number of consecutive good verdicts. */
	readonly good: number;
	/** The latest failed verdict; after the recovery, the verdict that showed it. */
	readonly verdict: Verdict;
	/** Time of the recovery, in epoch milliseconds; undefined while the rule fails. */
	readonly recovered: number | undefined;
	/** Deliveries of the failure, by channel. */
	readonly failure: Attempts;
	/** Deliveries of the recovery, by channel. */
	readonly recovery: Attempts;
};

/** The alert state of one set of sources, saved between runs. */
export type Scope = {
	/** Time of the last evaluation, in epoch milliseconds. */
	readonly seen: number;
	/** When a failure of each rule was last sent on any channel, in epoch milliseconds. */
	readonly told: Readonly<Record<string, number>>;
	readonly incidents: readonly Incident[];
};

/** The state before the first alert. */
export const emptyScope: Scope = {seen: 0, told: {}, incidents: []};

/** Keeps a figure that hovers around its limit from causing an alert at every check. */
export type Damping = {
	/** Minimum milliseconds between two failure messages of the same rule. */
	readonly cooldown: number;
	/**
	 * Margin by which a figure must be on the good side of its limit to count as recovered, in percent of the limit.
	 */
	readonly hysteresis: number;
};

/** Six hours between failures; recovery from 2 % on the good side of the limit. */
export const defaultDamping: Damping = {cooldown: 6 * 3_600_000, hysteresis: 2};

/** Consecutive good verdicts after which a figure counts as recovered even without the margin. */
const steadyVerdicts = 3;

/** Milliseconds after which an incident or rule that is no longer judged is forgotten. */
const forgetAfter = 90 * 24 * 3_600_000;

/** Upper limit of `pauseAfter`, in milliseconds. */
const longestPause = 3_600_000;

const map = <Value, Result>(
	record: Readonly<Record<string, Value>>,
	change: (value: Value) => Result,
): Readonly<Record<string, Result>> =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** A scope without times after `now`. If the clock was set back, such times would delay messages. */
export const asOf = (scope: Scope, now: number): Scope => {
	const past = (time: number) => Math.min(time, now);
	const attempts = (all: Attempts): Attempts =>
		map(all, attempt => ({
			...attempt,
			first: past(attempt.first),
			at: attempt.state === 'waiting' ? Math.min(attempt.at, now + longestPause) : past(attempt.at),
		}));
	return {
		seen: past(scope.seen),
		told: map(scope.told, past),
		incidents: scope.incidents.map(incident => ({
			...incident,
			since: past(incident.since),
			// Keeps the rest of the cooldown.
			due: incident.due - Math.max(0, incident.since - now),
			seen: past(incident.seen),
			recovered: incident.recovered === undefined ? undefined : past(incident.recovered),
			failure: attempts(incident.failure),
			recovery: attempts(incident.recovery),
		})),
	};
};

/**
 * The scope after new verdicts: incidents start, continue and end.
 * @param now epoch milliseconds
 */
export const evaluate = (scope: Scope, verdicts: readonly Verdict[], now: number, damping: Damping): Scope => {
	const byRule = new Map(verdicts.map(verdict => [verdict.rule, verdict]));
	const incidents = scope.incidents.map(incident => {
		const verdict = byRule.get(incident.rule);
		return verdict && incident.recovered === undefined ? judgedAgain(incident, verdict, now, damping) : incident;
	});
	const failing = new Set(incidents.filter(({recovered}) => recovered === undefined).map(({rule}) => rule));
	const begun = [...byRule.values()].filter(({rule, state}) => state === 'failed' && !failing.has(rule));
	return {...scope, seen: now, incidents: [...incidents, ...begin(begun, scope.told, now, damping)]};
};

const judgedAgain = (incident: Incident, verdict: Verdict, now: number, damping: Damping): Incident => {
	switch (verdict.state) {
		case 'failed':
			return {...incident, seen: now, good: 0, verdict};
		case 'unknown':
			return {...incident, seen: now};
		case 'ok': {
			const good = incident.good + 1;
			return isWellBeyond(verdict, damping) || good >= steadyVerdicts
				? {...incident, seen: now, good, verdict, recovered: now}
				: {...incident, seen: now, good};
		}
	}
};

/** True if a figure is on the good side of its limit by the margin. A limit of 0 has no margin. */
const isWellBeyond = ({value, limit}: Verdict, {hysteresis}: Damping): boolean =>
	value !== undefined &&
	(limit !== 0 || hysteresis === 0) &&
	Math.abs(value - limit) >= (Math.abs(limit) * hysteresis) / 100;

/** New incidents. Those that can be sent at once share a message; those within a cooldown get a message each, later. */
const begin = (
	verdicts: readonly Verdict[],
	told: Scope['told'],
	now: number,
	{cooldown}: Damping,
): readonly Incident[] => {
	const shared = randomBytes(8).toString('hex');
	return verdicts.map(verdict => {
		const last = told[verdict.rule];
		const due = last === undefined ? now : Math.max(now, last + cooldown);
		return {
			id: due > now ? randomBytes(8).toString('hex') : shared,
			rule: verdict.rule,
			since: now,
			due,
			seen: now,
			good: 0,
			verdict,
			recovered: undefined,
			failure: {},
			recovery: {},
		};
	});
};

/** True if the channel was, or may have been, told of the failure: only then is the recovery sent. */
export const hasHeard = (attempt: Attempt | undefined): boolean =>
	attempt?.state === 'sent' || attempt?.state === 'sending';

const isOver = (incident: Incident, now: number): boolean =>
	now - incident.seen > forgetAfter ||
	(incident.recovered !== undefined &&
		Object.entries(incident.failure).every(([channel, failure]) => {
			const state = incident.recovery[channel]?.state;
			return !hasHeard(failure) || state === 'sent' || state === 'given-up';
		}));

/** Drops what is no longer needed: incidents whose end all channels know, and rules that are no longer judged. */
export const forget = (scope: Scope, now: number): Scope => ({
	...scope,
	told: Object.fromEntries(Object.entries(scope.told).filter(([, time]) => now - time <= forgetAfter)),
	incidents: scope.incidents.filter(incident => !isOver(incident, now)),
});

/** True if a set of sources has not been judged for so long that its state can be dropped. */
export const isForgotten = ({seen}: Scope, now: number): boolean => now - seen > forgetAfter;
