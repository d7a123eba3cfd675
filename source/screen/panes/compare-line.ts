import type {Prompt} from '../state/prompt.js';
import {joined, type Line, muted, styledAs} from '../text/line.js';
import {promptKeys, promptLine} from './prompt-line.js';

const keys = promptKeys('compare', 'cancel');
const examples = [
	'previous  ·  7d  ·  2026-11-20..2026-11-21  ·  mark=1.4  ·  model=opus',
	'previous  ·  7d  ·  mark=1.4  ·  model=opus',
	'previous  ·  7d',
];

/** One row of exactly `columns`: the input line of a comparison, with the reason if the text was rejected. */
export const compareLine = ({text, error}: Extract<Prompt, {kind: 'compare'}>, columns: number): Line => {
	const hints = examples.map(example => muted(example));
	const told = error === undefined ? [] : styledAs('status.poor', `! ${error}`);
	return promptLine(
		'compare with ',
		text,
		error === undefined
			? [...hints.map(hint => joined([hint, keys], 2)), keys]
			: [...hints.map(hint => joined([told, hint], 2)), told],
		columns,
	);
};
