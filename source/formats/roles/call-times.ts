import type {LocalTime} from '../../time/stamp.js';
import {numberOf} from '../json/json-values.js';
import type {View} from '../json/view.js';
import {firstTime} from '../times/log-time.js';
import {likelyTime, otherTime} from './role-names.js';
import {valuesOf} from './roles.js';

/** When a call ended, how that was written, and when it began; epoch milliseconds. */
type CallTimes = {
	readonly time: number | undefined;
	/** The empty text where no time is told. */
	readonly stamp: string;
	readonly start: number | undefined;
};

type Told = {readonly time: number | undefined; readonly stamp: string};

/** Members that are called like a time in words of the application's own. */
const likelyTimesIn = (views: readonly View[]): readonly unknown[] =>
	views.flatMap(({object}) =>
		Object.entries(object)
			.filter(([name]) => isLikelyTime(name))
			.map(([, value]) => value),
	);

/** Whether a name of the application's own is that of a line's time. */
export const isLikelyTime = (name: string): boolean => likelyTime.test(name) && !otherTime.test(name);

/** When the call ended and when it began, as the objects around its usage tell, the line's own first. */
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
 * @param told what tells when it ended; without it the beginning stands for the end
 * @param duration in milliseconds, where the beginning is not told
 */
export const callTimes = (began: Told, told: Told, duration: number | undefined): CallTimes => {
	const {time, stamp} = told.time === undefined ? began : told;
	const start = began.time ?? (time !== undefined && duration !== undefined ? time - duration : undefined);
	return {time, stamp, start: isBefore(start, time) ? start : undefined};
};

/** A longer duration, in milliseconds, is not that of a call. */
const longestCall = 86_400_000;
const isBefore = (start: number | undefined, end: number | undefined): boolean =>
	start !== undefined && end !== undefined && start <= end && end - start < longestCall && Number.isSafeInteger(start);
