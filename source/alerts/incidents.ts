import {randomBytes} from 'node:crypto';
import type {Verdict} from './rule.js';

/** The delivery of one message on one channel. */
export type Attempt = {
	/** `sending`: a process has claimed it, and may have died before it was sent. */
	readonly state: 'sending' | 'waiting' | 'sent' | 'given-up';
	readonly tries: number;
	/** When it was first tried, epoch milliseconds. */
	readonly first: number;
	/** `sending`: since when; `waiting`: until when; otherwise when that was settled. Epoch milliseconds. */
	readonly at: number;
};

type Attempts = Readonly<Record<string, Attempt>>;

/** One rule's failure, from its first failed verdict until every channel that was told of it knows that it is over. */
export type Incident = {
	/** Rules that began to fail in one evaluation share it. */
	readonly id: string;
	readonly rule: string;
	/** Epoch milliseconds. */
	readonly since: number;
	/** The failure is not sent before this, epoch milliseconds: a cooldown follows each failure of a rule that was sent. */
	readonly due: number;
	/** When it was last judged, epoch milliseconds. */
	readonly seen: number;
	/** Good verdicts in a row. */
	readonly good: number;
	/** The latest failed verdict; after the recovery the one that showed it. */
	readonly verdict: Verdict;
	/** When it recovered, epoch milliseconds; undefined as long as it fails. */
	readonly recovered: number | undefined;
	/** Deliveries of the failure, by channel. */
	readonly failure: Attempts;
	/** Deliveries of the recovery, by channel. */
	readonly recovery: Attempts;
};

/** The alert state of one set of sources, as it is kept between runs. */
export type Scope = {
	/** When it was last judged, epoch milliseconds. */
	readonly seen: number;
	/** When a rule's failure was last sent on any channel, by rule; epoch milliseconds. */
	readonly told: Readonly<Record<string, number>>;
	readonly incidents: readonly Incident[];
};

/** The state of sources that no alert was ever sent for. */
export const emptyScope: Scope = {seen: 0, told: {}, incidents: []};

/** What keeps a figure that hovers about its limit from sending an alert at every check. */
export type Damping = {
	/** Milliseconds between two failures of one rule that are sent. */
	readonly cooldown: number;
	/** How far on the good side of its limit a figure has recovered, in percent of the limit. */
	readonly hysteresis: number;
};

/** Six hours between failures, and a recovery from 2 % on the good side of the limit. */
export const defaultDamping: Damping = {cooldown: 6 * 3_600_000, hysteresis: 2};

/** Good verdicts in a row after which a figure has recovered however near to its limit it stays. */
const steadyVerdicts = 3;

/** Milliseconds after which an incident or a rule that nobody judges any more is forgotten. */
const forgetAfter = 90 * 24 * 3_600_000;

/** Milliseconds: `pauseAfter` never puts a try off for longer. */
const longestPause = 3_600_000;

const map = <Value, Result>(
	record: Readonly<Record<string, Value>>,
	change: (value: Value) => Result,
): Readonly<Record<string, Result>> =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** A scope without times after `now`: where the clock was put back, they would delay messages for as long. */
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
			// The rest of a cooldown stays as long as it was.
			due: incident.due - Math.max(0, incident.since - now),
			seen: past(incident.seen),
			recovered: incident.recovered === undefined ? undefined : past(incident.recovered),
			failure: attempts(incident.failure),
			recovery: attempts(incident.recovery),
		})),
	};
};

/** The scope after new verdicts: incidents begin, continue and end. `now` is in epoch milliseconds. */
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

/** Whether a figure is better than its limit by the margin. A limit of 0 has no margin in percent. */
const isWellBeyond = ({value, limit}: Verdict, {hysteresis}: Damping): boolean =>
	value !== undefined &&
	(limit !== 0 || hysteresis === 0) &&
	Math.abs(value - limit) >= (Math.abs(limit) * hysteresis) / 100;

/** New incidents. Those that may be told at once share a message; those within a cooldown have one each, later. */
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

/** Whether a channel has heard of a failure, or may have: only then is its end news. */
export const hasHeard = (attempt: Attempt | undefined): boolean =>
	attempt?.state === 'sent' || attempt?.state === 'sending';

const isOver = (incident: Incident, now: number): boolean =>
	now - incident.seen > forgetAfter ||
	(incident.recovered !== undefined &&
		Object.entries(incident.failure).every(([channel, failure]) => {
			const state = incident.recovery[channel]?.state;
			return !hasHeard(failure) || state === 'sent' || state === 'given-up';
		}));

/** Leaves out what is of no use any more: incidents that everybody knows to be over, rules that nobody judges. */
export const forget = (scope: Scope, now: number): Scope => ({
	...scope,
	told: Object.fromEntries(Object.entries(scope.told).filter(([, time]) => now - time <= forgetAfter)),
	incidents: scope.incidents.filter(incident => !isOver(incident, now)),
});

/** Whether nobody has judged a set of sources for so long that all of it may go. */
export const isForgotten = ({seen}: Scope, now: number): boolean => now - seen > forgetAfter;
