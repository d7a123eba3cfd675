import {nothingBefore} from '../../metrics/compare.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {type ComparedRow, comparisonOf} from '../../output/comparison/comparison.js';
import {columnsOf} from '../../text/columns-of.js';
import {sanitize} from '../../text/sanitize.js';
import type {PageOptions} from '../page-options.js';
import type {CoverText} from '../page-parts.js';
import {cutText} from '../text/cut.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';
import {table} from '../text/table.js';

const gap = 2;
const leastLabel = 12;

const tokens = {better: 'status.good', worse: 'status.poor', neither: 'text.muted'} as const;

const changeOf = ({change, isBetter}: ComparedRow): Line =>
	styledAs(tokens[isBetter === undefined ? 'neither' : isBetter ? 'better' : 'worse'], change);

/**
 * The comparison of the window with another window or group: the most telling figures, then the causes of breaks, then
 * all other figures.
 */
export const comparisonLines = (
	{against, report}: Pick<Snapshot, 'against' | 'report'>,
	{timeZone}: Pick<PageOptions, 'timeZone'>,
	columns: number,
): CoverText => {
	const title = 'Comparison';
	if (against === undefined || 'message' in against) {
		const text =
			against === undefined
				? 'Counting…'
				: `Nothing to compare with: ${sanitize(against.message)}.${against.message === nothingBefore ? ' 1-6 choose a window that has something before it.' : ''}`;
		return {title, lines: flow(muted(text), columns), sections: []};
	}
	const {against: what, note, names, head, causes, more} = comparisonOf(report, against.report, timeZone);
	const all = [...head, ...causes, ...more];
	const widest = (column: 'before' | 'now' | 'change') => Math.max(...all.map(row => columnsOf(row[column])));
	// Next to this side's figures there is one more column if the labels can give way to it.
	const alone = columns - widest('now') - gap;
	const beside = alone - Math.min(widest('before'), widest('change')) - gap;
	const labelColumns = beside >= leastLabel ? beside : alone;
	const {heading, rows} = table(
		[
			{cells: all.map(({label}) => primary(cutText(label, labelColumns))), heading: muted('Figure')},
			{cells: all.map(({before}) => primary(before)), heading: muted(names[0]), align: 'right', keep: 1},
			{cells: all.map(({now}) => primary(now)), heading: muted(names[1]), align: 'right'},
			{cells: all.map(changeOf), heading: muted('Change'), keep: 2},
		],
		columns,
	);
	const about = flow(muted(`Compared with ${what}.${note === undefined ? '' : ` ${note}`}`), columns);
	const parts = [
		{name: undefined, lines: rows.slice(0, head.length)},
		{name: 'Why cache was lost', lines: rows.slice(head.length, head.length + causes.length)},
		{name: 'All other figures', lines: rows.slice(head.length + causes.length)},
	].filter(({lines: {length}}) => length > 0);
	const lines: Line[] = [...about, heading];
	const sections: number[] = [];
	for (const part of parts) {
		sections.push(part.name === undefined ? 0 : lines.length);
		lines.push(...(part.name === undefined ? [] : [[], styledAs('text.title', part.name)]), ...part.lines);
	}
	return {title, lines, sections};
};
