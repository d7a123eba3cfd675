import {expect, test} from 'vitest';
import {
	formatBytes,
	formatChange,
	formatCount,
	formatGap,
	formatMoney,
	formatPercent,
	formatPoints,
	formatPrice,
	formatTokens,
} from '../../source/output/numbers.js';

test.each([
	[141.75, '$141.75'],
	[-3.1, '-$3.10'],
	[0, '$0.00'],
	[1234.5, '$1,234.50'],
	[0.155, '$0.16'],
	[0.1, '$0.10'],
	[0.0999, '$0.10'],
	[0.0823, '$0.082'],
	[0.0796, '$0.080'],
	[0.004, '$0.0040'],
	[-0.00412, '-$0.0041'],
	[0.000_966, '$0.0010'],
	[0.000_412, '$0.0004'],
	[0.000_000_3, '<$0.0001'],
	[-0.000_000_3, '>-$0.0001'],
	[undefined, 'n/a'],
	[Number.NaN, 'n/a'],
])('money %s is %s', (dollars, expected) => {
	expect(formatMoney(dollars)).toBe(expected);
});

test.each([
	[0.84, '84.0 %'],
	[850 / 1050, '81.0 %'],
	[650 / 1050, '61.9 %'],
	[1, '100.0 %'],
	[-0.042, '-4.2 %'],
	[-0.0001, '0.0 %'],
	[undefined, 'n/a'],
])('rate %s is %s', (rate, expected) => {
	expect(formatPercent(rate)).toBe(expected);
});

test.each([
	[9999, '9,999'],
	[10_000, '10.0 k'],
	[48_020, '48.0 k'],
	[999_949, '999.9 k'],
	[999_950, '1.0 M'],
	[52_500_000, '52.5 M'],
	[3_200_000_000, '3.2 B'],
	[0, '0'],
	[undefined, 'n/a'],
])('%s tokens are %s', (tokens, expected) => {
	expect(formatTokens(tokens)).toBe(expected);
});

test('counts have thousands', () => {
	expect(formatCount(52_500_000)).toBe('52,500,000');
	expect(formatCount(49_999.6)).toBe('50,000');
	expect(formatCount(undefined)).toBe('n/a');
});

test('bytes', () => {
	expect(formatBytes(512)).toBe('512 B');
	expect(formatBytes(43_000_000)).toBe('41.0 MB');
	expect(formatBytes(1_048_575)).toBe('1.0 MB');
	expect(formatBytes(undefined)).toBe('n/a');
});

test('changes are signed, and none is shown that cannot be seen', () => {
	expect(formatChange(0.84, 0.819, formatPoints)).toBe('▲ 2.1');
	expect(formatChange(0.8, 0.804, formatPoints)).toBe('▼ 0.4');
	expect(formatChange(0.84, 0.819, formatPoints, true)).toBe('+2.1');
	expect(formatChange(1, 12.4, formatMoney, true)).toBe('-$11.40');
	expect(formatChange(0.8, 0.8, formatPoints)).toBe('');
	expect(formatChange(0.8, 0.8001, formatPoints)).toBe('');
	expect(formatChange(undefined, 1, formatCount)).toBe('');
	expect(formatChange(1, undefined, formatCount)).toBe('');
});

test('gaps', () => {
	expect(formatGap(40_000)).toBe('40 s');
	expect(formatGap(48_700)).toBe('49 s');
	expect(formatGap(11 * 60_000)).toBe('11 min');
	expect(formatGap(125 * 60_000)).toBe('2 h 5 min');
	expect(formatGap(76 * 3_600_000)).toBe('3 d 4 h');
	expect(formatGap(undefined)).toBe('n/a');
});

test.each([
	[3, '$3.00'],
	[0.125, '$0.125'],
	[0.000028, '$0.000028'],
	[1234.5, '$1,234.50'],
	[0, '$0.00'],
	[undefined, 'n/a'],
])('the price %s to its last digit', (dollars, expected) => {
	expect(formatPrice(dollars)).toBe(expected);
});
