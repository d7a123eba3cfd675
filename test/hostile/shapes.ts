import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {codex} from '../../source/formats/agents/codex/codex.js';
import {geminiCli} from '../../source/formats/agents/gemini-cli/gemini-cli.js';
import {agentpress} from '../../source/formats/backends/agentpress/agentpress.js';
import {glitchtip} from '../../source/formats/backends/glitchtip/glitchtip.js';
import {litellm} from '../../source/formats/backends/litellm/litellm.js';
import {usageLines} from '../../source/formats/backends/usage-lines/usage-lines.js';
import type {Format} from '../../source/formats/format.js';
import {renderings, simulatedLines} from '../formats/backends/agentpress/simulate.js';
import {payload} from '../formats/backends/litellm-payload.js';
import {apiEvent, snakeEvent} from '../glitchtip/events.js';
import {type GenerationName, generations} from '../simulated/generations.js';
import {wrappers} from '../simulated/wrap.js';

const start = Date.UTC(2026, 1, 10, 8);
const at = (second: number) => new Date(start + second * 1000).toISOString();
const numbers = (count: number) => Array.from({length: count}, (_, index) => index);

/** The lines of each format as their writers write them: what is mutated. */
export type Shape = {readonly name: string; readonly format: Format; readonly lines: readonly string[]};

const toText = (lines: readonly unknown[]) => lines.map(line => JSON.stringify(line));

const claudeLines = toText(
	numbers(12).flatMap(id => [
		{
			parentUuid: null,
			isSidechain: id % 5 === 4,
			cwd: '/home/ada/engine',
			sessionId: `session-${id % 3}`,
			...(id % 4 === 3 && {agentId: `a${id}`}),
			message: {
				id: `m${id}`,
				role: 'assistant',
				model: 'claude-opus-4-6',
				content: [{type: 'text', text: 'said "usage": {"input_tokens": 5}'}],
				usage: {
					input_tokens: 3,
					cache_read_input_tokens: 12_000,
					cache_creation_input_tokens: 900,
					cache_creation: {ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 800},
					output_tokens: 90,
				},
			},
			requestId: `r${id}`,
			type: 'assistant',
			timestamp: at(id * 30),
		},
		{parentUuid: null, type: 'system', subtype: 'compact_boundary', sessionId: 'session-1', timestamp: at(id * 30)},
	]),
);

const codexCounts = (turn: number) => ({
	input_tokens: turn * 1000,
	cached_input_tokens: turn * 400,
	output_tokens: turn * 9,
	total_tokens: turn * 1009,
});
const codexLines = toText([
	{timestamp: at(0), type: 'session_meta', payload: {id: 's1', cwd: '/home/ada/engine', forked_from_id: 's0'}},
	{timestamp: at(1), type: 'turn_context', payload: {cwd: '/home/ada/engine', model: 'gpt-5-codex'}},
	...numbers(12).map(turn => ({
		timestamp: at(turn * 20),
		type: 'event_msg',
		payload: {
			type: 'token_count',
			info: {
				total_token_usage: codexCounts(turn % 7),
				...(turn % 3 !== 0 && {last_token_usage: codexCounts(1)}),
			},
		},
	})),
]);

const geminiTokens = {input: 12_000, output: 18, cached: 11_800, thoughts: 31, tool: 2, total: 12_051};
const geminiAnswer = (id: number) => ({
	id: `g${id}`,
	timestamp: at(id * 10),
	type: 'gemini',
	content: 'Done.\n},',
	tokens: geminiTokens,
	model: 'gemini-2.5-flash',
});
const geminiSession = {sessionId: 'faff42ab', projectHash: '7e8989f7', startTime: at(0), lastUpdated: at(90)};
const geminiLines = toText([geminiSession, ...numbers(12).map(geminiAnswer)]);
const geminiDocument = JSON.stringify({...geminiSession, messages: numbers(8).map(geminiAnswer)}, undefined, 2).split(
	'\n',
);

const told = {input_tokens: 21, cache_creation_input_tokens: 1699, cache_read_input_tokens: 14_238, output_tokens: 393};
const usageTextLines = numbers(12).flatMap(id => [
	`${at(id)} INFO app usage={'input_tokens': ${id}, 'cache_read_input_tokens': 9000, 'output_tokens': 5}`,
	`${at(id)} INFO app usage=Usage(cache_creation=CacheCreation(ephemeral_1h_input_tokens=2), input_tokens=${id}, output_tokens=5)`,
	`time=${at(id)} level=INFO msg="llm call" model=m-${id} input_tokens=10 cache_read_input_tokens=9000 output_tokens=${id}`,
	`worker-1  | [${id}] #<struct Usage input_tokens=10, output_tokens=${id}> done`,
	`<134>1 ${at(id)} web1 worker 812 - - ${JSON.stringify({model: 'm', usage: told})} took=1.2s`,
]);
const usageDocuments = numbers(6).flatMap(id => [
	...JSON.stringify({id: `msg_${id}`, model: 'm', content: [{text: 'a {'}], usage: told}, undefined, 2).split('\n'),
	`[${at(id)}] usage: {`,
	`  input_tokens: ${id},`,
	'  cache_creation: { ephemeral_5m_input_tokens: 500 },',
	"  service_tier: 'standard'",
	'}',
	JSON.stringify({events: [{timestamp: start + id, message: JSON.stringify({model: 'm', usage: told})}]}),
	JSON.stringify([
		{id: `a${id}`, usage: told},
		{id: `b${id}`, usageDetails: {input: 5, output: 5, total: 10}},
	]),
]);
const usageStreams = numbers(12).flatMap(id => [
	`data: ${JSON.stringify({type: 'message_start', message: {id: `msg_${id}`, model: 'm', usage: told}})}`,
	`data: ${JSON.stringify({type: 'message_delta', usage: {...told, output_tokens: 400 + id}})}`,
	JSON.stringify({time: at(id), type: 'result', num_turns: 4, session_id: `s${id}`, usage: told, modelUsage: {m: {}}}),
	JSON.stringify({
		time: at(id),
		usage: {inputTokens: 40, outputTokens: 5},
		providerMetadata: {anthropic: {cacheReadInputTokens: 7162}},
	}),
]);

const litellmLines = toText(
	numbers(12).map(id =>
		id % 2 === 0
			? {
					...payload,
					id: `chatcmpl-${id}`,
					trace_id: `trace-${id % 3}`,
					startTime: start / 1000 + id,
					endTime: start / 1000 + id + 2,
				}
			: {
					request_id: `chatcmpl-${id}`,
					call_type: 'acompletion',
					spend: 0.01,
					model: 'claude-sonnet-4-5-20250929',
					custom_llm_provider: 'anthropic',
					prompt_tokens: 16_011,
					completion_tokens: 10,
					total_tokens: 16_021,
					startTime: at(id),
					endTime: at(id + 2),
					session_id: 'trace-1',
					metadata: JSON.stringify({additional_usage_values: {cache_read_input_tokens: 14_238}}),
				},
	),
);

const anthropic = {
	input_tokens: 21,
	cache_creation_input_tokens: 1699,
	cache_read_input_tokens: 14_238,
	output_tokens: 393,
};
const chat = {
	prompt_tokens: 3000,
	completion_tokens: 30,
	total_tokens: 3030,
	prompt_tokens_details: {cached_tokens: 2000, cache_write_tokens: 900},
};
const attributes = {
	'gen_ai.request.model': 'gpt-5',
	'gen_ai.usage.input_tokens': 3000,
	'gen_ai.usage.output_tokens': 20,
	'gen_ai.usage.cache_read.input_tokens': 2000,
};
const usages = [
	{timestamp: at(1), model: 'claude-sonnet-4-5', usage: anthropic, session_id: 's'},
	{id: 'chatcmpl-1', created: start / 1000, model: 'gpt-5', usage: chat},
	{ts: start, response: {model: 'gpt-5', usage: {input_tokens: 9, input_tokens_details: {cached_tokens: 2}}}},
	{time: at(4), modelId: 'm', usage: {inputTokens: 21, cacheReadInputTokens: 14_238, outputTokens: 3}},
	{time: at(5), usageMetadata: {promptTokenCount: 5000, cachedContentTokenCount: 4096, candidatesTokenCount: 10}},
	{time: at(6), model: 'deepseek-chat', usage: {prompt_cache_hit_tokens: 50, prompt_cache_miss_tokens: 7}},
	{name: 'chat', traceId: 't', spanId: 's1', startTimeUnixNano: `${start}000000`, attributes},
	{name: 'chat', traceId: 't', spanId: 's2', attributes: Object.entries(attributes).map(toAttribute)},
	{body: 'claude_code.api_request', timestamp: at(9), attributes: {...anthropic, model: 'claude-opus-4-6'}},
];

function toAttribute([key, value]: readonly [string, string | number]) {
	return {key, value: typeof value === 'number' ? {intValue: String(value)} : {stringValue: value}};
}

const usageTexts = toText(usages);
const usageLog = usageTexts.flatMap(line => [
	line,
	`INFO 2026-02-10 08:00:00,000 usage ${line}`,
	JSON.stringify({log: `${line}\n`, stream: 'stdout', time: at(3)}),
	`${at(5)} stdout P ${line.slice(0, 40)}`,
	`${at(5)} stdout F ${line.slice(40)}`,
]);

const generationNames = Object.keys(generations) as readonly GenerationName[];
const agentpressShapes = generationNames.map((generation, index): Shape => {
	const rendering = renderings[index % renderings.length] ?? 'plain';
	const wrapper = index % 2 === 0 ? undefined : wrappers[(index >> 1) % wrappers.length];
	return {
		name: `agentpress ${generation} ${rendering} ${wrapper ?? 'bare'}`,
		format: agentpress,
		lines: simulatedLines(generation, rendering, {limit: 12, ...(wrapper && {wrapper})}),
	};
});

export const shapes: readonly Shape[] = [
	{name: 'claude-code', format: claudeCode, lines: claudeLines},
	{name: 'codex', format: codex, lines: codexLines},
	{name: 'gemini-cli lines', format: geminiCli, lines: geminiLines},
	{name: 'gemini-cli document', format: geminiCli, lines: geminiDocument},
	{name: 'litellm', format: litellm, lines: litellmLines},
	{name: 'usage lines', format: usageLines, lines: usageLog},
	{name: 'usage in text', format: usageLines, lines: usageTextLines},
	{name: 'usage over several lines', format: usageLines, lines: usageDocuments},
	{name: 'usage streams and runs', format: usageLines, lines: usageStreams},
	{
		name: 'glitchtip',
		format: glitchtip,
		lines: toText([...numbers(6).map(id => apiEvent(id)), ...numbers(3).map(id => snakeEvent(id + 6))]),
	},
	...agentpressShapes,
];
