import {columns} from './columns.js';
import {literal} from './literal.js';

/** What the tables are called in their database. On a cluster `request` spreads over the `request_local` of each server. */
export const requestTable = 'request';
export const localTable = 'request_local';

/** Rows with the same key are one: that with the highest `ver`. Partitions and keys are by the bounded hour and day. */
const layout = 'PARTITION BY toYYYYMM(day) ORDER BY (hour, thread, time, id)';

const definitions = Object.entries(columns)
	.map(([name, type]) => `\t${name} ${type}`)
	.join(',\n');

/**
 * The statements that make the tables where they are missing, in order.
 * @param cluster as the servers' configuration names it; undefined for one server
 */
export const createTables = (database: string, cluster: string | undefined): readonly string[] => {
	if (cluster === undefined) {
		return [
			`CREATE DATABASE IF NOT EXISTS ${database}`,
			`CREATE TABLE IF NOT EXISTS ${database}.${requestTable} (\n${definitions}\n) ENGINE = ReplacingMergeTree(ver) ${layout}`,
		];
	}
	const on = `ON CLUSTER ${literal(cluster)}`;
	const replicated = `ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/${database}/${localTable}', '{replica}', ver)`;
	// All rows of a thread are on one shard: they are settled and read as one there.
	const shard = "sipHash64(if(thread = '', toString(id), thread))";
	return [
		`CREATE DATABASE IF NOT EXISTS ${database} ${on}`,
		`CREATE TABLE IF NOT EXISTS ${database}.${localTable} ${on} (\n${definitions}\n) ENGINE = ${replicated} ${layout}`,
		`CREATE TABLE IF NOT EXISTS ${database}.${requestTable} ${on} AS ${database}.${localTable} ENGINE = Distributed(${literal(cluster)}, ${literal(database)}, ${literal(localTable)}, ${shard})`,
	];
};

/**
 * The statements that add the columns which a table of an earlier version lacks.
 * @param present names of the columns that it has
 */
export const addColumns = (
	database: string,
	present: ReadonlySet<string>,
	cluster: string | undefined,
): readonly string[] => {
	const missing = Object.entries(columns).filter(([name]) => !present.has(name));
	const tables = cluster === undefined ? [requestTable] : [localTable, requestTable];
	const on = cluster === undefined ? '' : ` ON CLUSTER ${literal(cluster)}`;
	return tables.flatMap(table =>
		missing.map(([name, type]) => `ALTER TABLE ${database}.${table}${on} ADD COLUMN ${name} ${type}`),
	);
};
