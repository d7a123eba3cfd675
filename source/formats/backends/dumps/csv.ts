import {cellsOf, delimiters, endsCell} from './csv-cells.js';
import {callOfRow, tellCalls} from './csv-columns.js';
import {dumpFormat} from './dump.js';

type State = {
	/** The first line; empty before it. */
	header: string;
	/** A row whose last cell is incomplete, with the end of each line. */
	open: string;
	/** That row is too long, and left to its end. */
	isLong: boolean;
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

const keep = (state: State, line: string): void => {
	if (state.open.length + line.length <= longestRow) {
		state.open += `${line}\n`;
	} else {
		state.open ||= '\n';
		state.isLong = true;
	}
};

/** Tables of calls or of sums, with a header: exports of consoles, gateways and databases. */
export const csv = dumpFormat<State>({
	name: 'csv',
	title: 'table of calls (CSV)',
	recognise: text => columnsOf(firstLine(text)) !== undefined,
	beginning: () => ({header: '', open: '', isLong: false}),
	line: (line, state) => {
		if (state.header === '') {
			state.header = line.slice(0, longestHeader);
			return [];
		}
		const table = tableOf(state.header);
		if (!table || (state.open === '' && line.trim() === '')) {
			return [];
		}
		if (state.open !== '' && !endsCell(line)) {
			keep(state, line);
			return [];
		}
		if (state.isLong) {
			const isWhole = cellsOf(`"${line}`, table.delimiter, table.columns.length) !== undefined;
			state.open = isWhole ? '' : state.open;
			state.isLong = !isWhole;
			return [];
		}
		const cells = cellsOf(state.open + line, table.delimiter, table.columns.length);
		if (cells === undefined) {
			keep(state, line);
			return [];
		}
		state.open = '';
		return cells.length === table.columns.length ? callOfRow(table.columns, cells) : [];
	},
	pending: () => [],
});
