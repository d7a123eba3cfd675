import type {Snapshot} from '../../monitor/monitor.js';
import {type ComparedRow, comparisonOf} from '../../output/comparison/comparison.js';
import {sanitize} from '../../text/sanitize.js';
import type {PageOptions} from '../page.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';
import {table} from '../text/table.js';
import type {CoverText} from '../view/cover.js';

const tokens = {better: 'status.good', worse: 'status.poor', neither: 'text.muted'} as const;

const changeOf = ({change, isBetter}: ComparedRow): Line =>
	styledAs(tokens[isBetter === undefined ? 'neither' : isBetter ? 'better' : 'worse'], change);

/** The window that is shown beside another one or another group: every figure, then the causes of breaks. */
export const comparisonLines = (
	{against, report}: Pick<Snapshot, 'against' | 'report'>,
	{timeZone}: Pick<PageOptions, 'timeZone'>,
	columns: number,
): CoverText => {
	const title = 'Comparison';
	if (against === undefined || 'message' in against) {
		const text = against === undefined ? 'Counting …' : `Nothing to compare with: ${sanitize(against.message)}.`;
		return {title, lines: flow(muted(text), columns), sections: []};
	}
	const {against: what, note, names, figures, causes} = comparisonOf(report, against.report, timeZone);
	const all = [...figures, ...causes];
	const {heading, rows} = table(
		[
			{cells: all.map(({label}) => primary(label)), heading: muted('Figure')},
			{cells: all.map(({before}) => primary(before)), heading: muted(names[0]), align: 'right'},
			{cells: all.map(({now}) => primary(now)), heading: muted(names[1]), align: 'right'},
			{cells: all.map(changeOf), heading: muted('Change')},
		],
		columns,
	);
	const about = flow(muted(`With ${what}.${note === undefined ? '' : ` ${note}`}`), columns);
	const first = about.length + 1;
	const parts =
		causes.length === 0 ? [] : [[], styledAs('text.title', 'Why cache was lost'), ...rows.slice(figures.length)];
	return {
		title,
		lines: [...about, heading, ...rows.slice(0, figures.length), ...parts],
		sections: causes.length === 0 ? [0] : [0, first + figures.length],
	};
};
