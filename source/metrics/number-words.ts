/** Numbers as the sentences of breaks and recommendations say them. */

import {decimal} from '../text/decimal.js';

const minute = 60_000;

/** @param rate 0–1 */
export const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

/** `1,250`: a whole number; fractions are rounded. */
export const count = (value: number): string => decimal(Math.round(value), 0, 0);

/** `1 miss`, `2 misses`: a count and its noun. `many` is the plural where an s at the end does not make it. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
	`${count(value)} ${value === 1 ? one : many}`;

/** What a rate is of: requests, or those of them that were measured where some were not. */
export const ratedWord = ({unmeasured}: {readonly unmeasured: number}): string =>
	unmeasured > 0 ? 'measured request' : 'request';

/** `40 s`, `11 min`, `2 h 5 min`. */
export const sayGap = (milliseconds: number): string => {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const minutes = Math.round(milliseconds / minute);
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
