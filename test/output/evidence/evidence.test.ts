import {describe, expect, test} from 'vitest';
import {toHtml} from '../../../source/output/html/html.js';
import {toJson} from '../../../source/output/json/json.js';
import {toMarkdown} from '../../../source/output/markdown/markdown.js';
import {toText} from '../../../source/output/text/text.js';
import type {Request} from '../../../source/request.js';
import {hour, measured, reportFor, testNow} from '../../support/requests.js';
import {contextOf} from '../context.js';

/** Three breaks that stop at 19,923 tokens, each after a command whose name is hostile, among 12 requests. */
const requests: readonly Request[] = Array.from({length: 12}, (_, index) => {
	const breaks = [4, 6, 8].includes(index);
	const read = index === 0 ? 0 : breaks ? 19_923 : 60_000;
	return measured(
		{uncached: 10, cacheRead: read, cacheWrite1h: 60_000 - read},
		{
			time: testNow - 20 * hour + index * 60_000,
			project: '/srv/shop',
			events: breaks ? [{kind: 'slash command', detail: '/<b>|\u001b[2J'}] : [],
		},
	);
});
const report = reportFor(requests);
const words = 'Stopped at 19,923 tokens in 3 of 3 breaks of project';

describe('suspects and what survived', () => {
	test('are in the text, harmless', () => {
		const text = toText(report, contextOf());
		expect(text).toContain('4.0×  slash command /<b>|�[2J: 3 of the 3 requests after it broke');
		expect(text).toContain(`${words} /srv/shop.`);
		expect(text).not.toContain('\u001b');
	});

	test('are in 7-bit text', () => {
		const text = toText(report, contextOf(), {ascii: true});
		expect(text).toContain('4.0x');
		expect(text).toMatch(/^[\n\x20-\x7E]*$/);
	});

	test('are in Markdown that shows names literally', () => {
		const markdown = toMarkdown(report, contextOf());
		expect(markdown).toContain('| slash command /\\<b\\>&#124;�\\[2J | 3 | 3 | 4.0× |');
		expect(markdown).toContain(`- ${words} \`/srv/shop\``);
	});

	test('are in the page, escaped', () => {
		const page = toHtml(report, contextOf());
		expect(page).toContain('slash command /&lt;b&gt;|�[2J');
		expect(page).toContain(`${words} /srv/shop.`);
	});

	test('are in the JSON, of the window and of each break', () => {
		const {breaks, cache_events} = toJson(report, contextOf());
		const event = {kind: 'slash command', detail: '/<b>|\u001b[2J'};
		expect(breaks.by_suspect).toEqual([{...event, breaks: 3, requests: 3, lift: 4, lost_cost: expect.any(Number)}]);
		expect(breaks.survived).toEqual([{cluster: 'project', name: '/srv/shop', read: 19_923, breaks: 3, of: 3}]);
		expect(breaks.looked_at).toEqual({breaks: 3, requests: 12});
		expect(cache_events?.map(({suspects}) => suspects)).toEqual(
			requests.map((_, index) => ([4, 6, 8].includes(index) ? [event] : null)),
		);
	});

	test('are nowhere where nothing broke', () => {
		const calm = reportFor(requests.slice(0, 4));
		expect(toText(calm, contextOf())).not.toMatch(/happened before|survived/i);
		expect(toMarkdown(calm, contextOf())).not.toMatch(/happened before|survived/i);
		expect(toJson(calm, contextOf()).breaks).toMatchObject({by_suspect: [], survived: []});
	});
});
