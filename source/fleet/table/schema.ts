import {literal} from './literal.js';
import {type Table, tables} from './tables.js';

/** The table with a server's own part of a table of the cluster. */
export const localOf = (name: string): string => `${name}_local`;
const onCluster = (cluster: string | undefined): string =>
	cluster === undefined ? '' : ` ON CLUSTER ${literal(cluster)}`;

/**
 * The statements that create missing tables, in order.
 * @param cluster as in the servers' configuration; undefined for a single server
 */
export const createTables = (database: string, cluster: string | undefined): readonly string[] => [
	`CREATE DATABASE IF NOT EXISTS ${database}${onCluster(cluster)}`,
	...tables.flatMap(table => createTable(database, table, cluster)),
];

const createTable = (
	database: string,
	{name, columns: all, version, layout, shard}: Table,
	cluster: string | undefined,
): readonly string[] => {
	const definitions = Object.entries(all)
		.map(([column, type]) => `\t${column} ${type}`)
		.join(',\n');
	const make = (table: string, rest: string) =>
		`CREATE TABLE IF NOT EXISTS ${database}.${table}${onCluster(cluster)} ${rest}`;
	if (cluster === undefined) {
		const engine = version === undefined ? 'MergeTree()' : `ReplacingMergeTree(${version})`;
		return [make(name, `(\n${definitions}\n) ENGINE = ${engine} ${layout}`)];
	}
	const local = localOf(name);
	const place = literal(`/clickhouse/tables/{shard}/${database}/${local}`);
	const engine =
		version === undefined
			? `ReplicatedMergeTree(${place}, '{replica}')`
			: `ReplicatedReplacingMergeTree(${place}, '{replica}', ${version})`;
	return [
		make(local, `(\n${definitions}\n) ENGINE = ${engine} ${layout}`),
		make(
			name,
			`AS ${database}.${local} ENGINE = Distributed(${literal(cluster)}, ${literal(database)}, ${literal(local)}, ${shard})`,
		),
	];
};

/**
 * The statements that add columns missing in tables of an earlier version.
 * @param present names of existing columns, by table; missing tables are ignored
 */
export const addColumns = (
	database: string,
	present: ReadonlyMap<string, ReadonlySet<string>>,
	cluster: string | undefined,
): readonly string[] =>
	tables.flatMap(({name, columns: all}) =>
		(cluster === undefined ? [name] : [localOf(name), name]).flatMap(table =>
			Object.entries(all)
				.filter(([column]) => present.get(table)?.has(column) === false)
				.map(([column, type]) => `ALTER TABLE ${database}.${table}${onCluster(cluster)} ADD COLUMN ${column} ${type}`),
		),
	);
