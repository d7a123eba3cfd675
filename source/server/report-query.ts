import {UsageError} from '../errors.js';
import {type Filter, filterNames} from '../metrics/filter.js';
import {presetChoice, type WindowChoice} from '../metrics/windows/window.js';
import type {Flags} from '../session/defaults.js';
import {parseOptions} from '../session/options.js';

/** What the query string of a report asks for. */
type ReportQuery = {
	readonly window: WindowChoice;
	readonly filter: Filter;
	/** True if single requests are listed as well. */
	readonly events: boolean;
};

const names = ['window', 'days', 'since', 'until', ...filterNames, 'events'] as const;
const switches: Readonly<Record<string, boolean>> = {'1': true, true: true, '0': false, false: false};

/**
 * Parses a query string. Its parameters mean what the flags of the same names do; the default window is 24 hours.
 * @param now epoch milliseconds
 * @param zone IANA name of the zone for times without one
 * @throws UsageError with one line that says what is wrong and what is allowed
 */
export const parseReportQuery = (query: URLSearchParams, now: number, zone: string): ReportQuery => {
	const unknown = [...query.keys()].find(key => !names.some(name => name === key));
	if (unknown !== undefined) {
		throw new UsageError(`unknown parameter "${unknown}". Choose from ${names.join(', ')}.`);
	}
	const twice = names.find(name => query.getAll(name).length > 1);
	if (twice !== undefined) {
		throw new UsageError(`${twice} is given more than once.`);
	}
	const {events = '0', ...flags} = Object.fromEntries(query);
	if (!Object.hasOwn(switches, events)) {
		throw new UsageError('events: say 1 to list single requests, or 0.');
	}
	const {window = presetChoice('24h'), filter} = parse({...flags, tz: zone}, now);
	return {window, filter, events: switches[events] ?? false};
};

/** Error messages speak of parameters instead of flags. */
const parse = (flags: Flags, now: number) => {
	try {
		return parseOptions([], flags, now);
	} catch (error) {
		throw error instanceof UsageError ? new UsageError(error.message.replaceAll(/--(?=[a-z])/g, '')) : error;
	}
};
