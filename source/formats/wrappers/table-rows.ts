import {type JsonObject, listOf, objectOf, textOf} from '../json/json-values.js';

/** Maximum number of columns; responses have a few dozen. */
const mostColumns = 500;

/** Members with the columns of a table and with its rows: Azure Monitor, Trino, ClickHouse. */
const columnLists = ['columns', 'meta', 'schema'] as const;
const rowLists = ['rows', 'data'] as const;

const nameOf = (column: unknown): string | undefined => textOf(column) ?? textOf(objectOf(column)?.name);

const namesIn = (columns: readonly unknown[]): readonly string[] | undefined => {
	const names = columns.length <= mostColumns ? columns.map(nameOf) : [];
	return names.length > 0 && names.every(name => name !== undefined) ? (names as readonly string[]) : undefined;
};

/**
 * The rows of a table that a server returned with the names of its columns apart, each as an object; undefined if the
 * object is no such table.
 */
export const tableRowsIn = (table: JsonObject): readonly JsonObject[] | undefined => {
	const names = columnLists.map(name => namesIn(listOf(table[name]))).find(found => found !== undefined);
	const rows = rowLists.map(name => listOf(table[name])).find(list => list.length > 0 && list.every(Array.isArray));
	return names && rows
		? rows.map(row =>
				Object.fromEntries(names.map((name, at) => [name, listOf(row)[at]]).filter(([name]) => name !== '__proto__')),
			)
		: undefined;
};
