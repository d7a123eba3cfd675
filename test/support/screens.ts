import stringWidth from 'string-width';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import {pageOf} from '../../source/screen/page.js';
import type {PageOptions} from '../../source/screen/page-options.js';
import type {Page} from '../../source/screen/page-parts.js';
import {startLocation} from '../../source/screen/state/location.js';
import {textOf} from '../../source/screen/text/line.js';

export const defaultOptions: PageOptions = {
	columns: 120,
	rows: 40,
	unicode: true,
	timeZone: 'UTC',
	title: 'worker.log',
	lookedAt: [],
	waiting: undefined,
	location: startLocation,
	wanted: undefined,
	prompt: undefined,
	prices: priceList(),
	cover: undefined,
	scrolled: 0,
	rateLine: true,
	hasKeys: true,
	hasDemo: false,
	inDemo: false,
	message: undefined,
};

/** The text of a page, row by row, and the widest column that anything reaches. */
export const drawn = (
	snapshot: Snapshot,
	options: Partial<PageOptions> = {},
): {readonly page: Page; readonly rows: readonly string[]; readonly text: string; readonly columns: number} => {
	const all = {...defaultOptions, ...options};
	const page = pageOf(snapshot, all);
	const rows: string[] = [];
	let columns = 0;
	for (const part of page.parts) {
		for (const [index, line] of part.lines.entries()) {
			const text = textOf(line);
			const row = rows[part.row + index] ?? '';
			rows[part.row + index] = row + ' '.repeat(Math.max(0, part.column - stringWidth(row))) + text;
			columns = Math.max(columns, part.column + stringWidth(text));
		}
	}
	return {page, rows, text: rows.join('\n'), columns};
};
