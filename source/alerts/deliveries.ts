import {type Attempt, hasHeard, type Incident, type Scope} from './incidents.js';
import {pauseAfter} from './retry.js';
import type {Verdict} from './rule.js';

/** Milliseconds after which a process that claimed a message is considered dead. */
const lease = 5 * 60_000;

/** Milliseconds after its first attempt after which a failing message is given up. */
const giveUpAfter = 24 * 3_600_000;

/** A message to be sent now. */
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

const plannedKind = (incident: Incident, channel: string, now: number): Planned['kind'] | undefined => {
	const {[channel]: failure} = incident.failure;
	if (incident.recovered === undefined) {
		// After a cooldown, a failure is sent only if it still lasts.
		const isSo = failure !== undefined || (incident.seen === now && incident.good === 0);
		return isSo && incident.due <= now && isOpen(failure, now) ? 'failed' : undefined;
	}
	const {[channel]: recovery} = incident.recovery;
	return hasHeard(failure) && !isClaimed(failure, now) && isOpen(recovery, now) ? 'recovered' : undefined;
};

/** The messages to be sent now on these channels, in the order of their events. */
export const plan = ({incidents}: Scope, channels: readonly string[], now: number): readonly Planned[] =>
	channels.flatMap(channel => {
		const groups = new Map<string, Planned>();
		for (const incident of incidents) {
			const kind = plannedKind(incident, channel, now);
			if (kind) {
				// Rules that recovered at different times have separate messages.
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

/** Claims a message, so that no other process sends it. */
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
		isGivenUp || now - attempt.first >= giveUpAfter
			? {...attempt, state: 'given-up', at: now}
			: {...attempt, state: 'waiting', at: now + pauseAfter(attempt.tries, retryAfter)},
	);

/** When a message is tried next, epoch milliseconds; undefined if it was given up. */
export const nextTry = ({incidents}: Scope, {channel, kind, incident: id, verdicts}: Planned): number | undefined => {
	const found = incidents.find(incident => incident.id === id && incident.rule === verdicts[0]?.rule);
	const attempt = found?.[kind === 'failed' ? 'failure' : 'recovery'][channel];
	return attempt?.state === 'waiting' ? attempt.at : undefined;
};
