import {untimed} from '../../request.js';

/** Formats of numbers and instants in the JSON. n/a is null. */

/** Removes binary rounding errors, as in 0.1 + 0.2. */
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;

const known = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** n/a is null, since JSON has no undefined. */
export const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** A rate of 0–1 as 0–100. */
export const percentage = (rate: number | undefined): number | null => (known(rate) ? rounded(rate * 100, 6) : null);

/** A known amount in dollars, rounded to a billionth. */
export const knownDollars = (amount: number): number => rounded(amount, 9);

/** Dollars, rounded to a billionth. */
export const dollars = (amount: number | undefined): number | null => (known(amount) ? knownDollars(amount) : null);

/** Means and ratios. */
export const decimal = (value: number | undefined): number | null => (known(value) ? rounded(value, 6) : null);

/** The latest instant that a Date can hold, in epoch milliseconds; windows may extend further. */
const furthest = 8.64e15;

/** The instant of a request; null if it has none. */
export const requestInstant = (time: number): string | null => (time === untimed ? null : instant(time));

/** ISO 8601 in UTC. @param epoch epoch milliseconds */
export const instant = (epoch: number): string =>
	new Date(Math.min(furthest, Math.max(-furthest, epoch))).toISOString();
