import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, formatMoney, formatPercent, formatPoints, formatTokens} from '../../output/numbers.js';
import {bar} from '../../text/bar.js';
import {statusToken} from '../presentation/status-token.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';
import {partRows} from '../text/part-rows.js';
import {headLines} from './answer-head.js';
import {caveats} from './caveats.js';
import {nothing, type Pane} from './pane.js';

/** The planned rate is highlighted if it exceeds the measured one by at least this much (0–1). */
const remarkable = 0.05;

const plannedPart = ({summary}: Report): Line => {
	const {hitRate: rate} = summary.planned;
	if (summary.basis !== 'measured' || rate === undefined) {
		return [];
	}
	const unread = rate - (summary.hitRate ?? rate);
	return [
		...muted('planned '),
		...primary(formatPercent(rate)),
		...(unread >= remarkable
			? styledAs('status.fair', ` ⚑ ${formatPoints(unread)} points never read`)
			: muted(' marked for caching')),
	];
};

/** The details behind the three main numbers. */
const details = (report: Report): readonly Line[] => {
	const {summary} = report;
	const {withoutCache, writePremium} = summary.money;
	return [
		[
			...primary(formatCount(summary.requests)),
			...muted(summary.requests === 1 ? ' request: ' : ' requests: '),
			...primary(`${plural(summary.hits, 'hit')}, ${plural(summary.misses, 'miss', 'misses')}`),
		],
		plannedPart(report),
		withoutCache === undefined ? [] : [...primary(formatMoney(withoutCache)), ...muted(' without a cache')],
		writePremium ? [...muted('write premium '), ...primary(formatMoney(writePremium))] : [],
		summary.tokensSaved === undefined
			? []
			: [
					...primary(formatTokens(summary.tokensSaved)),
					...muted(summary.basis === 'planned' ? ' tokens saved' : ' tokens read'),
					...(summary.tokensPerHit === undefined ? [] : muted(`, ${formatTokens(summary.tokensPerHit)} per hit`)),
				],
	];
};

/** The bar of the hit rate, drawn on a track that shows the full length. */
const barOf = ({summary}: Report, columns: number, unicode: boolean): Line => {
	const filled = bar(summary.hitRate, columns, {unicode});
	return [
		...styledAs(statusToken(summary.status), filled),
		...styledAs('frame', (unicode ? '░' : '.').repeat(columns - filled.length)),
	];
};

/** The caveats; in short wordings if the long ones take more than one row. */
const caveatParts = (snapshot: Snapshot, columns: number): readonly Line[] => {
	const parts = (isBrief: boolean) => caveats(snapshot, isBrief).map(text => styledAs('status.fair', text));
	const whole = parts(false);
	return partRows(whole, columns).length > 1 ? parts(true) : whole;
};

const detailParts = (report: Report, columns: number): readonly Line[] => {
	const rate: Line = [...primary(formatPercent(report.summary.tokenHitRate)), ...muted(' token hit rate')];
	return [...(headLines(report, columns).hasTokenRate ? [] : [rate]), ...details(report)];
};

const linesOf = (snapshot: Snapshot, columns: number): readonly Line[] => {
	const {report} = snapshot;
	const parts = [...caveatParts(snapshot, columns), ...detailParts(report, columns)];
	return [...headLines(report, columns).lines, ...partRows(parts, columns)];
};

/** Rows for the main numbers, the caveats and the first row of details. */
const mostRows = (snapshot: Snapshot, columns: number): number => {
	const certain = headLines(snapshot.report, columns).lines.length;
	const limits = partRows(caveatParts(snapshot, columns), columns).length;
	return Math.min(linesOf(snapshot, columns).length, certain + limits + 1);
};

/** The pane at the top: hit rate, savings and losses, then where the money went. */
export const answer: Pane = {
	title: () => ({title: ''}),
	need: (snapshot, {columns}) =>
		snapshot.report.summary.basis === undefined
			? nothing
			: {
					least: headLines(snapshot.report, columns).lines.length + (caveats(snapshot).length > 0 ? 1 : 0),
					most: mostRows(snapshot, columns),
					// The remaining details, and the bar.
					extra: linesOf(snapshot, columns).length + 1 - mostRows(snapshot, columns),
				},
	draw: (snapshot, {columns, rows, unicode}) => {
		const lines = linesOf(snapshot, columns);
		return rows > lines.length ? [...lines, barOf(snapshot.report, columns, unicode)] : lines.slice(0, rows);
	},
};
