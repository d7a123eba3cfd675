import type {ComparedRow, Comparison} from '../comparison/comparison.js';
import type {Pair} from '../comparison/pairs.js';
import {formatChange} from '../numbers.js';
import {html, type Markup} from './markup.js';
import {table} from './table.js';

/** `▲ 2.1 points`, in the colour of what it means; undefined where nothing changed, or nothing is known. */
export const changeOf = ({now, before, format, size = format, better}: Pair): Markup | undefined => {
	const text = formatChange(now, before, size);
	if (text === '') {
		return undefined;
	}
	const rose = (now ?? 0) > (before ?? 0);
	const kind = better === undefined ? 'quiet' : rose === (better === 'more') ? 'good' : 'bad';
	return html`<span class="${kind}">${text}</span>`;
};

/** What changed against the window before. */
export const changeTable = (pairs: readonly Pair[]): Markup =>
	table(
		['Figure', 'Before', 'Now', 'Change'],
		pairs.map(pair => [pair.label, pair.format(pair.before), pair.format(pair.now), changeOf(pair) ?? 'none']),
		column => column > 0,
	);

const comparedTable = (first: string, [before, now]: Comparison['names'], rows: readonly ComparedRow[]): Markup =>
	table(
		[first, before, now, 'Change'],
		rows.map(({label, change, isBetter, ...sides}) => [
			label,
			sides.before,
			sides.now,
			change === ''
				? 'none'
				: html`<span class="${isBetter === undefined ? 'quiet' : isBetter ? 'good' : 'bad'}">${change}</span>`,
		]),
		column => column > 0,
	);

/** Two windows or groups side by side: every figure, then the causes of breaks. */
export const comparedTables = ({against, note, names, figures, causes}: Comparison): Markup =>
	html`<p class="quiet">With ${against}.${note && ` ${note}`}</p>
${comparedTable('Figure', names, figures)}
${causes.length > 0 ? comparedTable('Cause', names, causes) : undefined}`;
