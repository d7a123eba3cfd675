import type {Report} from '../../metrics/report.js';
import {factGrid, factsAcross} from '../presentation/facts.js';
import {costPartRows, savingsFacts} from '../presentation/savings-facts.js';
import type {Room} from './layout.js';
import {nothing, type Pane} from './pane.js';

const factRows = (report: Report, room: Room): number => Math.ceil(savingsFacts(report).length / factsAcross(room));

export const savings: Pane = {
	title: () => ({title: 'Savings'}),
	need: ({report}, room) =>
		report.summary.basis === undefined
			? nothing
			: {
					least: factsAcross(room) === 2 ? 2 : 3,
					most: factRows(report, room) + costPartRows(report, room.columns).length,
				},
	draw: ({report}, drawing) => {
		const {columns, rows} = drawing;
		const parts = costPartRows(report, columns);
		const facts = factGrid(savingsFacts(report), columns, rows, factsAcross(drawing));
		return facts.length + parts.length <= rows ? [...facts, ...parts] : facts;
	},
};
