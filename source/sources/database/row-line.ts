import {isZstd, unzstd} from './unzstd.js';

/** A value from SQLite; a Buffer for a blob. */
export type Value = string | number | bigint | null | Buffer;

/** A row as a line of JSON: the names of its database and table, and its columns. */
export const rowLine = (
	database: string,
	table: string,
	columns: readonly string[],
	values: readonly Value[],
): string => {
	const row: Record<string, unknown> = {database, table};
	for (const [index, column] of columns.entries()) {
		// The agent's columns come last and must not hide ours.
		if (!(column in row) && column !== 'mark') {
			row[column] = readable(values[index] ?? null);
		}
	}
	return `${JSON.stringify(row)}\n`;
};

const readable = (value: Value): unknown => {
	if (typeof value === 'bigint') {
		return Number(value);
	}
	if (!Buffer.isBuffer(value)) {
		return value;
	}
	try {
		return (isZstd(value) ? unzstd(value) : value).toString('utf8');
	} catch {
		return null;
	}
};
