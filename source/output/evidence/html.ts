import type {Evidence} from '../../metrics/breaks/suspects/evidence.js';
import {html, type Markup} from '../html/markup.js';
import {table} from '../html/table.js';
import {formatCount, moneyColumn} from '../numbers.js';
import {clusterText, evidenceNote, liftText, survivedText, suspectName} from './phrases.js';

/** Suspects and survivors as part of a page; nothing if there are none. */
export const evidenceMarkup = (evidence: Evidence): readonly Markup[] => {
	const costs = moneyColumn(evidence.suspects.map(({lostCost}) => lostCost));
	return [
		...(evidence.suspects.length === 0
			? []
			: [
					table(
						['Before breaks', 'Breaks', 'Requests', 'Lift', 'Lost'],
						evidence.suspects.map((suspect, index) => [
							suspectName(suspect),
							formatCount(suspect.breaks),
							formatCount(suspect.requests),
							liftText(suspect),
							costs[index] ?? '',
						]),
						column => column > 0,
					),
					html`<p class="quiet">${evidenceNote(evidence)}</p>`,
				]),
		...evidence.survived.map(found => html`<p>${survivedText(found)} ${clusterText(found)}.</p>`),
	];
};
