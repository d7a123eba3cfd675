import {expect, test} from 'vitest';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import {logOf, readLines} from '../reading.js';

const read = (lines: readonly unknown[]) => {
	expect(usageLines.recognise(Buffer.from(logOf(lines)))).toBe(true);
	const {requests, session, tally} = readLines(usageLines, lines);
	expect(requests).toEqual([]);
	return {sums: session.sums, tally};
};

const openAi = (model: string | null, input: number, cached: number, requests: number) => ({
	object: 'organization.usage.completions.result',
	input_tokens: input,
	output_tokens: 500,
	input_cached_tokens: cached,
	input_audio_tokens: 0,
	num_model_requests: requests,
	project_id: null,
	model,
});
const bucket = (day: number, ...results: readonly unknown[]) => ({
	object: 'bucket',
	start_time: day * 86_400,
	end_time: (day + 1) * 86_400,
	results,
});
const page = (...data: readonly unknown[]) => ({object: 'page', data, has_more: false, next_page: null});

test('a page of OpenAI’s usage holds sums by model', () => {
	const log = [page(bucket(1, openAi('gpt-5.1', 1000, 800, 5)), bucket(2, openAi('gpt-5.1', 10, 0, 1)), bucket(3))];
	const expected = [
		{
			id: 'gpt-5.1',
			requests: 6,
			tokens: {uncached: 210, cacheRead: 800, cacheWrite5m: 0, cacheWrite1h: 0, output: 1000},
		},
	];
	expect(read(log).sums).toMatchObject(expected);
	expect(read([JSON.stringify(log[0], null, 2)]).sums).toMatchObject(expected);
	expect(read([{level: 'info', body: log[0]}]).sums).toMatchObject(expected);
});

test('a page that is fetched again adds nothing, another one does', () => {
	const one = page(bucket(1, openAi(null, 1000, 800, 5)));
	const {sums, tally} = read([one, one, page(bucket(2, openAi(null, 1000, 800, 5)))]);
	expect(sums).toMatchObject([{id: '', requests: 10, tokens: {uncached: 400, cacheRead: 1600}}]);
	expect(tally).toMatchObject({outcomes: 2, repeats: 1});
});

test('Anthropic’s reports: of messages, and of Claude Code', () => {
	const result = {
		uncached_input_tokens: 1500,
		cache_creation: {ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500},
		cache_read_input_tokens: 200,
		output_tokens: 500,
		model: 'claude-sonnet-4-5',
	};
	const messages = {
		data: [{starting_at: '2026-11-01T00:00:00Z', ending_at: '2026-11-02T00:00:00Z', results: [result]}],
	};
	const tokens = {uncached: 1500, cacheRead: 200, cacheWrite5m: 500, cacheWrite1h: 1000, output: 500};
	expect(read([messages]).sums).toMatchObject([{id: 'claude-sonnet-4-5', requests: undefined, tokens}]);
	expect(read([result]).sums).toMatchObject([{tokens}]);
	const model = {
		model: 'claude-opus-4-8',
		tokens: {input: 100, output: 35, cache_read: 10, cache_creation: 5},
		estimated_cost: {currency: 'USD', amount: 1025},
	};
	const claudeCode = {data: [{date: '2026-11-01T00:00:00Z', actor: {}, model_breakdown: [model]}], has_more: false};
	expect(read([claudeCode]).sums).toMatchObject([
		{id: 'claude-opus-4-8', tokens: {uncached: 100, cacheRead: 10, cacheWrite5m: 5, cacheWrite1h: 0, output: 35}},
	]);
});

test('equal entries of two users are counted apart', () => {
	const entry = (email_address: string) => ({
		date: '2026-11-01T00:00:00Z',
		actor: {type: 'user_actor', email_address},
		model_breakdown: [
			{
				model: 'claude-opus-4-8',
				tokens: {input: 100, output: 35, cache_read: 10, cache_creation: 5},
				estimated_cost: {},
			},
		],
	});
	const two = {data: [entry('a@example.com'), entry('b@example.com')], has_more: false};
	expect(read([two, two]).sums).toMatchObject([{tokens: {uncached: 200, cacheRead: 20, output: 70}}]);
});

test('what is no count is in no sum', () => {
	const written = {ephemeral_5m_input_tokens: -500, ephemeral_1h_input_tokens: 1e15};
	const result = {uncached_input_tokens: 10, cache_creation: written, cache_read_input_tokens: 200, output_tokens: 5};
	expect(read([result]).sums).toMatchObject([
		{tokens: {uncached: 10, cacheRead: 200, cacheWrite5m: 0, cacheWrite1h: 0}},
	]);
	expect(read([page(bucket(1, openAi('gpt-5.1', 1000, 800, -5)))]).sums).toMatchObject([{requests: undefined}]);
});

test('calls beside a page are read', () => {
	const usage = {input_tokens: 10, cache_read_input_tokens: 9000, output_tokens: 5};
	const lines = [page(bucket(1, openAi(null, 1000, 800, 5))), {time: '2026-11-27T10:00:00Z', usage}];
	expect(readLines(usageLines, lines).requests).toHaveLength(1);
});

test('a call with an estimated cost of its own is no entry of Claude Code’s analytics', () => {
	const line = {
		time: '2026-11-27T10:00:00Z',
		estimated_cost: 0.1,
		tokens: {input: 10, cache_read: 9000, cache_creation: 500, output: 50},
	};
	const {requests, session} = readLines(usageLines, [line]);
	expect(requests).toMatchObject([{usage: {uncached: 10, cacheRead: 9000, output: 50}}]);
	expect(session.sums).toEqual([]);
});

test('prices by the names of counts are no call', () => {
	const pricing = {input_tokens: 3, cache_read_input_tokens: 1, output_tokens: 15};
	expect(readLines(usageLines, [{model: 'claude-sonnet-4-5', pricing}]).requests).toEqual([]);
});
