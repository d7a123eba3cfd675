import {hoursOf} from '../reading/hours.js';
import {makingsSql} from '../reading/taking.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {literal} from '../table/literal.js';
import {localOf} from '../table/schema.js';
import {laneSumTable, logSumTable, summedHourTable, threadSumTable} from '../table/tables.js';
import {firstGen} from './making.js';

/**
 * Milliseconds for which makings that do not hold are left: a keeper may not have completed them yet, and a reader may
 * still read them.
 */
const kept = 60 * 60_000;
/** A server writes a partition again to delete of it: sums that take up less than this share of a table are left. */
const leastShare = 0.1;
/** Makings that are named in one statement at most: servers parse 256 KiB. */
const mostNamed = 2000;

type Making = readonly [hour: number, gen: string];

/** What may be told otherwise in tests. */
type ClearOptions = {
	/** Milliseconds that makings are left for. */
	readonly age?: number | undefined;
};

/**
 * Deletes the sums of makings that do not hold any more: of hours that changed since, and those that a keeper did not
 * complete. What says that they are complete goes first. A reader that still reads one finds fewer requests than it was
 * told of, and reads the requests themselves. The server deletes in its own time.
 * @returns how many makings are deleted
 */
export const clearSums = async (
	server: Pick<Clickhouse, 'rows' | 'run'>,
	{age = kept}: ClearOptions = {},
): Promise<number> => {
	const [hours, [[time] = []]] = await Promise.all([
		hoursOf(sql => server.rows(sql)),
		server.rows('SELECT toUnixTimestamp(now())'),
	]);
	const holding = new Set([
		...[...hours.kept].map(([hour, {gen}]) => nameOf([hour, gen])),
		...[...hours.days].map(nameOf),
	]);
	const old = firstGen(Number(time) * 1000 - age);
	const cleared = new Set<string>();
	for (const table of [summedHourTable, laneSumTable, logSumTable, threadSumTable]) {
		const found = await server.rows(`SELECT hour, toString(gen), count() FROM ${table} GROUP BY hour, gen`);
		const makings = found.map(([hour, gen, rows]) => ({
			making: [Number(hour), String(gen)] as const,
			rows: Number(rows),
		}));
		const gone = makings.filter(({making}) => !holding.has(nameOf(making)) && BigInt(making[1]) < old);
		if (rowsOf(gone) < leastShare * rowsOf(makings) || gone.length === 0) {
			continue;
		}
		const target = await alterable(server, table);
		for (let at = 0; at < gone.length; at += mostNamed) {
			const some = gone.slice(at, at + mostNamed).map(({making}) => making);
			await server.run(`ALTER TABLE ${target} DELETE WHERE ${makingsSql(some)}`);
		}
		for (const {making} of gone) {
			cleared.add(nameOf(making));
		}
	}
	return cleared.size;
};

const nameOf = ([hour, gen]: Making): string => `${hour} ${gen}`;

const rowsOf = (makings: readonly {readonly rows: number}[]): number => makings.reduce((sum, {rows}) => sum + rows, 0);

/** The name of a table as it can be altered: on a cluster it is spread over tables of its servers. */
const alterable = async (server: Pick<Clickhouse, 'rows'>, table: string): Promise<string> => {
	const [[engine] = []] = await server.rows(
		`SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = ${literal(table)}`,
	);
	const [, cluster] = /^Distributed\('?([^'(),\s]{1,200})'?,/.exec(String(engine)) ?? [];
	return cluster === undefined ? table : `${localOf(table)} ON CLUSTER ${literal(cluster)}`;
};
