import {hash} from 'node:crypto';

/** Length of an hour in milliseconds. */
export const hourLength = 3_600_000;
/** Dates are limited to this range: wrong times in a log would otherwise create a partition for each month. */
const firstDay = Date.UTC(2020, 0, 1);
const lastDay = Date.UTC(2039, 11, 31);

/** The column `hour` for a time in epoch milliseconds. Monotonic, so that it can delimit a window. */
export const hourOf = (time: number): number => Math.min(2 ** 32 - 1, Math.max(0, Math.floor(time / hourLength)));

/** The column `day` for a time in epoch milliseconds; limited and monotonic. */
export const dayOf = (time: number): string =>
	new Date(Math.min(lastDay, Math.max(firstDay, time))).toISOString().slice(0, 10);

/** The column `id` for a request's id. */
export const uuidOf = (id: string): string =>
	hash('sha256', id, 'hex')
		.slice(0, 32)
		.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
