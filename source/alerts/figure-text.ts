import {decimal} from '../text/decimal.js';
import type {Unit} from './figures.js';

/** Digits after the point by unit; `valueText` adds some where they are needed to tell two values apart. */
const defaultDigits: Readonly<Record<Unit, number>> = {
	percent: 1,
	dollars: 2,
	tokens: 0,
	requests: 0,
	times: 0,
	ratio: 2,
};

const percentSign = ' %';

const suffixOf = (unit: Unit): string => (unit === 'percent' ? percentSign : '');

const write = (value: number, unit: Unit, digits: number): string => {
	const sign = value < 0 ? '-' : '';
	return `${sign}${unit === 'dollars' ? '$' : ''}${decimal(Math.abs(value), digits, digits)}${suffixOf(unit)}`;
};

/** A limit as short as it can be said: `70 %`, `$5.00`, `0.75`. */
export const limitText = (limit: number, unit: Unit): string => {
	const sign = limit < 0 ? '-' : '';
	const amount = Math.abs(limit);
	return unit === 'dollars' ? `${sign}$${decimal(amount, 2, 9)}` : `${sign}${decimal(amount, 0, 6)}${suffixOf(unit)}`;
};

const mostDigits = 9;

/**
 * A value with as many digits as it takes to tell it from others: 69.96 % is not shown as 70.0 % where the limit is 70.
 */
export const valueText = (value: number, unit: Unit, others: readonly number[] = []): string => {
	let digits = defaultDigits[unit];
	const different = others.filter(other => other !== value);
	while (digits < mostDigits && different.some(other => write(other, unit, digits) === write(value, unit, digits))) {
		digits++;
	}
	return write(value, unit, digits);
};

/** The size of a difference between two values of a unit: `8.8 points`, `$3.10`, `1,200`; never shown as none. */
export const differenceText = (size: number, unit: Unit): string => {
	const text = valueText(size, unit, [0]);
	return unit === 'percent' ? `${text.slice(0, -percentSign.length)} points` : text;
};
