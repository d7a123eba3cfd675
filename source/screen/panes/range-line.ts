import {formatTime} from '../../output/numbers.js';
import type {Prompt} from '../state/prompt.js';
import type {Range} from '../state/range.js';
import {joined, type Line, muted, primary, styledAs} from '../text/line.js';
import {promptKeys, promptLine} from './prompt-line.js';

type RangeLineOptions = {
	readonly columns: number;
	/** IANA name of the time zone. */
	readonly timeZone: string;
	/** Epoch milliseconds. */
	readonly now: number;
};

const day = 24 * 3_600_000;

const keys = promptKeys('apply', 'cancel');
const examples = ['90m  ·  2026-11-22  ·  yesterday 14:00 .. now', '90m · yesterday 14:00 .. now', '90m'];

/** `22 Nov 12:00 → now`. */
const meaning = (range: Range, {timeZone, now}: RangeLineOptions): string => {
	const from = range.kind === 'last' ? now - range.length : range.kind === 'between' ? range.from : undefined;
	const to = range.kind === 'between' ? range.to : undefined;
	const style = now - (from ?? to ?? now) > 300 * day ? 'date' : 'short';
	const begin = from === undefined ? 'the first request' : formatTime(from, timeZone, style);
	return `${begin} → ${to === undefined ? 'now' : formatTime(to, timeZone, style)}`;
};

/** One row of exactly `columns`: the input line of a range, with what it means or why it is not valid. */
export const rangeLine = ({text, range, error}: Extract<Prompt, {kind: 'range'}>, options: RangeLineOptions): Line => {
	const found = range && meaning(range, options);
	if (found !== undefined) {
		return promptLine('window ', text, [joined([primary(found), keys], 2), primary(found)], options.columns);
	}
	if (error !== undefined) {
		const told = styledAs('status.poor', `! ${error}`);
		const besides = examples.map(example => joined([told, muted(`try ${example}`)], 2));
		return promptLine('window ', text, [...besides, told, styledAs('status.poor', '! no time')], options.columns);
	}
	const hints = examples.map(example => muted(example));
	return promptLine(
		'window ',
		text,
		text === '' ? [...hints.map(hint => joined([hint, keys], 2)), ...hints] : [keys],
		options.columns,
	);
};
