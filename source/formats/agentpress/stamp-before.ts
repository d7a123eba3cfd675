import type {LogRecord} from '../log-record.js';
import {Unwrapper} from '../wrappers/unwrap.js';

/** What tells when a line was written. */
export type Stamped = Pick<LogRecord, 'stamp' | 'time'>;

/** So many lines may stand between a line without a time and the one whose time it gets. */
const linesBack = 200;

/** The time of the nearest line before one that has none of its own. */
export const stampBefore = (bytes: Buffer, start: number): Stamped | undefined => {
	let end = start - 1;
	for (let back = 0; back < linesBack && end > 0; back++) {
		const from = bytes.lastIndexOf(0x0a, end - 1) + 1;
		const unwrapped = end - from < 10_000 ? new Unwrapper().unwrap(bytes.toString('utf8', from, end)) : undefined;
		if (unwrapped?.kind === 'record' && unwrapped.record.stamp !== '') {
			return unwrapped.record;
		}
		end = from - 1;
	}
	return undefined;
};
