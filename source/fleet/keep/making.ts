import {randomInt} from 'node:crypto';
import type {Clickhouse} from '../table/clickhouse.js';
import {summedHourTable} from '../table/tables.js';

/** Bits below the time, at random: two keepers may begin in one millisecond. */
const randomBits = 20;

/** What no other making of sums is called, as decimal text: later ones are higher. @param now epoch milliseconds */
export const newGen = (now: number): string => String(firstGen(now) + BigInt(randomInt(2 ** randomBits)));

/** Makings before a time, epoch milliseconds, are called less. */
export const firstGen = (time: number): bigint => BigInt(Math.max(0, Math.floor(time))) << BigInt(randomBits);

/**
 * Of a cluster, the same replica is asked and written to as long as it is there: what one was just told another may not
 * know yet.
 */
export const sameReplica = "SETTINGS load_balancing = 'in_order'";

/** Says that sums are complete. */
export const insertMakings = async (
	server: Pick<Clickhouse, 'insert'>,
	makings: readonly Readonly<Record<string, unknown>>[],
	signal?: AbortSignal,
): Promise<void> => server.insert(summedHourTable, Object.keys(makings[0] ?? {}), makings, signal);

/** A column of a statement that inserts what it selects: its name, and what stands in it. */
export type Column = readonly [name: string, expression: string];

/** A column that is selected as it is. */
export const same = (name: string): Column => [name, name];

/** Such columns, as SQL: their names. */
export const namesOf = (all: readonly Column[]): string => all.map(([name]) => name).join(', ');
/** What stands in them. */
export const expressionsOf = (all: readonly Column[]): string => all.map(([, expression]) => expression).join(', ');
