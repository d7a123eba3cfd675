import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {comparisonOf} from '../../../source/output/comparison/comparison.js';
import {toHtml} from '../../../source/output/html/html.js';
import {toJson} from '../../../source/output/json/json.js';
import {toMarkdown} from '../../../source/output/markdown/markdown.js';
import {toText} from '../../../source/output/text/text.js';
import {reportOf} from '../../support/recount.js';
import {block, hour, measured, planned, reportFor, testNow, testWindow} from '../../support/requests.js';
import {contextOf} from '../context.js';

const at = (minutes: number) => testNow - hour + minutes * 60_000;
const opus = {model: 'claude-opus-4-5', thread: 'thread-o'};
/** Sonnet: a write, and a read of it. Opus: a write, a read, and a prefix that changed: 20,000 tokens for a second time. */
const requests = [
	measured({cacheWrite5m: 20_000}, {time: at(0)}),
	measured({cacheRead: 20_000, cacheWrite5m: 1000}, {time: at(1)}),
	measured({cacheWrite5m: 20_000}, {...opus, time: at(2)}),
	measured({cacheRead: 20_000, cacheWrite5m: 1000}, {...opus, time: at(3)}),
	measured({cacheWrite5m: 21_000}, {...opus, time: at(4)}),
];
const ofModel = (model: string) => reportOf(requests, testWindow, priceList(), testNow, {filter: {model}});
const report = ofModel('opus');
const against = ofModel('sonnet');

test('figures of both sides, and what changed', () => {
	const {head, more, names, against: what, note} = comparisonOf(report, against, 'UTC');
	const row = (label: string) => [...head, ...more].find(found => found.label === label);
	expect(names).toEqual(['sonnet', 'opus']);
	expect(what).toContain('model with "sonnet"');
	expect(note).toBeUndefined();
	expect(row('Hit rate')).toEqual({
		label: 'Hit rate',
		before: '50.0 %',
		now: '33.3 %',
		change: '▼ 16.7 points',
		isBetter: false,
	});
	expect(row('Requests')).toEqual({label: 'Requests', before: '2', now: '3', change: '▲ 1', isBetter: undefined});
	expect(row('Tokens read')).toEqual({
		label: 'Tokens read',
		before: '20.0 k',
		now: '20.0 k',
		change: '',
		isBetter: undefined,
	});
	expect(row('Breaks')).toMatchObject({before: '0', now: '1', isBetter: false});
});

test('causes that one side alone has', () => {
	// 21,000 tokens held, paid again at $6.25 instead of $0.50 a million.
	const cause = {label: 'Prefix changed', before: 'none', now: '$0.12 in 1', change: '▲ $0.12', isBetter: false};
	expect(comparisonOf(report, against, 'UTC').causes).toEqual([cause]);
	expect(comparisonOf(against, report, 'UTC').causes).toEqual([
		{...cause, before: cause.now, now: 'none', change: '▼ $0.12', isBetter: true},
	]);
	expect(comparisonOf(against, against, 'UTC').causes).toEqual([]);
});

test('a range that was chosen is named by its ends', () => {
	const {from} = testWindow;
	const range = {from: from - hour, to: from, name: 'custom'};
	const {against: what, names} = comparisonOf(report, reportFor([], range), 'UTC');
	expect(what).toBe('21 Nov 2026 08:12 to 21 Nov 2026 09:12 (UTC)');
	expect(names[0]).not.toBe('custom');
	const whole = reportFor(requests);
	expect(comparisonOf(whole, reportFor([], range), 'UTC').names).toEqual(['other', '24h']);
});

test('says where two sides compare badly', () => {
	const plans = reportFor([planned([block(1, 5000)], {time: at(0)})]);
	expect(comparisonOf(report, plans, 'UTC').note).toMatch(/measured.*planned/);
	expect(comparisonOf(report, ofModel('gpt'), 'UTC').note).toBe('It has no requests.');
	const longer = {...against, window: {...testWindow, from: testWindow.from - hour}};
	expect(comparisonOf(report, longer, 'UTC').note).toMatch(/not equally long/);
});

test('what was not measured is n/a, or left out where neither side knows it', () => {
	const plans = reportFor([planned([block(1, 5000)], {time: at(0)})]);
	const labels = (one: typeof report, other: typeof report) => comparisonOf(one, other, 'UTC').more;
	expect(labels(report, plans).find(({label}) => label === 'Breaks')).toMatchObject({
		before: 'n/a',
		now: '1',
		change: '',
	});
	expect(labels(plans, plans).some(({label}) => label === 'Breaks')).toBe(false);
});

test('every rendering says the same', () => {
	const context = contextOf({against});
	const plain = {
		text: toText(report, context),
		Markdown: toMarkdown(report, context).replaceAll('|', ' '),
		HTML: toHtml(report, context).replace(/<[^>]+>/g, ' '),
	};
	for (const [name, document] of Object.entries(plain)) {
		const words = document.replace(/\s+/g, ' ');
		expect(words, name).toMatch(/comparison/i);
		expect(words, name).toContain('Hit rate 50.0 % 33.3 % ▼ 16.7 points');
		expect(words, name).toContain('Prefix changed none $0.12 in 1 ▲ $0.12');
	}
	expect(toJson(report, context).comparison).toMatchObject({
		filter: {model: 'sonnet'},
		total_events: 2,
		hit_rate: 50,
		breaks: {total: 0},
	});
	expect(toJson(report, contextOf()).comparison).toBeNull();
	expect(toText(report, contextOf())).not.toMatch(/comparison/i);
});
