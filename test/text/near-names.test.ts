import {expect, test} from 'vitest';
import {nearNames} from '../../source/text/near-names.js';

const names = ['hit_rate', 'token_hit_rate', 'savings', 'breaks.lost_cost', 'tz'];

test.each([
	['hit_rte', ['hit_rate']],
	['hitRate', ['hit_rate', 'token_hit_rate']],
	['Savngs', ['savings']],
	['lostCost', ['breaks.lost_cost']],
	['net_savings', ['savings']],
	['zt', []],
	['t', ['tz']],
	['completely different', []],
	['', []],
])('%j', (wrong, expected) => {
	expect(nearNames(wrong, names)).toEqual(expected);
});

test('the nearest come first, and not too many', () => {
	expect(nearNames('rate', ['rater', 'rate_of_all', 'rated_x', 'rate'], 3)).toEqual(['rate', 'rater', 'rated_x']);
	expect(nearNames('x'.repeat(1_000_000), names)).toEqual([]);
});
