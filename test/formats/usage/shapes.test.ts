import {expect, test} from 'vitest';
import {View} from '../../../source/formats/json/view.js';
import {settle} from '../../../source/formats/usage/counts.js';
import {findUsage} from '../../../source/formats/usage/find-usage.js';
import {usageNeedles} from '../../../source/formats/usage/shapes/needles.js';
import {readUsage, shapes} from '../../../source/formats/usage/shapes/table.js';

type Tokens = readonly [uncached: number, read: number, write5m: number, write1h: number, output: number];
type Example = {readonly usage: object; readonly tokens: Tokens; readonly model?: string; readonly name?: string};

const claude = 'claude-sonnet-4-5';
const unknown: Tokens = [9510, 0, 0, 0, 50];
const all: Tokens = [10, 9000, 500, 0, 50];
const read: Tokens = [510, 9000, 0, 0, 50];

/** One for each row of the table, as its writer writes it. */
const examples: Readonly<Record<string, readonly Example[]>> = {
	OpenTelemetry: [
		{
			usage: {
				'gen_ai.usage.input_tokens': 9510,
				'gen_ai.usage.input_tokens.cache_read': 9000,
				'gen_ai.usage.input_tokens.cache_creation': 500,
				'gen_ai.usage.output_tokens': 50,
			},
			tokens: all,
		},
		{
			usage: {
				'gen_ai.usage.input_tokens': 9510,
				'gen_ai.usage.cached_tokens': 9000,
				'gen_ai.usage.output_tokens': 50,
			},
			tokens: read,
		},
		{
			usage: {
				'gen_ai.usage.input_tokens': 9510,
				'gen_ai.usage.cache_read.input_tokens': 9000,
				'gen_ai.usage.cache_creation.input_tokens': 500,
				'gen_ai.usage.output_tokens': 50,
			},
			tokens: all,
		},
		{
			usage: {
				gen_ai: {
					usage: {
						input_tokens: 10,
						output_tokens: 50,
						cache_read: {input_tokens: 9000},
						cache_creation: {input_tokens: 500},
					},
				},
			},
			tokens: all,
		},
	],
	OpenInference: [
		{
			usage: {
				'llm.token_count.prompt': 10,
				'llm.token_count.completion': 50,
				'llm.token_count.total': 9560,
				'llm.token_count.prompt_details.cache_read': 9000,
				'llm.token_count.prompt_details.cache_write': 500,
			},
			tokens: all,
		},
	],
	'AI SDK span': [
		{
			usage: {'ai.usage.inputTokens': 9510, 'ai.usage.outputTokens': 50, 'ai.usage.cachedInputTokens': 9000},
			tokens: read,
			model: 'gemini-2.5-pro',
		},
	],
	'Codex telemetry': [
		{
			usage: {
				input_token_count: '9510',
				cached_token_count: '9000',
				output_token_count: '50',
				reasoning_token_count: '20',
				tool_token_count: '9560',
			},
			tokens: read,
		},
	],
	RubyLLM: [
		{usage: {input_tokens: 9510, cached_tokens: 9000, output_tokens: 50}, tokens: read, model: 'command-a'},
		{
			usage: {input_tokens: 10, output_tokens: 50, cached_tokens: 9000, cache_creation_tokens: 500},
			tokens: all,
			model: claude,
		},
		{
			usage: {input_tokens: 9510, output_tokens: 50, cached_tokens: 9000, cache_creation_tokens: 0},
			tokens: read,
			model: 'gpt-5',
		},
	],
	'LangChain4j, OpenAI': [
		{
			usage: {inputTokenCount: 9510, outputTokenCount: 50, inputTokensDetails: {cachedTokens: 9000}},
			tokens: read,
		},
	],
	'New API': [
		{
			usage: {
				prompt_tokens: 10,
				completion_tokens: 50,
				other: '{"claude":true,"cache_tokens":9000,"cache_creation_tokens":500}',
			},
			tokens: all,
			model: claude,
		},
		{
			usage: {
				prompt_tokens: 10,
				completion_tokens: 50,
				other: '{"cache_tokens":9000,"cache_creation_tokens_5m":300,"cache_creation_tokens_1h":200}',
			},
			tokens: [10, 9000, 300, 200, 50],
			model: claude,
		},
		{
			usage: {prompt_tokens: 9510, completion_tokens: 50, other: '{"cache_tokens":9000,"cache_ratio":0.1}'},
			tokens: read,
			model: 'gpt-5',
		},
	],
	'Envoy AI Gateway': [
		{
			usage: {input_token: 9510, cached_input_token: 9000, cache_creation_input_token: 500, output_token: 50},
			tokens: all,
		},
	],
	'tokens in and out': [
		{usage: {tokens_in: 9510, tokens_out: 50}, tokens: unknown},
		{usage: {tokensIn: 10, tokensOut: 50, cacheReads: 9000, cacheWrites: 500}, tokens: all, model: claude},
	],
	Langfuse: [
		{
			usage: {input: 10, output: 50, cache_read_input_tokens: 9000, cache_creation_input_tokens: 500, total: 9560},
			tokens: all,
			name: 'usageDetails',
		},
		{
			usage: {input: 9510, output: 50, input_cached_tokens: 9000, total: 9560},
			tokens: read,
			name: 'usage_details',
		},
	],
	PostHog: [
		{
			usage: {
				$ai_input_tokens: 9510,
				$ai_output_tokens: 50,
				$ai_cache_read_input_tokens: 9000,
				$ai_cache_creation_input_tokens: 500,
				$ai_cache_reporting_exclusive: false,
			},
			tokens: all,
			model: claude,
		},
		{
			usage: {
				$ai_input_tokens: 10,
				$ai_output_tokens: 50,
				$ai_cache_read_input_tokens: 9000,
				$ai_cache_creation_input_tokens: 500,
			},
			tokens: all,
			model: claude,
		},
	],
	Gemini: [
		{
			usage: {
				promptTokenCount: 9000,
				toolUsePromptTokenCount: 510,
				cachedContentTokenCount: 9000,
				candidatesTokenCount: 40,
				thoughtsTokenCount: 10,
				totalTokenCount: 9560,
			},
			tokens: read,
		},
		{usage: {prompt_token_count: 9510, candidates_token_count: 50}, tokens: unknown},
	],
	'Gemini Interactions': [
		{
			usage: {total_input_tokens: 9510, total_cached_tokens: 9000, total_output_tokens: 40, total_thought_tokens: 10},
			tokens: read,
		},
	],
	'Gemini CLI telemetry': [
		{
			usage: {
				input_token_count: 9510,
				cached_content_token_count: 9000,
				output_token_count: 40,
				thoughts_token_count: 10,
				tool_token_count: 0,
			},
			tokens: read,
		},
	],
	'AI SDK 6, at the model': [
		{
			usage: {
				inputTokens: {total: 9510, noCache: 10, cacheRead: 9000, cacheWrite: 500},
				outputTokens: {total: 50, text: 30, reasoning: 20},
			},
			tokens: all,
			model: claude,
		},
	],
	'AI SDK 6': [
		{
			usage: {
				inputTokens: 9510,
				inputTokenDetails: {noCacheTokens: 10, cacheReadTokens: 9000, cacheWriteTokens: 500},
				outputTokens: 50,
				cachedInputTokens: 9000,
			},
			tokens: all,
			model: claude,
		},
	],
	LangChain: [
		{
			usage: {input_tokens: 9510, 'input_token_details.cache_read': 9000, output_tokens: 50, total_tokens: 9560},
			tokens: read,
		},
		{
			usage: {
				input_tokens: 9510,
				output_tokens: 50,
				input_token_details: {
					cache_read: 9000,
					cache_creation: 0,
					ephemeral_5m_input_tokens: 300,
					ephemeral_1h_input_tokens: 200,
				},
			},
			tokens: [10, 9000, 300, 200, 50],
		},
		{
			usage: {
				input_tokens: 510,
				output_tokens: 50,
				total_tokens: 9560,
				input_token_details: {cache_read: 9000, cache_creation: null},
			},
			tokens: read,
		},
	],
	'AI SDK 5': [
		{usage: {inputTokens: 510, outputTokens: 50, cachedInputTokens: 9000}, tokens: read, model: claude},
		{usage: {inputTokens: 9510, outputTokens: 50, cachedInputTokens: 9000}, tokens: read, model: 'gpt-5.1'},
	],
	'AI SDK 4': [
		{
			usage: {
				promptTokens: 10,
				completionTokens: 50,
				providerMetadata: {anthropic: {cacheReadInputTokens: 9000, cacheCreationInputTokens: 500}},
			},
			tokens: all,
			model: claude,
		},
	],
	'Pydantic AI': [
		{
			usage: {input_tokens: 9510, cache_read_tokens: 9000, cache_write_tokens: 500, output_tokens: 50},
			tokens: all,
		},
	],
	'Microsoft.Extensions.AI': [
		{
			usage: {InputTokenCount: 9510, OutputTokenCount: 50, TotalTokenCount: 9560, CachedInputTokenCount: 9000},
			tokens: read,
		},
	],
	'Bedrock invocation log': [
		{
			usage: {
				input: {inputTokenCount: 10, cacheReadInputTokenCount: 9000, cacheWriteInputTokenCount: 500},
				output: {outputTokenCount: 50},
			},
			tokens: all,
		},
	],
	'Bedrock Converse': [
		{
			usage: {
				inputTokens: 10,
				outputTokens: 50,
				totalTokens: 9560,
				cacheReadInputTokens: 9000,
				cacheWriteInputTokens: 500,
				cacheDetails: [
					{ttl: '5m', inputTokens: 300},
					{ttl: '1h', inputTokens: 200},
				],
			},
			tokens: [10, 9000, 300, 200, 50],
			model: claude,
		},
		{
			usage: {
				inputTokens: 510,
				outputTokens: 50,
				totalTokens: 1060,
				cacheReadInputTokens: 0,
				cacheWriteInputTokens: 500,
			},
			tokens: [10, 0, 500, 0, 50],
			model: 'openai.gpt-5.6',
		},
	],
	'Claude Code telemetry': [
		{
			usage: {input_tokens: '10', cache_read_tokens: '9000', cache_creation_tokens: '500', output_tokens: '50'},
			tokens: all,
		},
	],
	'Anthropic Messages': [
		{
			usage: {
				input_tokens: 10,
				output_tokens: 50,
				cached_tokens: 0,
				cache_read_input_tokens: 9000,
				cache_creation_input_tokens: 500,
			},
			tokens: all,
			model: 'glm-4.6',
		},
		{
			usage: {
				input_tokens: 10,
				cache_read_input_tokens: 9000,
				cache_creation_input_tokens: 500,
				cache_creation: {ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 200},
				output_tokens: 50,
			},
			tokens: [10, 9000, 300, 200, 50],
		},
		{
			usage: {InputTokens: 10, CacheReadInputTokens: '9,000', CacheCreationInputTokens: 500, OutputTokens: 50},
			tokens: all,
		},
	],
	DeepSeek: [
		{usage: {prompt_tokens: 9510, prompt_cache_hit_tokens: 9000, completion_tokens: 50}, tokens: read},
		{usage: {prompt_tokens: 9510, prompt_cache_miss_tokens: 510, completion_tokens: 50}, tokens: read},
	],
	Helicone: [
		{
			usage: {
				prompt_tokens: 10,
				completion_tokens: 50,
				prompt_cache_read_tokens: 9000,
				prompt_cache_write_tokens: 500,
				total_tokens: 9560,
			},
			tokens: all,
		},
	],
	LiteLLM: [
		{
			usage: {
				prompt_tokens: 10,
				completion_tokens: 50,
				total_tokens: 9560,
				cache_read_input_tokens: 9000,
				cache_creation_input_tokens: 500,
			},
			tokens: all,
		},
		{
			usage: {
				prompt_tokens: 9510,
				completion_tokens: 50,
				prompt_tokens_details: {cached_tokens: 0, cache_creation_token_details: {ephemeral_1h_input_tokens: 200}},
				cache_read_input_tokens: 9000,
				cache_creation_input_tokens: 500,
			},
			tokens: [10, 9000, 300, 200, 50],
		},
	],
	'Chat completions': [
		{usage: {prompt_tokens: 9510, cached_tokens: 9000, cache_write: 500}, tokens: [10, 9000, 500, 0, 0]},
		{usage: {prompt_tokens: 9510, cached_prompt_tokens: 9000, completion_tokens: 50}, tokens: read},
		{
			usage: {
				prompt_tokens: 9510,
				completion_tokens: 50,
				prompt_tokens_details: {cached_read_tokens: 9000, cached_write_tokens: 500},
			},
			tokens: all,
		},
		{
			usage: {
				prompt_tokens: 9510,
				completion_tokens: 50,
				total_tokens: 9560,
				prompt_token_details: {cache_read: 9000, cache_creation: 500},
			},
			tokens: all,
		},
		{
			usage: {
				prompt_tokens: 9510,
				completion_tokens: 50,
				prompt_tokens_details: {cached_tokens: 9000, cached_write_tokens: 500},
			},
			tokens: all,
		},
		{usage: {prompt_tokens: 9510, completion_tokens: 50, cached_tokens: 9000}, tokens: read},
		{
			usage: {
				prompt_tokens: 9510,
				completion_tokens: 50,
				prompt_tokens_details: {cached_tokens: 9000, cache_creation: {ephemeral_5m_input_tokens: 500}},
			},
			tokens: all,
		},
	],
	DashScope: [
		{
			usage: {
				input_tokens: 9510,
				output_tokens: 50,
				prompt_tokens_details: {cached_tokens: 9000, cache_creation_input_tokens: 500},
			},
			tokens: all,
		},
	],
	'OpenAI Responses': [
		{
			usage: {input_tokens: 9510, 'input_tokens_details.cached_tokens': 9000, output_tokens: 50},
			tokens: read,
		},
		{
			usage: {
				input_tokens: 9510,
				input_tokens_details: {cached_tokens: 9000, cache_write_tokens: 500},
				output_tokens: 50,
			},
			tokens: all,
		},
	],
	'OpenRouter generation': [
		{
			usage: {
				tokens_prompt: 6000,
				native_tokens_prompt: 9510,
				native_tokens_cached: 9000,
				native_tokens_completion: 50,
			},
			tokens: read,
		},
	],
	LangChain4j: [
		{
			usage: {inputTokenCount: 10, outputTokenCount: 50, cacheReadInputTokens: 9000, cacheCreationInputTokens: 500},
			tokens: all,
		},
	],
	'OpenAI Realtime': [
		{
			usage: {
				input_tokens: 9510,
				output_tokens: 50,
				total_tokens: 9560,
				input_token_details: {text_tokens: 9000, audio_tokens: 510, cached_tokens: 9000, cached_tokens_details: {}},
			},
			tokens: read,
		},
	],
	'Laravel AI SDK, Prism': [
		{
			usage: {promptTokens: 10, completionTokens: 50, cacheWriteInputTokens: 500, cacheReadInputTokens: 9000},
			tokens: all,
		},
		{
			usage: {
				prompt_tokens: 510,
				completion_tokens: 50,
				cache_write_input_tokens: 0,
				cache_read_input_tokens: 9000,
				reasoning_tokens: 0,
			},
			tokens: read,
			model: 'gpt-5.1',
		},
	],
	'OpenAI Agents SDK': [
		{
			usage: {
				requests: 2,
				inputTokens: 9510,
				outputTokens: 50,
				totalTokens: 9560,
				inputTokensDetails: [{cached_tokens: 4000}, {cached_tokens: 5000}],
			},
			tokens: read,
		},
	],
	llm: [
		{
			usage: {
				input_tokens: 10,
				output_tokens: 50,
				token_details: '{"cache_creation_input_tokens": 500, "cache_read_input_tokens": 9000}',
			},
			tokens: all,
			model: claude,
		},
		{
			usage: {input_tokens: 9510, output_tokens: 50, token_details: {prompt_tokens_details: {cached_tokens: 9000}}},
			tokens: read,
			model: 'gpt-5.1',
		},
	],
	Genkit: [
		{
			usage: {inputTokens: 9510, outputTokens: 40, thoughtsTokens: 10, totalTokens: 9560, cachedContentTokens: 9000},
			tokens: read,
		},
	],
	'llama.cpp': [
		{
			usage: {prompt_tokens: 9510, completion_tokens: 50, total_tokens: 9560, timings: {cache_n: 9000, prompt_n: 510}},
			tokens: read,
		},
	],
	Cohere: [
		{
			usage: {
				billed_units: {input_tokens: 500, output_tokens: 50},
				tokens: {input_tokens: 9510, output_tokens: 50},
				cached_tokens: 9000,
			},
			tokens: read,
		},
	],
	'Bedrock headers': [
		{
			usage: {
				'x-amzn-bedrock-input-token-count': '10',
				'x-amzn-bedrock-output-token-count': '50',
				'x-amzn-bedrock-cache-read-input-token-count': '9000',
				'x-amzn-bedrock-cache-write-input-token-count': '500',
			},
			tokens: all,
		},
	],
	'short names': [
		{usage: {input: 10, output: 50, cache_read: 9000, cache_write: 500}, tokens: all, model: claude, name: 'tokens'},
		{usage: {input: 9510, output: 50, cached: 9000}, tokens: read, model: 'gpt-5', name: 'token_usage'},
	],
	'input tokens and what the cache did': [
		{usage: {input_tokens: 10, output_tokens: 50, cache_read: 9000, cache_write: 500}, tokens: all, model: claude},
		{usage: {input_tokens: 10, output_tokens: 50, cache: {read: 9000, write: 500}}, tokens: all, model: claude},
		{usage: {input_tokens: 9510, output_tokens: 50, total_tokens: 9560, cache_read: 9000}, tokens: read, model: claude},
		{
			usage: {input_tokens: 10, input_tokens_cache_read: 9000, output_tokens: 50},
			tokens: [10, 9000, 0, 0, 50],
			model: claude,
		},
	],
	'input and output tokens': [{usage: {input_tokens: 9510, output_tokens: 50}, tokens: unknown}],
	'input and output token counts': [{usage: {InputTokenCount: 9510, OutputTokenCount: 50}, tokens: unknown}],
};

const flat = shapes.flatMap(({name}) => (examples[name] ?? []).map(example => [name, example] as const));

test('every shape of the table has an example', () => {
	expect(shapes.filter(({name}) => examples[name] === undefined).map(({name}) => name)).toEqual([]);
});

test.each(flat)('%s', (shape, {usage, tokens, model, name = 'usage'}) => {
	const found = readUsage(new View(usage as Readonly<Record<string, unknown>>), name);
	expect(found?.shape.name).toBe(shape);
	const counts = found?.counts as NonNullable<typeof found>['counts'];
	const settled = settle(counts, {model, time: Date.UTC(2026, 10, 27), promptTokens: undefined});
	const {uncached, cacheRead, cacheWrite5m, cacheWrite1h, output} = settled;
	expect([uncached, cacheRead, cacheWrite5m, cacheWrite1h, output]).toEqual(tokens);
});

test.each(flat)(
	'a line with a usage of %s holds a needle, and the usage is found in it',
	(shape, {usage, name = 'usage'}) => {
		const line = {level: 'info', ctx: {llm: {[name]: usage}}};
		const text = JSON.stringify(line);
		expect(usageNeedles().some(needle => new RegExp(needle).test(text))).toBe(true);
		expect(findUsage(line)?.shape.name).toBe(shape);
	},
);

// Such lines are most of a log; each that matched would be decoded.
test.each([
	'Block 1: Cached system prompt (1,234 tokens)',
	'Applied max_tokens: 4096',
	'CACHE WRITE: 5120 tokens stored for future use',
	'token refreshed for user 12',
])('%s: no needle of usage is in a line about tokens alone', text => {
	expect(usageNeedles().filter(needle => new RegExp(needle).test(text))).toEqual([]);
});

test.each([-5, [3], {}, 'many', 1e13, Number.POSITIVE_INFINITY])('reads of %j are unknown, not zero', read => {
	const isUnknown = (usage: Readonly<Record<string, unknown>>) => readUsage(new View(usage))?.counts.cacheUnknown;
	expect(isUnknown({input_tokens: 1, output_tokens: 1, cache_read_input_tokens: read})).toBe(true);
	expect(isUnknown({prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: {cached_tokens: read}})).toBe(true);
	expect(isUnknown({input_tokens: 1, cache_read_input_tokens: read, cache_creation_input_tokens: 9})).toBe(true);
	const byCalls = [{cached_tokens: 9}, {cached_tokens: read}];
	expect(isUnknown({inputTokens: 20, outputTokens: 1, inputTokensDetails: byCalls})).toBe(true);
});

test('a missing cache field is zero only where the writer leaves zeros out', () => {
	const isUnknown = (usage: Readonly<Record<string, unknown>>) => readUsage(new View(usage))?.counts.cacheUnknown;
	expect(isUnknown({input_tokens: 1, output_tokens: 1})).toBe(true);
	expect(isUnknown({input_tokens: 1, output_tokens: 1, cache_read_input_tokens: null})).toBe(false);
	expect(isUnknown({prompt_tokens: 1, completion_tokens: 1})).toBe(true);
	expect(isUnknown({prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: null})).toBe(true);
	expect(isUnknown({prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: {}})).toBe(false);
	expect(isUnknown({promptTokenCount: 1, candidatesTokenCount: 1})).toBe(false);
	expect(isUnknown({'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 1})).toBe(true);
});

test('an entry in the history of tasks of Cline and its forks is no call, for it sums up many', () => {
	const usage = {tokensIn: 24_507, tokensOut: 240, cacheWrites: 12_500, cacheReads: 12_000, totalCost: 0.07};
	expect(findUsage({id: 'task', number: 1, ts: 1_790_900_000_000, task: 'text', ...usage})).toBeUndefined();
	expect(findUsage({model: 'claude-sonnet-4-5', ...usage})).toBeDefined();
});

test('of Codex’s totals of a thread and its last call, the call counts', () => {
	const last = {inputTokens: 9510, cachedInputTokens: 9000, outputTokens: 50};
	const total = {inputTokens: 19_020, cachedInputTokens: 18_000, outputTokens: 100};
	expect(findUsage({params: {threadId: 't', tokenUsage: {total, last}}})?.counts).toMatchObject({input: 9510});
	expect(findUsage({params: {tokenUsage: {total}}})?.counts).toMatchObject({input: 19_020});
});
