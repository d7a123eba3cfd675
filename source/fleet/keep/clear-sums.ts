import {hoursOf} from '../reading/hours.js';
import {type Generation, generationsSql} from '../reading/selection.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {literal} from '../table/literal.js';
import {localOf} from '../table/schema.js';
import {laneSumTable, logSumTable, summedHourTable, threadSumTable} from '../table/tables.js';
import {firstGen} from './sum-generation.js';

/**
 * Milliseconds for which obsolete generations are kept: a keeper may still be completing them, or a reader reading
 * them.
 */
const kept = 60 * 60_000;
/**
 * Deleting makes the server rewrite partitions, so obsolete sums are left if they are less than this share of a table.
 */
const leastShare = 0.1;
/** Maximum generations per statement: servers parse at most 256 KiB. */
const mostNamed = 2000;

/** Options for tests. */
type ClearOptions = {
	/** Milliseconds for which obsolete generations are kept. */
	readonly age?: number | undefined;
};

/**
 * Deletes the sums of obsolete generations: those of hours that have changed since, and those that a keeper did not
 * complete. Their marker of completeness is deleted first. A reader in the middle of one finds fewer requests than
 * announced and falls back to the requests themselves. The server deletes asynchronously.
 * @returns how many generations are deleted
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
		const generations = found.map(([hour, gen, rows]) => ({
			generation: [Number(hour), String(gen)] as const,
			rows: Number(rows),
		}));
		const gone = generations.filter(({generation}) => !holding.has(nameOf(generation)) && BigInt(generation[1]) < old);
		if (rowsOf(gone) < leastShare * rowsOf(generations) || gone.length === 0) {
			continue;
		}
		const target = await alterable(server, table);
		for (let at = 0; at < gone.length; at += mostNamed) {
			const some = gone.slice(at, at + mostNamed).map(({generation}) => generation);
			await server.run(`ALTER TABLE ${target} DELETE WHERE ${generationsSql(some)}`);
		}
		for (const {generation} of gone) {
			cleared.add(nameOf(generation));
		}
	}
	return cleared.size;
};

const nameOf = ([hour, gen]: Generation): string => `${hour} ${gen}`;

const rowsOf = (generations: readonly {readonly rows: number}[]): number =>
	generations.reduce((sum, {rows}) => sum + rows, 0);

/** The table to alter: on a cluster, the local tables of its servers. */
const alterable = async (server: Pick<Clickhouse, 'rows'>, table: string): Promise<string> => {
	const [[engine] = []] = await server.rows(
		`SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = ${literal(table)}`,
	);
	const [, cluster] = /^Distributed\('?([^'(),\s]{1,200})'?,/.exec(String(engine)) ?? [];
	return cluster === undefined ? table : `${localOf(table)} ON CLUSTER ${literal(cluster)}`;
};
