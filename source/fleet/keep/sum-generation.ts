import {randomInt} from 'node:crypto';
import type {Clickhouse} from '../table/clickhouse.js';
import {summedHourTable} from '../table/tables.js';

/** Random bits below the time, because two keepers may start in the same millisecond. */
const randomBits = 20;

/** A new number for a generation of sums, as decimal text; later ones are higher. @param now epoch milliseconds */
export const newGen = (now: number): string => String(firstGen(now) + BigInt(randomInt(2 ** randomBits)));

/** Generations that began before a time (epoch milliseconds) have lower numbers. */
export const firstGen = (time: number): bigint => BigInt(Math.max(0, Math.floor(time))) << BigInt(randomBits);

/** On a cluster, keeps reads and writes on the same replica while it is up: others may not have the latest rows yet. */
export const sameReplica = "SETTINGS load_balancing = 'in_order'";

/** Marks generations as complete. */
export const insertGenerations = async (
	server: Pick<Clickhouse, 'insert'>,
	generations: readonly Readonly<Record<string, unknown>>[],
	signal?: AbortSignal,
): Promise<void> => server.insert(summedHourTable, Object.keys(generations[0] ?? {}), generations, signal);

/** A column of an INSERT … SELECT statement: its name and its expression. */
export type Column = readonly [name: string, expression: string];

/** A column that is copied unchanged. */
export const same = (name: string): Column => [name, name];

/** The names of columns, as SQL. */
export const namesOf = (all: readonly Column[]): string => all.map(([name]) => name).join(', ');
/** The expressions of columns, as SQL. */
export const expressionsOf = (all: readonly Column[]): string => all.map(([, expression]) => expression).join(', ');
