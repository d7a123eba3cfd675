import type {LogReading} from '../../ingest/log-reading.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatTime} from '../../output/numbers.js';
import {age} from './age.js';

/** The state of the logs: being written, missing, quiet for a while, or ended long ago. */
type Activity =
	| {readonly kind: 'live'}
	/** None of the logs that the user named exists, or none exists any more. */
	| {readonly kind: 'missing'}
	/** There is no log yet; hitrate reads it as soon as it appears. */
	| {readonly kind: 'waiting'}
	/** @property since time of the last request, else when a log was last written, in epoch milliseconds */
	| {readonly kind: 'quiet'; readonly since: number; readonly what: 'request' | 'log'}
	/** @property since time of the last request, in epoch milliseconds */
	| {readonly kind: 'ended'; readonly since: number};

const minute = 60_000;
const day = 24 * 60 * minute;
/** Milliseconds without a line after which a log counts as quiet. */
const quietAfter = 5 * minute;

/**
 * When a log was last modified, in epoch milliseconds; for a stream, when it last delivered data. Undefined if unknown.
 */
export const writtenAt = ({facts, lastRead}: LogReading): number | undefined => facts.modified ?? lastRead;

/**
 * Whether the logs are being written, judged by the files' modification times and by the times of the requests. A
 * copied or touched log is a recently modified file of old lines, so the time of the last request decides.
 */
export const activityOf = ({readings, problems, report, requestRate, now}: Snapshot): Activity => {
	const missing = new Set(problems.flatMap(({kind, name}) => (kind === 'missing' ? name : [])));
	if (readings.length === 0 && report.total === 0) {
		return {kind: missing.size > 0 ? 'missing' : 'waiting'};
	}
	if (readings.length > 0 && missing.size > 0 && readings.every(({facts}) => missing.has(facts.log.name))) {
		return {kind: 'missing'};
	}
	const times = readings.flatMap(reading => writtenAt(reading) ?? []);
	const request = report.span && Math.min(report.span.last, now);
	const last = times.reduce<number | undefined>((latest, time) => Math.max(latest ?? time, time), request);
	if (requestRate > 0 || last === undefined) {
		return {kind: 'live'};
	}
	if (request !== undefined && now - request > day) {
		return {kind: 'ended', since: request};
	}
	if (now - last < quietAfter) {
		return {kind: 'live'};
	}
	return request === undefined
		? {kind: 'quiet', since: last, what: 'log'}
		: {kind: 'quiet', since: request, what: 'request'};
};

/** The same as `age`, but `just now` within a minute. */
export const ago = (time: number, now: number): string => age(time, now).replace(/^now$/, 'just now');

/** Wordings of the state, longest first; `live` has only one. */
export const activityWords = (activity: Activity, now: number, timeZone: string): readonly string[] => {
	switch (activity.kind) {
		case 'live':
			return ['live'];
		case 'missing':
			return ['missing'];
		case 'waiting':
			return ['waiting'];
		case 'quiet':
			// A log without a request may be without a line: what is known is when it was written.
			return [
				`${activity.what === 'log' ? 'written' : 'last request'} ${ago(activity.since, now)}`,
				ago(activity.since, now),
			];
		case 'ended':
			return [
				`last request ${formatTime(activity.since, timeZone, 'date')}`,
				`last request ${ago(activity.since, now)}`,
				ago(activity.since, now),
			];
	}
};
