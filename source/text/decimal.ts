/**
 * Formats numbers like `Intl.NumberFormat('en-US')` without loading its data, which takes longer than the rest of a
 * short report.
 */

/** The shortest decimal representation of a number: its digits, and how many are before the point. */
const digitsOf = (value: number): {readonly digits: string; readonly point: number} => {
	const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
	return {digits: mantissa.replace('.', ''), point: Number(exponent) + 1};
};

/** Adds one to the last of some decimal digits; nines carry over. */
const increment = (digits: string): string => {
	let at = digits.length - 1;
	while (at >= 0 && digits[at] === '9') {
		at--;
	}
	const zeros = '0'.repeat(digits.length - 1 - at);
	return at < 0 ? `1${zeros}` : `${digits.slice(0, at)}${Number(digits[at]) + 1}${zeros}`;
};

/** `1234567` as `1,234,567`. */
const grouped = (digits: string): string => {
	let text = digits.slice(-3);
	for (let at = digits.length - 3; at > 0; at -= 3) {
		text = `${digits.slice(Math.max(0, at - 3), at)},${text}`;
	}
	return text;
};

/**
 * A number with a decimal point and thousands separators; halves are rounded away from zero.
 * @param value finite
 * @param least minimum number of decimals, filled with zeros
 * @param most maximum number of decimals
 */
export const decimal = (value: number, least: number, most: number): string => {
	const {digits, point} = digitsOf(Math.abs(value));
	// The digits up to the last one kept, as one whole number.
	const kept = point + most;
	const padded = kept < 0 ? '' : digits.slice(0, kept).padEnd(kept, '0');
	const isUp = kept >= 0 && (digits[kept] ?? '0') >= '5';
	const rounded = (isUp ? increment(padded === '' ? '0' : padded) : padded).padStart(most + 1, '0');
	const whole = rounded.slice(0, rounded.length - most).replace(/^0+(?=\d)/, '');
	const behind = rounded.slice(rounded.length - most);
	const fraction = `${behind.slice(0, least)}${behind.slice(least).replace(/0+$/, '')}`;
	const isNegative = value < 0 || Object.is(value, -0);
	return `${isNegative ? '-' : ''}${grouped(whole)}${fraction === '' ? '' : `.${fraction}`}`;
};

/**
 * A number with `digitCount` significant digits, including trailing zeros: `0.0041`, `0.080` with two.
 * @param value finite
 */
export const significant = (value: number, digitCount: number): string => {
	const {digits, point} = digitsOf(Math.abs(value));
	// 0.0996 has one decimal less when it is rounded to 0.10.
	const isAllNines = increment(digits.slice(0, digitCount)).length > digitCount;
	const rounds = digits.length > digitCount && isAllNines && (digits[digitCount] ?? '0') >= '5';
	const places = Math.max(0, digitCount - point - (rounds ? 1 : 0));
	return decimal(value, places, places);
};
