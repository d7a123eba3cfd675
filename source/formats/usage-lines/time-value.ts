import type {LocalTime} from '../../time/stamp.js';
import {parseStamp} from '../../time/stamp.js';
import {numberOf} from '../json/json-values.js';

/** From 2001 on, seconds have ten digits and more. */
const smallest = 1e9;

/** Epoch milliseconds of a count of seconds, milliseconds, microseconds or nanoseconds: its size tells which. */
const byMagnitude = (count: number): number | undefined => {
	if (!(count >= smallest) || count >= smallest * 1e11) {
		return undefined;
	}
	const perMillisecond = count < 1e11 ? 1e-3 : count < 1e14 ? 1 : count < 1e17 ? 1e3 : 1e6;
	return Math.floor(Math.round((count / perMillisecond) * 1e3) / 1e3);
};

/** Epoch milliseconds of a time as a number or in ISO 8601; undefined where the value is no time. */
export const parseTime = (value: unknown, localTime: LocalTime): number | undefined => {
	const number = numberOf(value);
	if (number !== undefined) {
		return byMagnitude(number);
	}
	return typeof value === 'string' ? parseStamp(value.trim(), localTime) : undefined;
};
