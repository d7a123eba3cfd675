import {expect, test} from 'vitest';
import {code, escapeMarkdown} from '../../../source/output/markdown/escape.js';
import {toMarkdown} from '../../../source/output/markdown/markdown.js';
import {measured, measuredDay, reportFor, workedExample} from '../../support/requests.js';
import {contextOf, reading} from '../context.js';

test('the worked example', () => {
	const text = toMarkdown(reportFor(workedExample()), contextOf());
	for (const line of [
		'# Prompt cache report',
		'- Window: 24h, 21 Nov 2026 09:12 to 22 Nov 2026 09:12 (UTC)',
		'- Basis: what was marked for caching (planned); the log shows no outcome',
		'| Total requests | 1,250 |  |  |',
		'| Hit rate | 84.0 % |  | Excellent |',
		'| Total saved | 52,500,000 |  | tokens in marked blocks |',
		'| Net savings | $141.75 (90.0 %) |  |  |',
		'Priced as Claude Sonnet, assumed.',
		'| 2 | 850 | 81.0 % | 0 | 0 |',
		'| n/a | 1,250 | 84.0 % | n/a | 52.5 M | $141.75 | n/a |',
	]) {
		expect(text.split('\n')).toContain(line);
	}
	expect(text).not.toContain('## Why cache was lost');
});

test('a measured day: causes, models, recommendations', () => {
	const lines = toMarkdown(reportFor(measuredDay()), contextOf()).split('\n');
	expect(lines).toContain('| Expired | 1 | 24.0 k | $0.08 | inferred |');
	expect(lines).toContain('| Reason reported | 1 | 26.0 k | $0.15 | reported |');
	expect(lines).toContain('| `house-model` | 1 | 100.0 % | 90.0 % | 9,000 | n/a | $0.00 |');
	expect(lines.some(line => line.startsWith('| warning | The hit rate is 42.9 %'))).toBe(true);
});

test('every row of a table has as many cells as its head, whatever the names', () => {
	const names = ['a|b', '`', '``|``', ' x ', '<img src=x>', 'line\nbreak', '\\|', ''];
	const requests = names.flatMap(model => [measured({cacheRead: 10}, {model}), measured({uncached: 9}, {model})]);
	const text = toMarkdown(reportFor(requests), contextOf());
	const cells = (line: string) => line.split('|').length;
	const tables = text
		.trimEnd()
		.split('\n\n')
		.filter(part => part.startsWith('|'));
	expect(tables.length).toBeGreaterThanOrEqual(3);
	for (const lines of tables.map(part => part.split('\n'))) {
		expect(new Set(lines.map(cells)).size, lines.join('\n')).toBe(1);
	}
});

test('an empty window says what was searched, and what could not be read', () => {
	const problems = [{kind: 'unreadable', name: 'b*.log', message: 'b*.log: denied.', count: 2}] as const;
	const text = toMarkdown(reportFor([]), contextOf({readings: [reading('a_b.log', {format: undefined})], problems}));
	expect(text).toContain('No requests in this window.');
	expect(text).toContain('| `a_b.log` | 41.0 MB | 18,402 | not recognised |');
	expect(text).toContain('- `b*.log`: b\\*.log: denied. (2 times)');
	expect(text).not.toContain('## Overview');
});

test('many models are cut', () => {
	const requests = Array.from({length: 25}, (_, index) => measured({uncached: 1}, {model: `m-${index}`}));
	expect(toMarkdown(reportFor(requests), contextOf())).toContain('And 5 more.');
});

test.each([
	['a*b_c`d', 'a\\*b\\_c\\`d'],
	['[x](http://y.z)', '\\[x\\](http\\://y.z)'],
	['<b>&lt;|~~#1@me!', '\\<b\\>\\&lt;&#124;\\~\\~\\#1\\@me\\!'],
	['WWW.evil.example', 'WWW\\.evil.example'],
	['a\nb\u001B', 'a�b�'],
	['$x$ \\', '\\$x\\$ \\\\'],
])('escapes %j', (text, expected) => {
	expect(escapeMarkdown(text)).toBe(expected);
});

test.each([
	['plain', '`plain`'],
	['a`b', '``a`b``'],
	['`a', '`` `a ``'],
	['a|b', 'a&#124;b'],
	['`\\|', '\\`\\\\&#124;'],
	['@me #1 <b>', '`@me #1 <b>`'],
	['', '`  `'],
	['a\nb', '`a�b`'],
])('code of %j', (name, expected) => {
	expect(code(name)).toBe(expected);
});
