import {columns} from './columns.js';
import {literal} from './literal.js';

/** The columns of the table of hosts: what each said of itself last. */
const hostColumns = {
	/** As in the table of requests. */
	shipper: 'String',
	/** Tells the stores apart that one machine ships. */
	store: 'String',
	at: 'DateTime DEFAULT now()',
	/** Requests that are still to be sent; that were sent; that its retention deleted unsent. */
	waiting: 'UInt64',
	sent: 'UInt64',
	dropped: 'UInt64',
	/** Version of hitrate. */
	version: 'String',
} as const;

/** Those that a shipper fills. */
export const shippedHostColumns = Object.keys(hostColumns).filter(name => name !== 'at');

type Table = {
	readonly name: string;
	readonly columns: Readonly<Record<string, string>>;
	/** Its column of versions: of rows with the same key that with the highest holds. */
	readonly version: string;
	/** What follows the engine: partitions and the key. */
	readonly layout: string;
	/** On a cluster, what decides which shard a row is on. */
	readonly shard: string;
};

/** On a cluster each spreads over the tables of the same name and `_local` of its servers. */
export const requestTable = 'request';
export const hostTable = 'host';

const tables: readonly Table[] = [
	{
		name: requestTable,
		columns,
		version: 'ver',
		layout: 'PARTITION BY toYYYYMM(day) ORDER BY (hour, thread, time, id)',
		// All rows of a thread are on one shard: there they are read as one, and settled.
		shard: "sipHash64(if(thread = '', toString(id), thread))",
	},
	{
		name: hostTable,
		columns: hostColumns,
		version: 'at',
		layout: 'ORDER BY (shipper, store)',
		shard: 'sipHash64(shipper)',
	},
];

const localOf = (name: string): string => `${name}_local`;
const onCluster = (cluster: string | undefined): string =>
	cluster === undefined ? '' : ` ON CLUSTER ${literal(cluster)}`;

/**
 * The statements that make the tables where they are missing, in order.
 * @param cluster as the servers' configuration names it; undefined for one server
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
		return [make(name, `(\n${definitions}\n) ENGINE = ReplacingMergeTree(${version}) ${layout}`)];
	}
	const local = localOf(name);
	const place = literal(`/clickhouse/tables/{shard}/${database}/${local}`);
	return [
		make(
			local,
			`(\n${definitions}\n) ENGINE = ReplicatedReplacingMergeTree(${place}, '{replica}', ${version}) ${layout}`,
		),
		make(
			name,
			`AS ${database}.${local} ENGINE = Distributed(${literal(cluster)}, ${literal(database)}, ${literal(local)}, ${shard})`,
		),
	];
};

/**
 * The statements that add the columns which tables of an earlier version lack.
 * @param present names of the columns, by table; a table that is missing is left alone
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
