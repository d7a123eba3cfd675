import {formatTime} from '../../output/numbers.js';

const day = 24 * 3_600_000;

/** The time in a row of a list: the time of day if all rows are of one day, else with the date. */
export const rowTime = (time: number, span: {readonly from: number; readonly to: number}, timeZone: string): string =>
	formatTime(time, timeZone, span.to - span.from <= day ? 'clock' : 'short');

/** `12 s`, `11 m`, `2 h`, `3 d`: at most four columns, to fit below a bar. */
export const shortGap = (milliseconds: number): string => {
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const minutes = Math.round(milliseconds / 60_000);
	if (minutes < 60) {
		return `${minutes} m`;
	}
	const hours = Math.round(milliseconds / 3_600_000);
	if (hours < 48) {
		return `${hours} h`;
	}
	const days = Math.round(milliseconds / day);
	return days < 100 ? `${days} d` : `${Math.min(999, days)}d`;
};
