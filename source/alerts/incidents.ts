import {randomBytes} from 'node:crypto';
import {pauseAfter} from './retry.js';
import type {Verdict} from './rule.js';

/** What became of one message on one channel. */
type Attempt = {
	/** `sending`: somebody has taken it on, and may have died over it. */
	readonly state: 'sending' | 'waiting' | 'sent' | 'given-up';
	readonly tries: number;
	/** When it was first tried, epoch milliseconds. */
	readonly first: number;
	/** `sending`: since when; `waiting`: until when; otherwise when that was settled. Epoch milliseconds. */
	readonly at: number;
};

type Attempts = Readonly<Record<string, Attempt>>;

/** One rule's failure, from its first failed verdict until everybody knows that it is over. */
type Incident = {
	/** Rules that began to fail in one evaluation share it. */
	readonly id: string;
	readonly rule: string;
	readonly since: number;
	/** Not told before: a rule that has told of a failure a short while ago is quiet. */
	readonly due: number;
	/** When it was last judged. */
	readonly seen: number;
	/** Good verdicts in a row. */
	readonly good: number;
	/** The latest failed one; after the recovery that which showed it. */
	readonly verdict: Verdict;
	readonly recovered: number | undefined;
	/** Of the failure, by channel. */
	readonly failure: Attempts;
	/** Of the recovery, by channel. */
	readonly recovery: Attempts;
};

/** Everything that is known of one set of sources. */
export type Scope = {
	readonly seen: number;
	/** When a rule's failure was last told anywhere, by rule. */
	readonly told: Readonly<Record<string, number>>;
	readonly incidents: readonly Incident[];
};

/** The state of sources that no alert was ever sent for. */
export const emptyScope: Scope = {seen: 0, told: {}, incidents: []};

/** What keeps a figure that hovers about its limit from sending an alert at every check. */
export type Calm = {
	/** Between the failures of one rule that are told, milliseconds. */
	readonly cooldown: number;
	/** Percent of the limit that a figure has to be beyond it before it has recovered. */
	readonly hysteresis: number;
};

/** Six hours between failures, and a recovery only 2 % beyond the limit. */
export const usualCalm: Calm = {cooldown: 6 * 3_600_000, hysteresis: 2};

/** A figure that stays on the good side has recovered as well, however near to its limit, after so many verdicts. */
const steady = 3;

/** Whoever takes a message on is done or dead after so long, milliseconds. */
const lease = 5 * 60_000;

/** A message that no try has brought through in so long is given up at the next that fails. */
const patience = 24 * 3_600_000;

/** What nobody judges any more is forgotten after so long. */
const memory = 90 * 24 * 3_600_000;

/** A try is never further away than this; see `pauseAfter`. */
const furthest = 3_600_000;

const map = <Value, Result>(
	record: Readonly<Record<string, Value>>,
	change: (value: Value) => Result,
): Readonly<Record<string, Result>> =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** Where the clock was put back, times would lie ahead, and hold messages back for as long as it was wrong. */
export const asOf = (scope: Scope, now: number): Scope => {
	const past = (time: number) => Math.min(time, now);
	const attempts = (all: Attempts): Attempts =>
		map(all, attempt => ({
			...attempt,
			first: past(attempt.first),
			at: attempt.state === 'waiting' ? Math.min(attempt.at, now + furthest) : past(attempt.at),
		}));
	return {
		seen: past(scope.seen),
		told: map(scope.told, past),
		incidents: scope.incidents.map(incident => ({
			...incident,
			since: past(incident.since),
			// What lay between the two is the rest of a cooldown.
			due: incident.due - Math.max(0, incident.since - now),
			seen: past(incident.seen),
			recovered: incident.recovered === undefined ? undefined : past(incident.recovered),
			failure: attempts(incident.failure),
			recovery: attempts(incident.recovery),
		})),
	};
};

/** Takes new verdicts in: failures begin, go on and end. */
export const evaluate = (scope: Scope, verdicts: readonly Verdict[], now: number, calm: Calm): Scope => {
	const byRule = new Map(verdicts.map(verdict => [verdict.rule, verdict]));
	const incidents = scope.incidents.map(incident => {
		const verdict = byRule.get(incident.rule);
		return verdict && incident.recovered === undefined ? goneOn(incident, verdict, now, calm) : incident;
	});
	const failing = new Set(incidents.filter(({recovered}) => recovered === undefined).map(({rule}) => rule));
	const begun = [...byRule.values()].filter(({rule, state}) => state === 'failed' && !failing.has(rule));
	return {...scope, seen: now, incidents: [...incidents, ...begin(begun, scope.told, now, calm)]};
};

const goneOn = (incident: Incident, verdict: Verdict, now: number, calm: Calm): Incident => {
	switch (verdict.state) {
		case 'failed':
			return {...incident, seen: now, good: 0, verdict};
		case 'unknown':
			return {...incident, seen: now};
		case 'ok': {
			const good = incident.good + 1;
			return isWellBeyond(verdict, calm) || good >= steady
				? {...incident, seen: now, good, verdict, recovered: now}
				: {...incident, seen: now, good};
		}
	}
};

/** Of a limit of 0 no percentage is a margin: there the figure has to stay good. */
const isWellBeyond = ({value, limit}: Verdict, {hysteresis}: Calm): boolean =>
	value !== undefined &&
	(limit !== 0 || hysteresis === 0) &&
	Math.abs(value - limit) >= (Math.abs(limit) * hysteresis) / 100;

/** Those that may be told at once share a message; those that are to be quiet for a while have one each. */
const begin = (
	verdicts: readonly Verdict[],
	told: Scope['told'],
	now: number,
	{cooldown}: Calm,
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

/** A message that is to be sent now. */
export type Planned = {
	readonly channel: string;
	readonly kind: 'failed' | 'recovered';
	readonly incident: string;
	readonly verdicts: readonly Verdict[];
};

const isOpen = (attempt: Attempt | undefined, now: number): boolean =>
	attempt === undefined ||
	(attempt.state === 'waiting' && attempt.at <= now) ||
	(attempt.state === 'sending' && attempt.at + lease <= now);

const isClaimed = (attempt: Attempt | undefined, now: number): boolean =>
	attempt?.state === 'sending' && attempt.at + lease > now;

/** Whether a channel has heard of a failure, or may have: only then is its end news. */
const hasHeard = (attempt: Attempt | undefined): boolean => attempt?.state === 'sent' || attempt?.state === 'sending';

const plannedKind = (incident: Incident, channel: string, now: number): Planned['kind'] | undefined => {
	const {[channel]: failure} = incident.failure;
	if (incident.recovered === undefined) {
		// What waited for its time is told only as long as it is so.
		const isSo = failure !== undefined || (incident.seen === now && incident.good === 0);
		return isSo && incident.due <= now && isOpen(failure, now) ? 'failed' : undefined;
	}
	const {[channel]: recovery} = incident.recovery;
	return hasHeard(failure) && !isClaimed(failure, now) && isOpen(recovery, now) ? 'recovered' : undefined;
};

/** What is to be sent now on these channels, in the order in which it came about. */
export const plan = ({incidents}: Scope, channels: readonly string[], now: number): readonly Planned[] =>
	channels.flatMap(channel => {
		const groups = new Map<string, Planned>();
		for (const incident of incidents) {
			const kind = plannedKind(incident, channel, now);
			if (kind) {
				// Rules that recovered at different times had, or have, a message each.
				const key = `${incident.id} ${incident.recovered}`;
				const before = groups.get(key)?.verdicts ?? [];
				groups.set(key, {channel, kind, incident: incident.id, verdicts: [...before, incident.verdict]});
			}
		}
		return [...groups.values()];
	});

const changed = (
	scope: Scope,
	{channel, kind, incident: id, verdicts}: Planned,
	change: (attempt: Attempt | undefined) => Attempt,
): Scope => {
	const rules = new Set(verdicts.map(({rule}) => rule));
	const part = kind === 'failed' ? 'failure' : 'recovery';
	return {
		...scope,
		incidents: scope.incidents.map(incident =>
			incident.id === id && rules.has(incident.rule)
				? {...incident, [part]: {...incident[part], [channel]: change(incident[part][channel])}}
				: incident,
		),
	};
};

/** Takes a message on, so that nobody else does. */
export const claim = (scope: Scope, planned: Planned, now: number): Scope =>
	changed(scope, planned, attempt => ({
		state: 'sending',
		tries: (attempt?.tries ?? 0) + 1,
		first: attempt?.first ?? now,
		at: now,
	}));

/** Notes that a message has arrived. */
export const settleSent = (scope: Scope, planned: Planned, now: number): Scope => {
	const told = planned.kind === 'failed' ? Object.fromEntries(planned.verdicts.map(({rule}) => [rule, now])) : {};
	return {
		...changed(scope, planned, attempt => ({...(attempt ?? {tries: 1, first: now}), state: 'sent', at: now})),
		told: {...scope.told, ...told},
	};
};

/** Notes that a message has not arrived: it waits for its next try, or is given up. */
export const settleFailed = (
	scope: Scope,
	planned: Planned,
	now: number,
	{retryAfter, isGivenUp = false}: {readonly retryAfter?: number | undefined; readonly isGivenUp?: boolean} = {},
): Scope =>
	changed(scope, planned, (attempt = {state: 'sending', tries: 1, first: now, at: now}) =>
		isGivenUp || now - attempt.first >= patience
			? {...attempt, state: 'given-up', at: now}
			: {...attempt, state: 'waiting', at: now + pauseAfter(attempt.tries, retryAfter)},
	);

/** When a message is tried next, epoch milliseconds; undefined where it was given up. */
export const nextTry = ({incidents}: Scope, {channel, kind, incident: id, verdicts}: Planned): number | undefined => {
	const found = incidents.find(incident => incident.id === id && incident.rule === verdicts[0]?.rule);
	const attempt = found?.[kind === 'failed' ? 'failure' : 'recovery'][channel];
	return attempt?.state === 'waiting' ? attempt.at : undefined;
};

const isOver = (incident: Incident, now: number): boolean =>
	now - incident.seen > memory ||
	(incident.recovered !== undefined &&
		Object.entries(incident.failure).every(([channel, failure]) => {
			const state = incident.recovery[channel]?.state;
			return !hasHeard(failure) || state === 'sent' || state === 'given-up';
		}));

/** Leaves out what is of no use any more: incidents that everybody knows to be over, rules that nobody judges. */
export const forget = (scope: Scope, now: number): Scope => ({
	...scope,
	told: Object.fromEntries(Object.entries(scope.told).filter(([, time]) => now - time <= memory)),
	incidents: scope.incidents.filter(incident => !isOver(incident, now)),
});

/** Whether nobody has judged a set of sources for so long that all of it may go. */
export const isForgotten = ({seen}: Scope, now: number): boolean => now - seen > memory;
