import type {Evidence} from '../../metrics/breaks/suspects/evidence.js';
import {toAscii} from '../../text/sanitize.js';
import {formatMoney} from '../numbers.js';
import {type Drawing, paragraph} from '../text/drawing.js';
import {clusterText, evidenceNote, liftText, survivedText, suspectCounts, suspectName} from './phrases.js';

const indent = '  ';

/** Suspects, highest lift first, and an explanation of the lift; nothing if there are none. */
export const suspectLines = (evidence: Evidence, drawing: Drawing): readonly string[] => {
	const lifts = evidence.suspects.map(suspect => plain(liftText(suspect), drawing));
	const widest = Math.max(0, ...lifts.map(lift => lift.length));
	return evidence.suspects.length === 0
		? []
		: [
				...evidence.suspects.flatMap((suspect, index) => {
					const cost = suspect.lostCost === undefined ? '' : `, which cost ${formatMoney(suspect.lostCost)}`;
					const [first = '', ...more] = paragraph(
						`${suspectName(suspect)}: ${suspectCounts(suspect)}${cost}`,
						drawing,
						indent.length + widest + 2,
					);
					return [`${indent}${(lifts[index] ?? '').padStart(widest)}  ${first.trimStart()}`, ...more];
				}),
				...paragraph(evidenceNote(evidence), drawing),
			];
};

/** Where breaks stopped reading, most breaks first. */
export const survivedLines = ({survived}: Evidence, drawing: Drawing): readonly string[] =>
	survived.flatMap(found => paragraph(`${survivedText(found)} ${clusterText(found)}.`, drawing));

const plain = (text: string, {ascii}: Drawing): string => (ascii ? toAscii(text) : text);
