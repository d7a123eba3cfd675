import {UsageError} from '../../errors.js';
import {parseWindow, type WindowChoice} from '../../metrics/windows/window.js';
import {sanitize} from '../../text/sanitize.js';
import {parseWhen} from '../../time/when.js';

/** A length back from now, or from an instant or the first request to an instant or the present. */
export type Range = WindowChoice;

type RangeOptions = {
	/** Epoch milliseconds. */
	readonly now: number;
	/** IANA name: whose days and clocks are meant. */
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
 * A range as a person types it: a window's name, such as `90m` or `all`; one time is its beginning, two with `..` between them are its ends, and either may be
 * left out. Times are what `--since` and `--until` take.
 * @throws UsageError in as few words as a line of the screen has room for
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
	// The present goes on; an end that is fixed at it would not.
	const to = until === '' || /^now$/i.test(until) ? undefined : instant(until, options);
	if (from !== undefined && from >= (to ?? options.now)) {
		throw new UsageError(to === undefined ? 'begins in the future' : 'begins after its end');
	}
	return {kind: 'between', from, to};
};
