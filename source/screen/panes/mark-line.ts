import {type Line, muted, styledAs} from '../text/line.js';
import {promptLine} from './prompt-line.js';

const keys: Line = [...styledAs('key', 'Enter'), ...muted(' mark  '), ...styledAs('key', 'Esc'), ...muted(' leave')];

/** One row of exactly `columns`: the name of a mark as it is typed. */
export const markLine = (text: string, columns: number): Line =>
	promptLine('mark ', text, [[...muted(text === '' ? 'deploy 1.4  ·  new prompt  ' : ''), ...keys], keys], columns);
