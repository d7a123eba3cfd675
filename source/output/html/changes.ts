import {type ComparedRow, type Comparison, comparedRow} from '../comparison/comparison.js';
import type {Pair} from '../comparison/pairs.js';
import {html, type Markup} from './markup.js';
import {table} from './table.js';

const changeMarkup = ({change, isBetter}: ComparedRow): Markup | undefined =>
	change === ''
		? undefined
		: html`<span class="${isBetter === undefined ? 'quiet' : isBetter ? 'good' : 'bad'}">${change}</span>`;

/** `▲ 2.1 points`, coloured as better or worse; undefined if nothing changed or nothing is known. */
export const changeOf = (pair: Pair): Markup | undefined => changeMarkup(comparedRow(pair));

const comparedTable = (first: string, [before, now]: Comparison['names'], rows: readonly ComparedRow[]): Markup =>
	table(
		[first, before, now, 'Change'],
		rows.map(row => [row.label, row.before, row.now, changeMarkup(row) ?? 'none']),
		column => column > 0,
	);

/** Changes since the window before. */
export const changeTable = (pairs: readonly Pair[]): Markup =>
	comparedTable(
		'Figure',
		['Before', 'Now'],
		pairs.map(pair => comparedRow(pair)),
	);

/** Two windows or groups compared: all figures, then the causes of breaks. */
export const comparedTables = ({against, note, names, head, causes, more}: Comparison): Markup =>
	html`<p class="quiet">With ${against}.${note && ` ${note}`}</p>
${comparedTable('Figure', names, [...head, ...more])}
${causes.length > 0 ? comparedTable('Cause', names, causes) : undefined}`;
