import {factGrid, factsAcross} from '../presentation/facts.js';
import {savingsFacts} from '../presentation/savings-facts.js';
import {nothing, type Pane} from './pane.js';

export const savings: Pane = {
	title: () => ({title: 'Savings'}),
	need: ({report}, room) =>
		report.summary.basis === undefined
			? nothing
			: {least: factsAcross(room) === 2 ? 2 : 3, most: Math.ceil(savingsFacts(report).length / factsAcross(room))},
	draw: ({report}, drawing) => factGrid(savingsFacts(report), drawing.columns, drawing.rows, factsAcross(drawing)),
};
