import {leastColumns, leastRows} from '../dashboard/layout.js';
import {cut} from '../text/cut.js';
import {type Line, muted, primary} from '../text/line.js';

/** Shown if the terminal is smaller than the minimum: the size that is needed. */
export const tooSmall = (columns: number, rows: number): readonly Line[] =>
	[primary(`hitrate needs ${leastColumns}x${leastRows};`), primary(`this is ${columns}x${rows}.`), muted('q quit')]
		.slice(0, Math.max(0, rows))
		.map(line => cut(line, columns));
