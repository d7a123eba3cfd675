import {hash} from 'node:crypto';

/** Milliseconds. */
export const hourLength = 3_600_000;
/** Days before and after these are taken for them: a log that lies would make a partition of each of its months. */
const firstDay = Date.UTC(2020, 0, 1);
const lastDay = Date.UTC(2039, 11, 31);

/** The column `hour` of a time, epoch milliseconds; never falls where time rises, so that it may bound a window. */
export const hourOf = (time: number): number => Math.min(2 ** 32 - 1, Math.max(0, Math.floor(time / hourLength)));

/** The column `day` of a time: bounded, and never falls where time rises. */
export const dayOf = (time: number): string =>
	new Date(Math.min(lastDay, Math.max(firstDay, time))).toISOString().slice(0, 10);

/** The column `id` of a request's id. */
export const uuidOf = (id: string): string =>
	hash('sha256', id, 'hex')
		.slice(0, 32)
		.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
