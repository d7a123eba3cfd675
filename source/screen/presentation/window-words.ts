import type {View, Window} from '../../metrics/windows/window.js';
import {formatGap, formatTime} from '../../output/numbers.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** True if the window ends at a fixed time in the past. */
export const isPast = ({choice, end}: View): boolean =>
	end !== undefined || (choice.kind === 'between' && choice.to !== undefined);

const units: Readonly<Record<string, string>> = {m: 'min', h: 'h', d: 'd', w: 'w'};

/** `2 h`, `2 h 5 min`: a length without the smaller units that are 0. */
export const roundLength = (milliseconds: number): string =>
	formatGap(milliseconds).replace(/(?<=\d (?:h|d)) 0 (?:min|h)$/, '');

/** `15 min`, `24 h`, `all`; the length if the window has no name. */
export const windowName = ({name, from, to}: Window): string => {
	const [, count, unit] = /^([\d.]+)([mhdw])$/.exec(name) ?? [];
	if (count !== undefined && unit !== undefined) {
		return `${count} ${units[unit]}`;
	}
	return name === 'all' ? 'all' : roundLength(to - from);
};

/** `last 24 h`, `24 h`, `all time`: worded to follow a comma in a title. */
export const windowPhrase = (view: View, window: Window): string => {
	if (window.name === 'all') {
		return 'all time';
	}
	return isPast(view) ? windowName(window) : `last ${windowName(window)}`;
};

/** True if the window reaches the present. The window `all` of a log that is no longer written does not. */
export const endsNow = (view: View, window: Window, now: number): boolean => !isPast(view) && window.to > now - minute;

/** `22 Nov 09:12 → now`; with the year if it is not the current one. */
export const windowSpan = (window: Window, timeZone: string, now: number, toNow: boolean): string => {
	const style = now - window.from > 300 * day ? 'date' : 'short';
	return `${formatTime(window.from, timeZone, style)} → ${toNow ? 'now' : formatTime(window.to, timeZone, style)}`;
};

/** A shorter span: `22 Nov 09:12 → 12:12` within a day, else without times of day. */
export const briefSpan = (window: Window, timeZone: string, now: number): string => {
	const style = now - window.from > 300 * day ? 'date' : 'short';
	const [from, to] = [window.from, window.to].map(time => formatTime(time, timeZone, style));
	const split = (text = ''): readonly string[] => [text.replace(/ \S+$/, ''), text.replace(/^.* /, '')];
	const [[fromDate, fromClock], [toDate, toClock]] = [split(from), split(to)];
	return fromDate === toDate ? `${fromDate} ${fromClock} → ${toClock}` : `${fromDate} → ${toDate}`;
};

/** The label of a time axis, as precise as the window's length requires: `09:12`, `22 Nov 09:12`, `22 Nov`. */
export const axisTime = (time: number, length: number, timeZone: string): string => {
	const [date = '', month = '', clock = ''] = formatTime(time, timeZone).split(' ');
	if (length <= 2 * day) {
		return clock;
	}
	return length <= 4 * day ? `${date} ${month} ${clock}` : `${date} ${month}`;
};
