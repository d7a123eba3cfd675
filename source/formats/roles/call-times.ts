import type {LocalTime} from '../../time/stamp.js';
import {numberOf} from '../json/json-values.js';
import type {View} from '../json/view.js';
import {firstTime} from '../times/log-time.js';
import {likelyTime, otherTime} from './role-names.js';
import {valuesOf} from './roles.js';

/** When a call ended, the text of that time, and when it started; epoch milliseconds. */
type CallTimes = {
	readonly time: number | undefined;
	/** The empty text if there is no time. */
	readonly stamp: string;
	readonly start: number | undefined;
};

type StampedTime = {readonly time: number | undefined; readonly stamp: string};

/** Values of members whose application-specific names look like that of a time. */
const likelyTimesIn = (views: readonly View[]): readonly unknown[] =>
	views.flatMap(({object}) =>
		Object.entries(object)
			.filter(([name]) => isLikelyTime(name))
			.map(([, value]) => value),
	);

/** True if an application-specific name is likely that of a line's time. */
export const isLikelyTime = (name: string): boolean => likelyTime.test(name) && !otherTime.test(name);

/** When a call ended and started, from the objects around its usage; the line's own time first. */
export const timesOf = (views: readonly View[], localTime: LocalTime): CallTimes => {
	const began = firstTime(valuesOf(views, 'start'), localTime);
	const named = firstTime(valuesOf(views, 'time'), localTime);
	const told = named.time === undefined ? firstTime(likelyTimesIn(views), localTime) : named;
	const duration =
		began.time === undefined
			? valuesOf(views, 'milliseconds')
					.map(numberOf)
					.find(number => number !== undefined)
			: undefined;
	return callTimes(began, told, duration);
};

/**
 * @param told the source of the end; without it, the start counts as the end
 * @param duration in milliseconds, if the start is unknown
 */
export const callTimes = (began: StampedTime, told: StampedTime, duration: number | undefined): CallTimes => {
	const {time, stamp} = told.time === undefined ? began : told;
	const start = began.time ?? (time !== undefined && duration !== undefined ? time - duration : undefined);
	return {time, stamp, start: isBefore(start, time) ? start : undefined};
};

/** Milliseconds; longer durations are not those of a call. */
const longestCall = 86_400_000;
const isBefore = (start: number | undefined, end: number | undefined): boolean =>
	start !== undefined && end !== undefined && start <= end && end - start < longestCall && Number.isSafeInteger(start);
