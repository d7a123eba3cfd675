import type {Evidence} from '../../metrics/breaks/suspects/evidence.js';
import {code, escapeMarkdown, table} from '../markdown/escape.js';
import {formatCount, moneyColumn} from '../numbers.js';
import {evidenceNote, liftText, survivedText, suspectName} from './phrases.js';

/** Suspects and survivors as the parts of a Markdown document; nothing if there are none. */
export const evidenceParts = (evidence: Evidence): readonly string[] => {
	const costs = moneyColumn(evidence.suspects.map(({lostCost}) => lostCost));
	return [
		...(evidence.suspects.length === 0
			? []
			: [
					'### What happened before breaks',
					table(
						['Before it', 'Breaks', 'Requests', 'Lift', 'Lost'],
						evidence.suspects.map((suspect, index) => [
							escapeMarkdown(suspectName(suspect)),
							formatCount(suspect.breaks),
							formatCount(suspect.requests),
							liftText(suspect),
							costs[index] ?? '',
						]),
						column => column > 0,
					),
					evidenceNote(evidence),
				]),
		...(evidence.survived.length === 0
			? []
			: [
					'### What survived',
					evidence.survived.map(found => `- ${survivedText(found)} of ${found.cluster} ${code(found.name)}`).join('\n'),
				]),
	];
};
