import {utc} from '../../../time/stamp.js';
import type {LogRecord} from '../../wrappers/log-record.js';
import {parseJsonRecord} from '../../wrappers/log-record.js';
import {Unwrapper} from '../../wrappers/unwrap.js';

/** What determines the time of a line. */
export type Stamped = Pick<LogRecord, 'stamp' | 'time'>;

/** Maximum number of lines between a line without a time and the one whose time it gets. */
const linesBack = 200;

/** The time of the nearest earlier line with one. */
export const stampBefore = (bytes: Buffer, start: number): Stamped | undefined => {
	let end = start - 1;
	for (let back = 0; back < linesBack && end > 0; back++) {
		const from = bytes.lastIndexOf(0x0a, end - 1) + 1;
		const stamped = end - from < 10_000 ? stampOf(bytes.toString('utf8', from, end)) : undefined;
		if (stamped) {
			return stamped;
		}
		end = from - 1;
	}
	return undefined;
};

const stampOf = (line: string): Stamped | undefined => {
	let stamped: Stamped | undefined;
	new Unwrapper(utc).unwrap(line, (content, around) => {
		const record =
			content.kind === 'record'
				? content.record
				: content.kind === 'object'
					? parseJsonRecord(content.value)
					: undefined;
		stamped = record && (record.stamp !== '' ? record : around);
		return record !== undefined;
	});
	return stamped?.stamp ? stamped : undefined;
};
