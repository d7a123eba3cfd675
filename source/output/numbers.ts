/** Formats of numbers for people, the same on the screen and in all reports. Unknown is `n/a`, never 0. */
import {count, percent, sayGap} from '../metrics/number-words.js';
import {decimal, significant} from '../text/decimal.js';

export {formatTime, formatTimeLeft, type TimeStyle, timeColumn} from './times.js';

const unknown = 'n/a';

const known = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** Maximum decimals of an amount in dollars. */
const mostPlaces = 4;
const leastMoney = 10 ** -mostPlaces;

/**
 * `$141.75`, `-$3.10`. Below ten cents two significant digits, with at most four decimals: `$0.082`, `$0.0041`,
 * `<$0.0001`.
 */
export const formatMoney = (dollars: number | undefined): string => {
	if (!known(dollars)) {
		return unknown;
	}
	const amount = Math.abs(dollars);
	if (amount > 0 && amount < leastMoney / 2) {
		return `${dollars < 0 ? '>-' : '<'}$${decimal(leastMoney, mostPlaces, mostPlaces)}`;
	}
	return `${dollars < 0 ? '-' : ''}$${positiveMoney(amount)}`;
};

const positiveMoney = (amount: number): string => {
	if (amount === 0 || amount >= 0.0995) {
		return decimal(amount, 2, 2);
	}
	return amount < 0.001 ? decimal(amount, mostPlaces, mostPlaces) : significant(amount, 2);
};

/** Decimals of the amounts of a column: two, or more if the largest is below ten cents. */
export const moneyPlaces = (amounts: readonly (number | undefined)[]): number => {
	const largest = Math.max(0, ...amounts.flatMap(amount => (known(amount) ? Math.abs(amount) : [])));
	return Math.max(2, formatMoney(largest).split('.')[1]?.length ?? 0);
};

/**
 * The amounts of a column, with the decimals of `moneyPlaces` so that their points align. Smaller amounts are `<$0.01`.
 */
export const moneyColumn = (amounts: readonly (number | undefined)[]): readonly string[] => {
	const places = moneyPlaces(amounts);
	return amounts.map(amount => formatMoneyTo(amount, places));
};

/** An amount of a column. @param places decimals, from `moneyPlaces` */
export const formatMoneyTo = (amount: number | undefined, places: number): string => {
	if (!known(amount)) {
		return unknown;
	}
	const least = 10 ** -places;
	const size = Math.abs(amount);
	return size > 0 && size < least / 2
		? `<$${decimal(least, places, places)}`
		: `${amount < 0 ? '-' : ''}$${decimal(size, places, places)}`;
};

/** An exact price: `$3.00`, `$0.125`. @param dollars per million tokens */
export const formatPrice = (dollars: number | undefined): string =>
	known(dollars) ? `$${decimal(dollars, 2, 6)}` : unknown;

/** The prices of a column, with the same number of decimals. @param dollars per million tokens */
export const priceColumn = (prices: readonly (number | undefined)[]): readonly string[] => {
	const places = Math.max(2, ...prices.map(price => formatPrice(price).split('.')[1]?.length ?? 0));
	return prices.map(price => (known(price) ? `$${decimal(price, places, places)}` : unknown));
};

/** `84.0 %`. @param rate 0–1 */
export const formatPercent = (rate: number | undefined): string =>
	known(rate) ? percent(rate).replace(/^-(?=0\.0 )/, '') : unknown;

/** `1,250`. */
export const formatCount = (value: number | undefined): string => (known(value) ? count(value) : unknown);

const units = ['', ' k', ' M', ' B', ' T'] as const;

/** `52.5 M`, `48.0 k`; exact below 10,000. */
export const formatTokens = (tokens: number | undefined): string => {
	if (!known(tokens) || Math.abs(tokens) < 10_000) {
		return formatCount(tokens);
	}
	let value = tokens;
	let unit = 0;
	// 999,950 would round to 1,000.0 k.
	while (Math.abs(value) >= 999.95 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}
	return `${value.toFixed(1)}${units[unit]}`;
};

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `41.0 MB`; exact below 1 KB. One KB is 1,024 bytes. */
export const formatBytes = (bytes: number | undefined): string => {
	if (!known(bytes)) {
		return unknown;
	}
	let value = bytes;
	let unit = 0;
	while (value >= 1023.95 && unit < byteUnits.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${unit === 0 ? count(value) : value.toFixed(1)} ${byteUnits[unit]}`;
};

/** The difference of two rates in percentage points: `2.1`. */
export const formatPoints = (rate: number): string => (rate * 100).toFixed(1);

/**
 * The change from an earlier value: `▲ 2.1`, `▼ $3.10`; with `ascii` `+2.1`, `-$3.10`. Empty if either value is unknown
 * or the change is too small to show.
 * @param format formats the size of the change
 */
export const formatChange = (
	now: number | undefined,
	before: number | undefined,
	format: (size: number) => string,
	ascii = false,
): string => {
	if (!known(now) || !known(before)) {
		return '';
	}
	const size = format(Math.abs(now - before));
	if (size === format(0)) {
		return '';
	}
	if (ascii) {
		return `${now > before ? '+' : '-'}${size}`;
	}
	return `${now > before ? '▲' : '▼'} ${size}`;
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** `40 s`, `11 min`, `2 h 5 min`; from two days `3 d 4 h`. */
export const formatGap = (milliseconds: number | undefined): string => {
	if (!known(milliseconds)) {
		return unknown;
	}
	const hours = Math.round(milliseconds / (60 * minute));
	return milliseconds < 2 * day ? sayGap(milliseconds) : `${Math.floor(hours / 24)} d ${hours % 24} h`;
};
