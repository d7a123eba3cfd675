import {type Line, muted} from '../text/line.js';
import {promptKeys, promptLine} from './prompt-line.js';

const keys = promptKeys('mark', 'cancel');

/** One row of exactly `columns`: the input line for the name of a mark. */
export const markLine = (text: string, columns: number): Line =>
	promptLine('mark ', text, [[...muted(text === '' ? 'deploy 1.4  ·  new prompt  ' : ''), ...keys], keys], columns);
