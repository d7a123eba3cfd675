import {cellsOf, delimiters, endsCell} from './csv-cells.js';
import {callOfRow, tellCalls} from './csv-columns.js';
import {dumpFormat} from './dump.js';

type State = {
	/** The first line; empty before it. */
	header: string;
	/** A row whose last cell is incomplete. */
	open: string;
};

const longestHeader = 8 * 1024;
/** Maximum number of columns; exports have a few dozen. */
const mostColumns = 500;
/** Maximum characters of a row; longer ones hold whole conversations. */
const longestRow = 64 * 1024;

type Table = {readonly columns: readonly string[]; readonly delimiter: string};

/** The columns of a header, and their separator; undefined if the line is no header. */
const columnsOf = (header: string): Table | undefined => {
	for (const delimiter of delimiters) {
		const columns = header.includes(delimiter) ? cellsOf(header, delimiter) : undefined;
		if (columns && columns.length <= mostColumns && tellCalls(columns)) {
			return {columns, delimiter};
		}
	}
	return undefined;
};

/** The latest header and its columns, cached because rows follow each other. */
let latest: {readonly header: string; readonly table: Table | undefined} = {header: '', table: undefined};

const tableOf = (header: string): Table | undefined => {
	if (latest.header !== header) {
		latest = {header, table: columnsOf(header)};
	}
	return latest.table;
};

const firstLine = (text: string): string => text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';

/** Tables of calls or of sums, with a header: exports of consoles, gateways and databases. */
export const csv = dumpFormat<State>({
	name: 'csv',
	title: 'table of calls (CSV)',
	recognise: text => columnsOf(firstLine(text)) !== undefined,
	beginning: () => ({header: '', open: ''}),
	line: (line, state) => {
		if (state.header === '') {
			state.header = line.slice(0, longestHeader);
			return [];
		}
		const table = tableOf(state.header);
		const row = state.open + line;
		if (!table || row.trim() === '') {
			return [];
		}
		const isTooLong = row.length > longestRow;
		if (state.open !== '' && !isTooLong && !endsCell(line)) {
			state.open = `${row}\n`;
			return [];
		}
		const cells = cellsOf(row, table.delimiter, table.columns.length);
		state.open = cells || isTooLong ? '' : `${row}\n`;
		return cells ? callOfRow(table.columns, cells) : [];
	},
	pending: () => [],
});
