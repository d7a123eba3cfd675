import type {LogRecord} from '../../source/demo/writing/log-record.js';
import {type Rendering, type RenderOptions, renderRecords} from './render.js';
import type {TimedLine} from './wrap.js';

/** Records as the single lines another writer would receive: continuation lines apart, with their event's time. */
export function* timedLines(
	records: Iterable<LogRecord>,
	rendering: Rendering,
	options: RenderOptions = {},
): Generator<TimedLine> {
	for (const record of records) {
		const lines = renderRecords([record], rendering, options).split('\n');
		// The part behind the final line break.
		lines.pop();
		for (const line of lines) {
			yield {time: record.time, microseconds: record.microseconds, line};
		}
	}
}
