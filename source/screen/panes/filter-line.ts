import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {joined, type Line, muted} from '../text/line.js';
import {promptKeys, promptLine} from './prompt-line.js';

const keys = promptKeys('apply', 'clear');

/** One row of exactly `columns`: the input line of the filter, with the number of matches. */
export const filterLine = (typed: string, {count, threadCount}: Report, columns: number): Line => {
	const found = muted(
		count > 0
			? `${plural(count, 'request')}${threadCount > 0 ? ` in ${plural(threadCount, 'thread')}` : ''}`
			: 'no match',
	);
	return promptLine('/', typed, [joined([found, keys], 2), keys], columns);
};
