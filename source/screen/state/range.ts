import {UsageError} from '../../errors.js';
import {parseWindow, type WindowChoice} from '../../metrics/windows/window.js';
import {sanitize} from '../../text/sanitize.js';
import {parseWhen} from '../../time/when.js';

/**
 * A window that the user typed: a length up to now, or a start (an instant or the first request) and an end (an instant
 * or now).
 */
export type Range = WindowChoice;

type RangeOptions = {
	/** Epoch milliseconds. */
	readonly now: number;
	/** IANA name of the time zone in which days and times of day are meant. */
	readonly zone: string;
};

const between = /\s*(?:\.{2,}|…|→|\s(?:to|until)\s)\s*/i;

/** @throws UsageError */
const instant = (text: string, {now, zone}: RangeOptions): number => {
	try {
		return parseWhen(text, 'w', now, zone);
	} catch (error) {
		throw error instanceof UsageError ? new UsageError(`"${sanitize(text)}" is not a valid time`) : error;
	}
};

/**
 * Parses a range: a window's name, such as `90m` or `all`, or one time as its start, or two times separated by `..`,
 * either of which may be left out. Times are written as for `--since` and `--until`.
 * @throws UsageError with a message short enough for one line of the screen
 */
export const parseRange = (text: string, options: RangeOptions): Range => {
	const window = parseWindow(text);
	if (window) {
		return window;
	}
	const [since = '', until = '', ...more] = text.trim().split(between);
	if (more.length > 0) {
		throw new UsageError('more than two times');
	}
	if (since === '' && until === '') {
		throw new UsageError('no time');
	}
	const from = since === '' ? undefined : instant(since, options);
	// "now" keeps moving; an instant would fix the end of the window.
	const to = until === '' || /^now$/i.test(until) ? undefined : instant(until, options);
	if (from !== undefined && from >= (to ?? options.now)) {
		throw new UsageError(to === undefined ? 'begins in the future' : 'begins after its end');
	}
	return {kind: 'between', from, to};
};
