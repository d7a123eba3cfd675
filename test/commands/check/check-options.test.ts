import {expect, test} from 'vitest';
import {parseCheck} from '../../../source/commands/check/check-options.js';
import {UsageError} from '../../../source/errors.js';

test('thresholds are rules', () => {
	const {rules, minRequests} = parseCheck({
		minHitRate: '70',
		minTokenHitRate: '60%',
		minNetSavings: '-$2',
		maxLostCost: '$5',
		maxBreakRate: '12.5',
		failIf: ['hit_rate drops 10', 'hit_rate < 70'],
	});
	expect(rules.map(({id}) => id)).toEqual([
		'hit_rate < 70',
		'token_hit_rate < 60',
		'savings < -2',
		'breaks.lost_cost > 5',
		'break_rate > 12.5',
		'hit_rate drops 10',
	]);
	expect(minRequests).toBe(10);
});

test('the defaults hold where no flag names a rule', () => {
	const defaults = {rules: ['hit_rate < 50'], minRequests: 3};
	expect(parseCheck({}, defaults)).toMatchObject({rules: [{id: 'hit_rate < 50'}], minRequests: 3});
	expect(parseCheck({minHitRate: '70', minRequests: '0'}, defaults)).toMatchObject({
		rules: [{id: 'hit_rate < 70'}],
		minRequests: 0,
	});
	expect(parseCheck({warnIf: ['hit_rate < 90']}, defaults)).toMatchObject({
		rules: [],
		warnings: [{id: 'hit_rate < 90'}],
	});
});

test.each([
	[{}, /^check: say what must hold, as in --min-hit-rate 70/],
	[{minHitRate: 'high'}, /^--min-hit-rate: "high" is not a valid number\.$/],
	[{minHitRate: ''}, /^--min-hit-rate: "" is not a valid number\.$/],
	[{minHitRate: '0.7'}, /^--min-hit-rate: .* say 70\?$/],
	[{minHitRate: '70', minRequests: '1.5'}, /^--min-requests: "1\.5" is not a valid number of requests/],
	[{failIf: ['hit_rat < 5']}, /^--fail-if: .*Did you mean hit_rate/],
	[{minHitRate: '70', dryRun: true}, /^--dry-run goes with --notify\.$/],
	[{minHitRate: '70', nagios: true, json: true}, /^--nagios and --json contradict each other/],
	[{minHitRate: '70', nagios: true, quiet: true}, /^--nagios and --quiet contradict each other/],
	[{test: true}, /^--test goes with --notify\.$/],
])('%j is refused', (flags, message) => {
	expect(() => parseCheck(flags)).toThrow(UsageError);
	expect(() => parseCheck(flags)).toThrow(message);
});

test('a wrong rule of the config file is named by its place', () => {
	expect(() => parseCheck({}, {rules: ['hit_rate < 5', 'hit < 5']})).toThrow(
		/^alerts\.rules\[1\]: unknown figure "hit"/,
	);
});
