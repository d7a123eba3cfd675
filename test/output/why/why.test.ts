import {describe, expect, test} from 'vitest';
import {toWhyJson} from '../../../source/output/why/json.js';
import {whyMarkdown} from '../../../source/output/why/markdown.js';
import {whyText} from '../../../source/output/why/text.js';
import type {Request, ThreadEvent} from '../../../source/request.js';
import {hour, measured, planned, reportFor, testNow} from '../../support/requests.js';
import {contextOf} from '../context.js';

/** One thread of secret names that reads 60,000 tokens each minute, but for the breaks: minute → tokens read, events. */
const threadWith = (
	breaks: Readonly<Record<number, readonly [read: number, events: readonly ThreadEvent[]]>>,
	told: Partial<Request> = {},
): readonly Request[] =>
	Array.from({length: 16}, (_, minute) => {
		const [read, events] = breaks[minute] ?? [minute === 0 ? 0 : 60_000, []];
		return measured(
			{uncached: 10, cacheRead: read, cacheWrite1h: 60_000 - read},
			{
				id: `secret-id-${minute}`,
				time: testNow - 20 * hour + minute * 60_000,
				thread: 'secret-thread',
				project: '/home/secret/project',
				branch: 'secret-branch',
				source: 'secret.log',
				line: 1000 + minute,
				host: 'secret-host',
				client: 'claude-code 2.1.42',
				events,
				...told,
			},
		);
	});
const tools: ThreadEvent = {kind: 'tools', detail: '+mcp__secret__query'};
const breaks = {
	4: [19_923, [tools]],
	6: [30_000, [tools, {kind: 'slash command', detail: '/mcp'}]],
	8: [19_923, [tools, {kind: 'slash command', detail: '/secret-deploy'}]],
	9: [19_923, [{kind: 'client version', detail: '2.1.41 to 2.1.42'}]],
} as const;
const report = reportFor(threadWith(breaks));

describe('the most expensive breaks', () => {
	test('come first, with what was seen and what happened before them', () => {
		const text = whyText(report, contextOf());
		const lost = [...text.matchAll(/for ([\d.]+ k) tokens/g)].map(([, tokens]) => tokens);
		expect(lost).toEqual(['150.2 k', '40.1 k', '40.1 k', '40.1 k', '30.0 k']);
		expect(text).toContain('4 breaks lost');
		expect(text).toContain('Read 30,000 tokens with claude-sonnet-4-5, sent by claude-code 2.1.42.');
		expect(text).toContain('secret.log:1006, branch secret-branch\n');
		expect(text).toMatch(/Before it: tools \+mcp__secret__query, slash command \/mcp\./);
		expect(text).toMatch(/Stopped at 19,923 tokens in 3 of 4 breaks of client claude-code 2\.1\.42/);
	});

	test('are ten', () => {
		const many = Object.fromEntries(
			[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(minute => [minute, [20_000, []] as const]),
		);
		const found = reportFor(threadWith(many));
		expect(whyText(found, contextOf())).toContain('THE 10 MOST EXPENSIVE BREAKS');
		expect(toWhyJson(found, contextOf()).most_expensive).toHaveLength(10);
	});

	test('are data as well', () => {
		const {most_expensive, breaks: all} = toWhyJson(report, contextOf());
		expect(all).toMatchObject({total: 4, survived: [{read: 19_923, breaks: 3, of: 4}]});
		expect(most_expensive.at(-1)).toMatchObject({
			id: 'secret-id-6',
			thread: 'secret-thread',
			branch: 'secret-branch',
			source: 'secret.log',
			line: 1006,
			cache_read: 30_000,
			suspects: [tools, {kind: 'slash command', detail: '/mcp'}],
		});
	});

	test('are none, or not known', () => {
		expect(whyText(reportFor(threadWith({})), contextOf())).toContain('No breaks');
		expect(whyText(reportFor([planned([])]), contextOf())).toContain('Not known: the log has no usage.');
		expect(whyText(reportFor([measured({cacheRead: 1}, {thread: undefined})]), contextOf())).toContain(
			'Not known: the log does not name threads.',
		);
	});

	test('are not spoken of where no request is in the window, or none matches the filter', () => {
		const none = reportFor([]);
		expect(whyText(none, contextOf())).toContain('No requests in this window.');
		expect(whyText({...none, filter: {project: 'web'}}, contextOf())).toContain(
			'No requests in this window match the filter.',
		);
	});
});

describe('what is shared', () => {
	const markdown = whyMarkdown(report);

	test('holds no name, path or id', () => {
		expect(markdown).not.toMatch(/secret|home|100\d/);
	});

	test('holds what the client itself names', () => {
		expect(markdown).toContain('slash command /mcp');
		expect(markdown).toContain('client version 2.1.41 to 2.1.42');
		expect(markdown).toContain('claude-sonnet-4-5 | claude-code 2.1.42');
		expect(markdown).toContain('- Stopped at 19,923 tokens in 3 of 4 breaks of claude-code 2.1.42');
	});

	test.each([
		['a model of somebody’s own', {model: 'secret-deployment'}],
		['an account in a model’s name', {model: 'arn:aws:bedrock:us-east-1:123456789012:secret/claude-secret:0'}],
		['a client of somebody’s own', {client: 'Secret Agent (secret.example.com)'}],
		['a reason that quotes', {missReason: 'prompt /home/secret changed'}],
	])('leaves out %s', (_, told) => {
		expect(whyMarkdown(reportFor(threadWith(breaks, told)))).not.toMatch(/secret(?!ly)|123456789012/i);
	});

	test('leaves out where a request went', () => {
		const requests = threadWith(breaks).map((request, index) => ({
			...request,
			provider: `https://secret-${index}.example.com`,
		}));
		expect(whyMarkdown(reportFor(requests))).not.toContain('secret');
	});
});
