import {type AgentDatabase, agentDatabases, type Tables} from './agent-databases.js';
import {openDatabase} from './open-database.js';
import {rowLine, type Value} from './row-line.js';

/** The value of the ordering column in the last row read; 0 before the first. */
export type RowMark = string | number;

/** Rows of a table as lines of JSON, and the mark after them. */
type NewRows = {readonly table: string; readonly lines: readonly string[]; readonly mark: RowMark};

/** Number of rows delivered together. */
const rowsAtOnce = 200;

/**
 * Reads the rows added to an agent's database.
 * @param marks of each table that was read before
 * @param onRows called with some rows at a time, in the order of each table
 * @returns why it has no readable rows, as a phrase that follows its name; undefined if it has
 * @throws SQLite's error if the file cannot be read
 */
export const readNewRows = (
	path: string,
	marks: Readonly<Record<string, RowMark>>,
	onRows: (rows: NewRows) => void,
): string | undefined => {
	const {database, close} = openDatabase(path);
	try {
		const select = (sql: string, ...values: readonly RowMark[]) =>
			database.prepare(sql).raw(true).iterate(values) as Iterable<readonly Value[]>;
		const tables = new Map<string, Set<string>>();
		for (const [table, column] of select(
			"SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
		)) {
			tables.set(String(table), (tables.get(String(table)) ?? new Set()).add(String(column)));
		}
		if (tables.size === 0) {
			return undefined;
		}
		const agent = agentOf(tables);
		if (agent === undefined) {
			const some = [...tables.keys()].filter(name => !name.startsWith('sqlite_')).slice(0, 3);
			return `is not a database of a known agent (its tables: ${some.join(', ')}, …)`;
		}
		for (const {table, sql} of agent.queries(tables) ?? []) {
			const columns = database
				.prepare(sql)
				.columns()
				.map(({name}) => name);
			let lines: string[] = [];
			let mark = marks[table] ?? 0;
			const handOver = () => {
				if (lines.length > 0) {
					onRows({table, lines, mark});
					lines = [];
				}
			};
			for (const row of select(sql, mark)) {
				lines.push(rowLine(agent.name, table, columns, row));
				mark = markOf(row[0], mark);
				if (lines.length >= rowsAtOnce) {
					handOver();
				}
			}
			handOver();
		}
		return undefined;
	} finally {
		close();
	}
};

/** The agent whose database has these tables; undefined for other databases. */
const agentOf = (tables: Tables): AgentDatabase | undefined =>
	agentDatabases.find(candidate => candidate.queries(tables) !== undefined);

const markOf = (value: Value | undefined, before: RowMark): RowMark =>
	typeof value === 'string' || typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : before;
