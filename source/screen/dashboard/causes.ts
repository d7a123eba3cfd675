import type {Report} from '../../metrics/report.js';
import type {Snapshot} from '../../monitor/monitor.js';
import {bar} from '../../output/bars.js';
import {formatCount, formatMoney, formatTokens} from '../../output/numbers.js';
import {smallPhrase} from '../../output/phrases.js';
import {causeName, certainty} from '../presentation/cause-words.js';
import {threadName} from '../presentation/thread-names.js';
import {worstThread} from '../report/report-index.js';
import {atEdges, lineOf} from '../text/arrange.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {table} from '../text/table.js';
import {type Drawing, nothing, type Pane} from './pane.js';

const gap = 2;
const leastBar = 4;
const leastForUnit = 60;
/** What is concluded is never shown without saying so: a name gives way first. */
const numbersColumns = 28;
const leastName = 10;

/** Why there are no causes to show. */
const withoutBreaks = ({report, isCounting}: Snapshot): Line => {
	if (isCounting) {
		return muted('Counting…');
	}
	const small = smallPhrase(report);
	if (small !== undefined) {
		return [...styledAs('status.good', 'No breaks.'), ...muted(` ${small}.`)];
	}
	return report.threads.some(({name}) => name !== undefined)
		? [...styledAs('status.good', 'Nothing lost.'), ...muted(' Every thread found its cache again.')]
		: muted('Not known: the log does not name threads.');
};

/** As many causes as a single row holds. */
const inOneRow = (report: Report, columns: number): Line =>
	lineOf(
		report.breaks.byCause.map((cause, index) => ({
			line: [
				...primary(`${causeName(cause.cause, report.breaks)} ${formatCount(cause.breaks)} `),
				...muted(`${certainty(cause)} `),
				...strong(formatMoney(cause.lostCost)),
			],
			keep: index === 0 ? Number.POSITIVE_INFINITY : -index,
		})),
		columns,
		3,
	);

const inRows = (report: Report, {columns, rows, unicode}: Drawing): readonly Line[] => {
	const shown = report.breaks.byCause.slice(0, rows);
	const priced = shown.some(({lostCost}) => lostCost !== undefined);
	const weights = shown.map(({lostCost, lostTokens}) => (priced ? (lostCost ?? 0) : lostTokens));
	const heaviest = Math.max(...weights);
	const unit = columns >= leastForUnit ? ' tokens' : '';
	const {rows: lines, left} = table(
		[
			{
				cells: shown.map(({cause}) =>
					primary(cutText(causeName(cause, report.breaks), Math.max(leastName, columns - numbersColumns))),
				),
			},
			{cells: shown.map(({breaks}) => primary(formatCount(breaks))), align: 'right'},
			{cells: shown.map(cause => muted(certainty(cause)))},
			{cells: shown.map(({lostTokens}) => muted(`${formatTokens(lostTokens)}${unit}`)), align: 'right', keep: 1},
			{cells: shown.map(({lostCost}) => strong(formatMoney(lostCost))), align: 'right'},
		],
		columns,
	);
	const room = left - gap;
	return lines.map((line, index) =>
		room < leastBar
			? line
			: [...line, ...space(gap), ...styledAs('status.poor', bar((weights[index] ?? 0) / heaviest, room, {unicode}))],
	);
};

/** The thread that lost the most, which Enter opens. */
const worst = (report: Report, {columns, unicode}: Drawing): readonly Line[] => {
	const group = worstThread(report);
	return group
		? [
				atEdges(
					[
						...muted('worst thread  '),
						...strong(threadName(report, group.name)),
						...space(gap),
						...strong(formatMoney(group.lostCost)),
					],
					[...styledAs('key', unicode ? '⏎' : 'Enter'), ...muted(' open')],
					columns,
				),
			]
		: [];
};

/** What was lost besides breaks. */
const besides = (report: Report): readonly Line[] => {
	const small = smallPhrase(report);
	return small === undefined ? [] : [muted(`besides: ${small}`)];
};

/** The causes of lost tokens, the most expensive first. */
export const causes: Pane = {
	title: () => ({title: 'Why cache was lost'}),
	need: ({report}, {dense}) =>
		report.summary.basis === 'measured'
			? {
					least: 1,
					most: Math.max(
						1,
						report.breaks.byCause.length + besides(report).length + (!dense && worstThread(report) ? 1 : 0),
					),
				}
			: nothing,
	draw: (snapshot, drawing) => {
		const {report} = snapshot;
		const causes = report.breaks.byCause.length;
		if (causes === 0) {
			return [withoutBreaks(snapshot)];
		}
		if (drawing.rows === 1 && causes > 1) {
			return [inOneRow(report, drawing.columns)];
		}
		const below = [...besides(report), ...worst(report, drawing)];
		return [...inRows(report, drawing), ...below.slice(0, Math.max(0, drawing.rows - causes))];
	},
};
