import {expect, test} from 'vitest';
import {toHtml} from '../../../source/output/html/html.js';
import {html} from '../../../source/output/html/markup.js';
import type {Request} from '../../../source/request.js';
import {hour, measured, measuredDay, reportFor, testNow, testWindow, workedExample} from '../../support/requests.js';
import {contextOf, reading} from '../context.js';

const pageOf = (requests: readonly Request[], context = contextOf(), window = testWindow) =>
	toHtml(reportFor(requests, window), context);

const entity = /&(?:amp|lt|gt|quot|#39);/g;

/** Names of the elements of a page that is well-formed as XML is; throws where it is not. */
const elementsOf = (page: string): readonly string[] => {
	const names: string[] = [];
	const open: string[] = [];
	let rest = page.replace(/^<!DOCTYPE html>\n/, '').replace(/<style>[^<]*<\/style>/, '<style></style>');
	while (rest !== '') {
		const [text = ''] = /^[^<]*/.exec(rest) ?? [];
		expect(text.replace(entity, '')).not.toMatch(/[&>]/);
		rest = rest.slice(text.length);
		const tag = /^<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)(\/?)>/.exec(rest);
		if (rest === '') {
			break;
		}
		if (!tag) {
			throw new Error(`no tag: ${rest.slice(0, 80)}`);
		}
		const [whole, isEnd, name = '', attributes = '', isEmpty] = tag;
		expect(attributes.replace(entity, '')).not.toMatch(/&/);
		if (isEnd) {
			expect(open.pop()).toBe(name);
		} else {
			names.push(name);
			if (!isEmpty) {
				open.push(name);
			}
		}
		rest = rest.slice(whole.length);
	}
	expect(open).toEqual([]);
	return names;
};

/** What a reader reads. */
const textOf = (page: string): string =>
	page
		.replace(/<style>[^<]*<\/style>/, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&#39;/g, "'")
		.replace(/\s+/g, ' ');

test('the worked example', () => {
	const page = pageOf(workedExample());
	elementsOf(page);
	const text = textOf(page);
	for (const words of [
		'Prompt cache report',
		'Window: 24h, 21 Nov 2026 09:12 to 22 Nov 2026 09:12 (UTC)',
		'Hit rate 84.0 % Excellent',
		'Net savings $141.75',
		'Requests 1,250',
		'Priced as Claude Sonnet, assumed.',
	]) {
		expect(text).toContain(words);
	}
	expect(text).toContain('No comparison: there is no data for the window before');
	expect(text).not.toContain('Why cache was lost');
});

test('a measured day: changes, charts, causes, advice, models', () => {
	const page = pageOf(measuredDay());
	const names = elementsOf(page);
	expect(names.filter(name => name === 'svg')).toHaveLength(4);
	expect(names).toEqual(expect.arrayContaining(['polyline', 'rect', 'table', 'ol']));
	const text = textOf(page);
	expect(text).toMatch(/Hit rate 100\.0 % 42\.9 % ▼ 57\.1 points/);
	expect(text).toMatch(/Lost to breaks \$0\.00 \$0\.23 ▲ \$0\.23/);
	expect(text).toContain('Reason reported $0.15: 26.0 k tokens, 1 break');
	expect(text).toContain('Expired $0.08: 24.0 k tokens, 1 break');
	expect(text).toMatch(/What to do .*Warning: The hit rate is 42\.9 %/);
	expect(text).toMatch(/house-model 1 100\.0 % 90\.0 % n\/a n\/a \$0\.00/);
	expect(page).toMatch(/<span class="bad">▼ 57\.1 points/);
});

test('it loads nothing and runs nothing', () => {
	const page = pageOf(measuredDay());
	expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	expect(elementsOf(page)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(script|img|link|iframe|a)$/)]));
	expect(page).not.toMatch(/https?:|url\(|@import/);
	expect(page).toMatch(/prefers-color-scheme: dark/);
	expect(page).toMatch(/@media print/);
});

const hostile = [
	'<script>alert(1)</script>',
	'"onmouseover="alert(1)',
	"'><img src=x onerror=alert(1)>",
	'</style></title></svg>',
	'&lt;b&gt;&amp;',
	'a\u001B[31mb\u202Ec\u0000',
	']]>-->',
];

test('names from logs are text, wherever they stand', () => {
	const requests = hostile.flatMap(name => [
		measured({cacheRead: 10}, {model: name, project: name, thread: name, source: name, missReason: name}),
		measured({uncached: 9}, {model: name, project: name, thread: name}),
	]);
	const problems = hostile.map(name => ({kind: 'missing' as const, name, message: `${name} is missing.`, count: 2}));
	const tame = ['script', 'img', 'b'];
	for (const groupBy of ['thread', 'project', 'source'] as const) {
		const context = contextOf({groupBy, problems, readings: hostile.map(name => reading(name))});
		const page = pageOf(requests, context);
		expect(elementsOf(page).filter(name => tame.includes(name))).toEqual([]);
		expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(page).not.toMatch(/[\u0000\u001B\u202E]/);
	}
	const filtered = {...reportFor(requests), filter: {model: '<b>'}};
	expect(elementsOf(toHtml(filtered, contextOf()))).not.toContain('b');
});

test('an empty window says so', () => {
	const page = pageOf([]);
	elementsOf(page);
	expect(textOf(page)).toContain('No requests in this window.');
	expect(page).not.toContain('<svg');
	expect(textOf(toHtml({...reportFor([]), filter: {model: 'x'}}, contextOf()))).toContain('match the filter');
});

/** Every number that places something in a chart. */
const coordinatesOf = (page: string): readonly number[] =>
	[...page.matchAll(/ (?:x1?|x2|y1?|y2|cx|cy|width|height|points)="([^"=]*)"/g)]
		.map(([, value = '']) => value)
		.filter(value => /^-?[\dN]/.test(value))
		.flatMap(value => value.split(/[ ,]/).map(Number));

test.each([
	['a loss alone', [measured({cacheWrite5m: 1_000_000})]],
	['one request', [measured({cacheRead: 1_000_000})]],
	['no price', [measured({cacheRead: 5}, {model: 'x'}), measured({uncached: 9000}, {model: 'x'})]],
	[
		'unpriced breaks',
		[0, 1, 2].map(index =>
			measured(index === 0 ? {cacheWrite5m: 90_000} : {uncached: 90_000}, {model: 'x', time: testNow - hour + index}),
		),
	],
	[
		'a month',
		Array.from({length: 60}, (_, index) => measured({cacheRead: index}, {time: testNow - 1 - index * 12 * hour})),
	],
])('charts stay in their frame: %s', (_, requests) => {
	for (const length of [24 * hour, 30 * 24 * hour, 1]) {
		const page = pageOf(requests, contextOf(), {from: testNow - hour - length + 1, to: testNow, name: 'custom'});
		elementsOf(page);
		const coordinates = coordinatesOf(page);
		expect(coordinates.length).toBeGreaterThan(10);
		for (const coordinate of coordinates) {
			expect(coordinate).toBeGreaterThanOrEqual(0);
			expect(coordinate).toBeLessThanOrEqual(720);
		}
	}
});

test('a pause is a gap in the line, not a zero, in the chart for a page and in that for a phone', () => {
	const at = (hours: number) => measured({cacheRead: 9}, {time: testNow - hours * hour});
	const page = pageOf([at(20), at(19.5), at(10), at(3), at(2.5), at(2)]);
	expect(page.match(/<circle class="first-dot"/g)).toHaveLength(2);
	expect(page.match(/<polyline class="first"/g)).toHaveLength(4);
});

test('a template escapes what is put in, once', () => {
	const inner = html`<b>${'<&>'}</b>`;
	expect(html`<p title="${'"\''}">${[inner, ['x', 1]]}${undefined}</p>`.text).toBe(
		'<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b>x1</p>',
	);
});
