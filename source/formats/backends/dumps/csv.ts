import {cellsOf, delimiters} from './csv-cells.js';
import {callOfRow, tellCalls} from './csv-columns.js';
import {dumpFormat} from './dump.js';

type State = {
	/** The first line; empty before it. */
	header: string;
	/** A row whose last cell is not yet whole. */
	open: string;
};

/** Characters of a row: what is longer holds a whole conversation. */
const longestRow = 64 * 1024;

/** The columns that a header names, and what separates them; undefined for a line that is none. */
const columnsOf = (header: string): {readonly columns: readonly string[]; readonly delimiter: string} | undefined => {
	for (const delimiter of delimiters) {
		const columns = header.includes(delimiter) ? cellsOf(header, delimiter) : undefined;
		if (columns && tellCalls(columns)) {
			return {columns, delimiter};
		}
	}
	return undefined;
};

const firstLine = (text: string): string => text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';

/** Tables of calls or of sums, with a header: exports of consoles, gateways and databases. */
export const csv = dumpFormat<State>({
	name: 'csv',
	title: 'table of calls (CSV)',
	recognise: head => columnsOf(firstLine(head.toString('utf8'))) !== undefined,
	beginning: () => ({header: '', open: ''}),
	line: (line, state) => {
		if (state.header === '') {
			state.header = line.slice(0, longestRow);
			return [];
		}
		const table = columnsOf(state.header);
		const row = state.open + line;
		if (!table || row.trim() === '') {
			return [];
		}
		const cells = cellsOf(row, table.delimiter);
		state.open = cells || row.length > longestRow ? '' : `${row}\n`;
		return cells ? callOfRow(table.columns, cells) : [];
	},
	pending: () => [],
});
