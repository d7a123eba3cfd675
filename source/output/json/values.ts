import {untimed} from '../../request.js';

/** How the JSON writes numbers and instants. n/a is null. */

/** Removes what binary fractions add: 0.1 + 0.2. */
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;

const known = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** JSON has no undefined: what is n/a is null. */
export const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** A rate of 0–1 as 0–100. */
export const percentage = (rate: number | undefined): number | null => (known(rate) ? rounded(rate * 100, 6) : null);

/** Dollars that are known, to a billionth. */
export const knownDollars = (amount: number): number => rounded(amount, 9);

/** Dollars, to a billionth. */
export const dollars = (amount: number | undefined): number | null => (known(amount) ? knownDollars(amount) : null);

/** Averages and ratios. */
export const decimal = (value: number | undefined): number | null => (known(value) ? rounded(value, 6) : null);

/** The latest instant that a Date can hold, epoch milliseconds; windows may reach further. */
const furthest = 8.64e15;

/** The same for a request, which may have no time. */
export const requestInstant = (time: number): string | null => (time === untimed ? null : instant(time));

/** ISO 8601 in UTC. @param epoch epoch milliseconds */
export const instant = (epoch: number): string =>
	new Date(Math.min(furthest, Math.max(-furthest, epoch))).toISOString();
