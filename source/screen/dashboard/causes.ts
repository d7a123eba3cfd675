import type {BreakCause} from '../../metrics/breaks/breaks.js';
import type {Report} from '../../metrics/report/report.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, formatMoney, formatTokens, moneyColumn} from '../../output/numbers.js';
import {knowsBreaks, smallPhrase} from '../../output/phrases.js';
import {bar} from '../../text/bar.js';
import {causeName, certainty} from '../presentation/cause-words.js';
import {projectName} from '../presentation/project-names.js';
import {threadName} from '../presentation/thread-names.js';
import {perReport} from '../report/per-report.js';
import {worstThread} from '../report/report-index.js';
import {lineOf} from '../text/arrange.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {table} from '../text/table.js';
import {type Drawing, nothing, type Pane} from './pane.js';

const gap = 2;
const leastBar = 4;
const leastForUnit = 76;
/** Columns kept for the numbers. "inferred" is never dropped: the cause's name is cut first. */
const numbersColumns = 28;
const leastName = 10;
const widestProject = 20;

/** Explains why no causes are shown. */
const withoutBreaks = ({report, isCounting}: Snapshot): Line => {
	if (isCounting) {
		return muted('Counting…');
	}
	const small = smallPhrase(report);
	if (small !== undefined) {
		return [...styledAs('status.good', 'No breaks.'), ...muted(` ${small}.`)];
	}
	return knowsBreaks(report)
		? [...styledAs('status.good', 'Nothing lost.'), ...muted(' Every thread found its cache again.')]
		: muted('Not known: the log does not name threads.');
};

/** The thread in which a cause cost the most, and the number of other threads in which it occurred. */
type Place = {readonly thread: string | undefined; readonly project: string | undefined; readonly others: number};

/** What a thread lost to one cause: dollars, as far as prices are known, and tokens. */
type Loss = {readonly cost: number; readonly tokens: number};

const placesByCause = perReport(({breaks: {all}}): ReadonlyMap<BreakCause, Place> => {
	const found = new Map<
		BreakCause,
		{losses: Map<string | undefined, Loss>; project: Map<string | undefined, string | undefined>}
	>();
	for (const {cause, request, lostCost, lostTokens} of all) {
		const {losses, project} = found.get(cause) ?? {losses: new Map<string | undefined, Loss>(), project: new Map()};
		const {cost, tokens} = losses.get(request.thread) ?? {cost: 0, tokens: 0};
		losses.set(request.thread, {cost: cost + (lostCost ?? 0), tokens: tokens + lostTokens});
		project.set(request.thread, request.project);
		found.set(cause, {losses, project});
	}
	return new Map(
		[...found].map(([cause, {losses, project}]) => {
			// Where nothing has a price, the tokens decide.
			const [[thread] = [undefined]] = [...losses].sort(
				([, one], [, other]) => other.cost - one.cost || other.tokens - one.tokens,
			);
			return [cause, {thread, project: project.get(thread), others: losses.size - 1}];
		}),
	);
});

/** As many causes as fit one row. */
const inOneRow = (report: Report, columns: number): Line =>
	lineOf(
		report.breaks.byCause.map((cause, index) => ({
			line: [
				...strong(formatMoney(cause.lostCost)),
				...primary(` ${causeName(cause.cause, report.breaks)} ${formatCount(cause.breaks)} `),
				...muted(certainty(cause)),
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
	const costs = moneyColumn(shown.map(({lostCost}) => lostCost));
	const places = shown.map(({cause}) => placesByCause(report).get(cause));
	const {rows: lines, left} = table(
		[
			{cells: costs.map(strong), align: 'right'},
			{
				cells: shown.map(({cause}) =>
					primary(cutText(causeName(cause, report.breaks), Math.max(leastName, columns - numbersColumns))),
				),
			},
			{cells: shown.map(({breaks}) => primary(formatCount(breaks))), align: 'right'},
			{cells: shown.map(cause => muted(certainty(cause)))},
			{cells: shown.map(({lostTokens}) => muted(`${formatTokens(lostTokens)}${unit}`)), align: 'right', keep: 2},
			{
				keep: 1,
				cells: places.map(place =>
					place?.project === undefined ? [] : muted(cutText(projectName(report, place.project), widestProject)),
				),
			},
			{
				keep: 4,
				cells: places.map(place => (place === undefined ? [] : primary(threadName(report, place.thread)))),
			},
			{
				keep: 3,
				cells: places.map(place =>
					muted(place !== undefined && place.others > 0 ? `+${formatCount(place.others)}` : ''),
				),
			},
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

/** Losses other than breaks. */
const besides = (report: Report): readonly Line[] => {
	const small = smallPhrase(report);
	return small === undefined ? [] : [muted(`besides: ${small}`)];
};

/** The causes of lost tokens, most expensive first, each with the thread in which it cost the most. */
export const causes: Pane = {
	title: ({report}, {selected, keys}) => ({
		title: 'Why cache was lost',
		aside:
			keys && selected === 0 && worstThread(report) !== undefined
				? [...styledAs('key', 'Enter'), ...muted(': the worst thread')]
				: undefined,
	}),
	need: ({report}) =>
		report.summary.basis === 'measured'
			? {least: 1, most: Math.max(1, report.breaks.byCause.length + besides(report).length)}
			: nothing,
	draw: (snapshot, drawing) => {
		const {report} = snapshot;
		const count = report.breaks.byCause.length;
		if (count === 0) {
			return [withoutBreaks(snapshot)];
		}
		if (drawing.rows === 1 && count > 1) {
			return [inOneRow(report, drawing.columns)];
		}
		return [...inRows(report, drawing), ...besides(report).slice(0, Math.max(0, drawing.rows - count))];
	},
};
