import {columnsOf} from '../../text/columns-of.js';
import {toAscii} from '../../text/sanitize.js';
import type {ComparedRow, Comparison} from '../comparison/comparison.js';
import {type Drawing, paragraph} from './drawing.js';

/** Two windows or groups compared: all figures, then the causes of breaks. */
export const comparedLines = (comparison: Comparison, drawing: Drawing): readonly string[] => {
	const {against, note, names, head: first, causes, more} = comparison;
	const [before, now] = drawing.ascii ? names.map(toAscii) : names;
	const head = (label: string): ComparedRow => ({
		label,
		before: before ?? '',
		now: now ?? '',
		change: 'Change',
		isBetter: undefined,
	});
	const rows = [head('Figure'), ...first, ...more, ...(causes.length === 0 ? [] : [head('Cause'), ...causes])];
	const widest = (column: 'label' | 'before' | 'now') => Math.max(...rows.map(row => columnsOf(row[column])));
	const widths = {label: widest('label'), before: widest('before'), now: widest('now')};
	const padded = (text: string, width: number) => `${' '.repeat(Math.max(0, width - columnsOf(text)))}${text}`;
	return [
		...paragraph(`Compared with ${against}.${note === undefined ? '' : ` ${note}`}`, drawing),
		...rows.map(row => {
			const cells = `${row.label.padEnd(widths.label)}  ${padded(row.before, widths.before)}  ${padded(row.now, widths.now)}`;
			const change = row.isBetter === undefined ? row.change : drawing.paint(row.change, row.isBetter ? 'good' : 'bad');
			return `  ${cells}  ${change}`.trimEnd();
		}),
	];
};
