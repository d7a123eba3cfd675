import type {Report} from '../../metrics/report.js';
import {plural} from '../../metrics/words.js';
import {sanitize} from '../../output/sanitize.js';
import {atEdges} from '../text/arrange.js';
import {cutStart, fitted} from '../text/cut.js';
import {joined, type Line, muted, primary, space, styledAs, widthOf} from '../text/line.js';

const gap = 2;
const leastText = 12;

/** One row of exactly `columns` in the place of the footer: what is typed, and what it finds. */
export const filterLine = (typed: string, {requests, threads}: Report, columns: number): Line => {
	const keys: Line = [...styledAs('key', 'Enter'), ...muted(' keep  '), ...styledAs('key', 'Esc'), ...muted(' clear')];
	const found = muted(
		threads.length > 0 ? `${plural(requests.length, 'request')} in ${plural(threads.length, 'thread')}` : 'no match',
	);
	const candidates = [joined([found, keys], gap), keys, []];
	const right = candidates.find(line => columns - 4 - gap - widthOf(line) >= leastText) ?? [];
	const room = columns - 4 - gap - widthOf(right);
	const left: Line = [
		...styledAs('key', '/'),
		...primary(cutStart(sanitize(typed), room)),
		// The terminal's own cursor is hidden.
		...styledAs('notice', ' '),
	];
	return fitted([...space(1), ...atEdges(left, right, columns - 2)], columns);
};
