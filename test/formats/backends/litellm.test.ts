import {expect, test} from 'vitest';
import {litellm} from '../../../source/formats/backends/litellm/litellm.js';
import type {FormatContext} from '../../../source/formats/format.js';
import {logOf, readLines} from '../reading.js';
import {endTime, payload, usageObject} from './litellm-payload.js';

const read = (lines: readonly unknown[], context: Partial<FormatContext> = {}) => ({
	...readLines(litellm, lines, {source: 'litellm.log', ...context}),
	recognised: litellm.recognise(Buffer.from(logOf(lines))),
});

const spendLog = {
	request_id: 'chatcmpl-1',
	call_type: 'acompletion',
	spend: 0.01,
	model: 'claude-sonnet-4-5-20250929',
	custom_llm_provider: 'anthropic',
	prompt_tokens: 16_011,
	completion_tokens: 10,
	total_tokens: 16_021,
	startTime: '2026-02-03T04:05:03.789Z',
	endTime: '2026-02-03 04:05:06.789000',
	cache_hit: 'False',
	session_id: 'trace-1',
	metadata: JSON.stringify({
		additional_usage_values: {
			cache_read_input_tokens: 14_238,
			cache_creation_input_tokens: 1699,
			prompt_tokens_details: null,
		},
	}),
};
const expected = {
	id: 'litellm:chatcmpl-1',
	time: endTime,
	thread: 'trace-1',
	model: 'anthropic/claude-sonnet-4-5-20250929',
	usage: {uncached: 74, cacheRead: 14_238, cacheWrite5m: 1699, cacheWrite1h: 0, output: 10, accuracy: 'exact'},
};

test('a payload is a request', () => {
	const {requests, tally, recognised} = read([payload]);
	expect(recognised).toBe(true);
	expect(requests).toHaveLength(1);
	expect(requests[0]).toMatchObject({...expected, project: 'research', source: 'litellm.log'});
	expect(tally).toMatchObject({outcomes: 1, repeats: 0});
});

test('a row of the spend table is the same request', () => {
	expect(read([spendLog]).recognised).toBe(true);
	expect(read([spendLog]).requests[0]).toMatchObject(expected);
	const {requests, tally} = read([payload, spendLog]);
	expect(requests).toHaveLength(1);
	expect(tally).toMatchObject({outcomes: 1, repeats: 1});
});

test.each([
	['docker', JSON.stringify({log: `${JSON.stringify(payload)}\n`, stream: 'stdout', time: '2026-02-03T04:05:07Z'})],
	[
		'the proxy’s own JSON log',
		JSON.stringify({message: JSON.stringify(payload), level: 'INFO', timestamp: '2026-02-03T04:05:07'}),
	],
	['the arguments of a callback', JSON.stringify({standard_logging_object: payload, litellm_call_id: 'x'})],
	['CRI', `2026-02-03T04:05:07.1Z stdout F ${JSON.stringify(payload)}`],
])('inside %s', (_, line) => {
	const {requests, recognised} = read([line]);
	expect(recognised).toBe(true);
	expect(requests[0]).toMatchObject(expected);
});

const uncachedOf = (fields: object, context: Partial<FormatContext> = {}) =>
	read([{...payload, ...fields}], context).requests[0]?.usage?.uncached;

test('what prompt tokens contain: the user, then the numbers, then the date', () => {
	expect(uncachedOf({})).toBe(74);
	expect(uncachedOf({endTime: Date.UTC(2025, 7, 1) / 1000})).toBe(1773);
	expect(uncachedOf({}, {promptTokens: 'written-excluded'})).toBe(1773);
	const small = {usage_object: {...usageObject, prompt_tokens: 14_300, total_tokens: 14_310}};
	expect(uncachedOf({metadata: small})).toBe(62);
	const bedrock = {custom_llm_provider: 'bedrock', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'};
	const awsTotal = {usage_object: {...usageObject, total_tokens: 16_011 + 1699 + 10}};
	expect(uncachedOf({...bedrock, metadata: awsTotal})).toBe(1773);
	expect(uncachedOf({...bedrock, metadata: {usage_object: usageObject}})).toBe(74);
});

test('OpenAI’s cached tokens are inside, and one-hour writes are distinguished', () => {
	const gpt = {prompt_tokens: 3000, completion_tokens: 5, prompt_tokens_details: {cached_tokens: 2048}};
	expect(uncachedOf({model: 'gpt-5', custom_llm_provider: 'openai', metadata: {usage_object: gpt}})).toBe(952);
	const details = {
		...usageObject.prompt_tokens_details,
		cache_creation_token_details: {ephemeral_1h_input_tokens: 1000},
	};
	const {requests} = read([{...payload, metadata: {usage_object: {...usageObject, prompt_tokens_details: details}}}]);
	expect(requests[0]?.usage).toMatchObject({cacheWrite5m: 699, cacheWrite1h: 1000});
});

test('without details only the prompt is known; reads above the prompt never make negative tokens', () => {
	expect(read([{...payload, metadata: null}]).requests[0]?.usage).toEqual({
		uncached: 16_011,
		cacheRead: 0,
		cacheWrite5m: 0,
		cacheWrite1h: 0,
		output: 10,
		accuracy: 'partial',
		cacheUnknown: true,
	});
	const impossible = {usage_object: {...usageObject, prompt_tokens: 100}};
	expect(read([{...payload, metadata: impossible}]).requests[0]?.usage).toMatchObject({
		uncached: 0,
		accuracy: 'partial',
	});
});

test('an answer from the proxy’s own cache called no model', () => {
	for (const hit of [true, 'True']) {
		const {requests, tally} = read([payload, {...payload, id: 'chatcmpl-1_cache_hit1', cache_hit: hit}]);
		expect(requests).toHaveLength(1);
		expect(tally).toMatchObject({outcomes: 1, repeats: 1});
	}
});

test('failed calls and calls without a prompt are passed over', () => {
	const failed = {...payload, id: 'f', status: 'failure', prompt_tokens: 0, completion_tokens: 0, metadata: {}};
	const estimated = {...failed, id: 'e', prompt_tokens: 900};
	const embedding = {...payload, id: 'b', call_type: 'aembedding'};
	const {requests, tally} = read([failed, estimated, embedding]);
	expect(requests).toEqual([]);
	expect(tally).toMatchObject({calls: 2, lookAlikes: 1, outcomes: 0});
});

test.each([
	['openrouter', 'anthropic/claude-sonnet-4.5', 'openrouter/anthropic/claude-sonnet-4.5'],
	['openai', 'openai/gpt-5', 'openai/gpt-5'],
	[null, 'gpt-5', 'gpt-5'],
])('provider %s and model %s', (provider, model, name) => {
	expect(read([{...payload, model, custom_llm_provider: provider}]).requests[0]?.model).toBe(name);
});

test('a session that the caller named is the thread', () => {
	const threadWith = (requester: object) =>
		read([{...payload, metadata: {usage_object: usageObject, requester_metadata: requester}}]).requests[0]?.thread;
	expect(threadWith({session_id: 's-1'})).toBe('s-1');
	expect(threadWith({user_id: 'user_ab_account__session_1b9d6bcd-bbfd'})).toBe('1b9d6bcd-bbfd');
	expect(threadWith({user_id: 'someone'})).toBe('trace-1');
});

test('a long conversation next to the usage does not hide it', () => {
	const messages = [{role: 'user', content: 'word '.repeat(200_000)}];
	expect(read([{...payload, messages}]).requests[0]).toMatchObject(expected);
});

test('strict about what it takes, and never throws', () => {
	const others = [
		{message: 'custom_llm_provider is set', level: 'INFO'},
		{call_type: 'x', model_group: 'y', id: 3, model: 'm', startTime: 1},
		'12:34:56 - LiteLLM:INFO: utils.py:3373 - custom_llm_provider = anthropic',
	];
	expect(read(others)).toMatchObject({requests: [], recognised: false});
	expect(read([{id: 'chatcmpl-1', model: 'gpt-5', usage: {prompt_tokens: 1, completion_tokens: 1}}]).recognised).toBe(
		false,
	);
	const {requests, tally} = read([JSON.stringify(payload).slice(0, -9), {...payload, metadata: '{broken'}]);
	expect(tally.brokenJson).toBe(1);
	expect(requests[0]?.usage?.accuracy).toBe('partial');
});

test('reports when a call was sent, and who served it', () => {
	const of = (parts: object) => read([{...payload, ...parts}]).requests[0];
	expect(of({})).toMatchObject({start: endTime - 3000, provider: 'anthropic'});
	expect(of({api_base: 'https://key:secret@acme.example.com/openai/deployments/four/?api-key=secret'})?.provider).toBe(
		'acme.example.com/openai/deployments/four',
	);
	expect(of({startTime: undefined})?.start).toBeUndefined();
	expect(of({startTime: endTime / 1000 + 60})?.start).toBeUndefined();
});

test.each([
	['another deployment', [{model_id: 'a'}, {model_id: 'b'}], [{kind: 'deployment', detail: 'a to b'}]],
	['the same deployment', [{model_id: 'a'}, {model_id: 'a'}], undefined],
	['another deployment in another thread', [{model_id: 'a', trace_id: 'trace-2'}, {model_id: 'b'}], undefined],
	['a deployment that is not told', [{model_id: 'a'}, {model_id: ''}], undefined],
	['a retry', [{}, {metadata: {usage_object: usageObject, attempted_retries: 2}}], [{kind: 'retry'}]],
	['no retry', [{}, {metadata: {usage_object: usageObject, attempted_retries: 0}}], undefined],
	['a fallback', [{}, {metadata: {usage_object: usageObject, attempted_fallbacks: 1}}], [{kind: 'fallback'}]],
	[
		'an error before it',
		[{}, {status: 'failure', metadata: {}, prompt_tokens: 0, completion_tokens: 0, total_tokens: 0}, {}],
		[{kind: 'error'}],
	],
])('what the proxy did between two calls of a thread: %s', (_, rows, expected) => {
	const {requests} = read(rows.map((parts, index) => ({...payload, ...parts, id: `chatcmpl-${index}`})));
	expect(requests).toHaveLength(2);
	expect(requests[1]?.events).toEqual(expected);
});
