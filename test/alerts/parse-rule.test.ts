import {expect, test} from 'vitest';
import {distinctRules, parseRule} from '../../source/alerts/parse-rule.js';
import {UsageError} from '../../source/errors.js';

test.each([
	['hit_rate < 70', 'hit_rate < 70'],
	['  token_hit_rate<=60.5 % ', 'token_hit_rate <= 60.5'],
	['savings < -$3.50', 'savings < -3.5'],
	['breaks.lost_cost > .5', 'breaks.lost_cost > 0.5'],
	['breaks.total == 0', 'breaks.total == 0'],
	['savings >= -0', 'savings >= 0'],
	['previous.planned.hit_rate > 3', 'previous.planned.hit_rate > 3'],
	['tokens.cache_read drops 30%', 'tokens.cache_read drops 30'],
	['hit_rate drops by 10', 'hit_rate drops 10'],
	['hit_rate rises 10.0 %', 'hit_rate rises 10'],
	['savings_percent < 0', 'savings_percent < 0'],
])('%s', (text, id) => {
	expect(parseRule(text)).toMatchObject({id, text: text.trim()});
});

test.each([
	['hit_rat < 70', 'unknown figure "hit_rat". Did you mean hit_rate'],
	['hitRate < 70', 'Did you mean hit_rate'],
	['lost_cost > 5', 'Did you mean breaks.lost_cost'],
	['net_savings > 5', 'Did you mean savings'],
	['constructor > 5', 'Choose from hit_rate, token_hit_rate,'],
	['previous.blocks.at_limit > 5', 'unknown figure'],
	[
		'hit_rate = 70',
		"is not a valid rule. Say a figure, <= >= == < > drops rises, and a number, as in 'token_hit_rate < 60'",
	],
	['hit_rate < seventy', 'is not a valid rule'],
	['hit_rate < 1e3', 'is not a valid rule'],
	['hit_rate', 'is not a valid rule'],
	['', 'is not a valid rule'],
	['savings < $-3', 'is not a valid rule'],
	['hit_rate rises10', 'is not a valid rule'],
	['hit_rate < 0.7', 'percentages go from 0 to 100: say 70?'],
	['hit_rate > 101', 'percentages go up to 100'],
	['hit_rate < $70', 'not a valid number of dollars'],
	['savings drops $7', 'not a valid number of dollars'],
	['total_events < 5 %', 'not a valid percentage'],
	['hit_rate drops 0', 'a number above 0'],
	['hit_rate drops -3', 'a number above 0'],
	['previous.hit_rate drops 3', 'nothing is known of previous.hit_rate in the window before it'],
	['blocks.at_limit rises 3', 'nothing is known of blocks.at_limit'],
])('%s is refused', (text, message) => {
	expect(() => parseRule(text, '--warn-if')).toThrow(UsageError);
	expect(() => parseRule(text, '--warn-if')).toThrow(message);
	expect(() => parseRule(text, '--warn-if')).toThrow(/^--warn-if: .*$/);
});

test('a rule said twice is one', () => {
	const rules = ['hit_rate < 70', 'savings < 1', 'hit_rate<70.0%'].map(text => parseRule(text));
	expect(distinctRules(rules).map(({id}) => id)).toEqual(['hit_rate < 70', 'savings < 1']);
});
