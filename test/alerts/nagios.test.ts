import {expect, test} from 'vitest';
import {judge} from '../../source/alerts/judge.js';
import {pluginResult, pluginUnknown} from '../../source/alerts/nagios.js';
import {parseRule} from '../../source/alerts/parse-rule.js';
import {measuredDay, reportFor} from '../support/requests.js';

const result = (
	critical: readonly string[],
	warning: readonly string[] = [],
	minRequests = 1,
	report = reportFor(measuredDay()),
	readAll = true,
) => {
	const [bad, doubtful] = [critical, warning].map(texts => {
		const rules = texts.map(text => parseRule(text));
		return {rules, verdicts: judge(rules, report, {minRequests})};
	});
	if (!bad || !doubtful) {
		throw new Error('nothing judged');
	}
	return pluginResult(bad, doubtful, readAll);
};

/** What the plugin guidelines allow: 'label'=value[UOM];[warn];[crit];[min];[max], blanks between. */
const number = String.raw`-?\d+(?:\.\d+)?`;
const range = `(?:@?(?:(?:~|${number})?:)?(?:${number})?)`;
const entry = new RegExp(`^[^=' ]+=(?:U|${number}(?:%|s|B|c)?)(?:;${range}){0,2}$`);

const split = (line: string) => {
	const [text = '', data = '', ...more] = line.split(' | ');
	expect(more).toEqual([]);
	for (const one of data === '' ? [] : data.split(' ')) {
		expect(one).toMatch(entry);
	}
	return {text, data};
};

test('critical: what failed, the cause, each figure with its range', () => {
	const {line, code} = result([
		'hit_rate < 70',
		'breaks.total > 0',
		'savings <= 3',
		'token_hit_rate >= 5',
		'cache_hits == 7',
	]);
	expect(code).toBe(2);
	const {text, data} = split(line);
	expect(text).toMatch(
		/^CACHE CRITICAL - Hit rate 42\.9 % is below 70 % \(by 27\.1 points\); .*; and 1 more\. .*Likeliest cause: the provider/,
	);
	expect(data).toMatch(
		/^hit_rate=42\.857143%;;70: breaks\.total=2;;~:0 savings=-?0\.\d+;;@~:3 token_hit_rate=[\d.]+%;;@5: cache_hits=3;;@7:7$/,
	);
});

test.each([
	['ok', ['hit_rate < 40'], [], 0, /^CACHE OK - Hit rate 42\.9 % is at least 40 % \| hit_rate=42\.857143%;;40:$/],
	[
		'warning',
		['hit_rate < 40'],
		['hit_rate < 60'],
		1,
		/^CACHE WARNING - Hit rate .* below 60 %.* \| hit_rate=42\.857143%;60:;40:$/,
	],
	['a warning alone', [], ['hit_rate < 60'], 1, /^CACHE WARNING - .*=42\.857143%;60:$/],
	['critical before warning', ['hit_rate < 50'], ['hit_rate < 60'], 2, /^CACHE CRITICAL - /],
	['a change', ['hit_rate drops 10'], [], 2, /hit_rate_drop=[\d.]+%;;@10:$/],
])('%s', (_, critical, warning, code, line) => {
	const found = result(critical, warning);
	split(found.line);
	expect(found).toEqual({line: expect.stringMatching(line), code});
});

test('where not all could be read, that all is well is unknown, and a failure is one', () => {
	const [well, bad] = ['hit_rate < 40', 'hit_rate < 50'].map(rule =>
		result([rule], [], 1, reportFor(measuredDay()), false),
	);
	expect(well).toEqual({code: 3, line: expect.stringMatching(/^CACHE UNKNOWN - .*; but not all .* could be read$/)});
	expect(bad?.code).toBe(2);
});

test('unknown: too few requests; figures are U then', () => {
	const found = result(['hit_rate < 70'], [], 100);
	expect(found).toEqual({
		line: 'CACHE UNKNOWN - Hit rate is not judged: 7 measured requests, fewer than 100 | hit_rate=U;;70:',
		code: 3,
	});
	expect(pluginUnknown('a|b')).toEqual({line: 'CACHE UNKNOWN - a/b', code: 3});
});
