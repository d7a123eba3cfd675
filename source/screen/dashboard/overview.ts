import type {Report} from '../../metrics/report.js';
import {bar} from '../../output/bars.js';
import {factColumns, factGrid, factLine, factsAcross} from '../presentation/facts.js';
import {hitRateFact, overviewFacts, plannedMeans} from '../presentation/overview-facts.js';
import {statusToken} from '../presentation/status-token.js';
import {type Line, muted, styledAs} from '../text/line.js';
import type {Room} from './layout.js';
import {type Drawing, nothing, type Pane} from './pane.js';

/** The bar on its track, so that the full length is seen as well. */
const barOf = ({summary}: Report, columns: number, unicode: boolean): Line => {
	const filled = bar(summary.hitRate, columns, {unicode});
	return [
		...styledAs(statusToken(summary.status), filled),
		...styledAs('frame', (unicode ? '░' : '.').repeat(columns - filled.length)),
	];
};

const explanation = ({summary}: Report, columns: number): readonly string[] =>
	summary.basis === 'planned' && plannedMeans.length <= columns ? [plannedMeans] : [];

/** Beside each other where the pane has the page to itself, below each other elsewhere. */
const factRows = (report: Report, room: Room): number => Math.ceil(overviewFacts(report).length / factsAcross(room));

export const overview: Pane = {
	title: () => ({title: 'Overview'}),
	need: ({report}, room) =>
		report.summary.basis === undefined
			? nothing
			: {
					least: Math.min(factsAcross(room) === 2 ? 2 : 3, 1 + factRows(report, room)),
					most: (room.dense ? 1 : 2) + factRows(report, room) + explanation(report, room.columns).length,
				},
	draw: ({report}, drawing: Drawing) => {
		const {columns, rows, unicode} = drawing;
		const facts = overviewFacts(report);
		const explained = rows >= 2 + explanation(report, columns).length ? explanation(report, columns) : [];
		const ownBar = rows > 1 + explained.length + factRows(report, drawing);
		const hitRate = hitRateFact(report);
		const widths = factColumns([hitRate, ...facts]);
		const first = factLine(
			ownBar ? hitRate : {...hitRate, fill: width => barOf(report, width, unicode)},
			columns,
			widths,
		);
		return [
			first,
			...(ownBar ? [barOf(report, columns, unicode)] : []),
			...explained.map(muted),
			...factGrid(facts, columns, rows - 1 - explained.length - (ownBar ? 1 : 0), factsAcross(drawing), widths),
		];
	},
};
