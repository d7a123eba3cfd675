import {amp} from '../../../source/formats/agents/amp/amp.js';
import {cline} from '../../../source/formats/agents/cline/cline.js';
import {clineCli} from '../../../source/formats/agents/cline/cline-cli.js';
import {codeBuddy} from '../../../source/formats/agents/codebuddy/codebuddy.js';
import {copilot} from '../../../source/formats/agents/copilot/copilot.js';
import {copilotChat} from '../../../source/formats/agents/copilot/copilot-chat.js';
import {deepseekHarness} from '../../../source/formats/agents/deepseek-harness/deepseek-harness.js';
import {forge} from '../../../source/formats/agents/forge/forge.js';
import {goose} from '../../../source/formats/agents/goose/goose.js';
import {kimiCli} from '../../../source/formats/agents/kimi/kimi-cli.js';
import {kimiCode} from '../../../source/formats/agents/kimi/kimi-code.js';
import {mux} from '../../../source/formats/agents/mux/mux.js';
import {openDesign} from '../../../source/formats/agents/open-design/open-design.js';
import {openCode} from '../../../source/formats/agents/opencode/opencode.js';
import {openHands} from '../../../source/formats/agents/openhands/openhands.js';
import {pi} from '../../../source/formats/agents/pi/pi.js';
import {positAssistant} from '../../../source/formats/agents/posit-assistant/posit-assistant.js';
import {qwenCode} from '../../../source/formats/agents/qwen-code/qwen-code.js';
import {zcode} from '../../../source/formats/agents/zcode/zcode.js';
import {zed} from '../../../source/formats/agents/zed/zed.js';
import type {Format} from '../../../source/formats/format.js';

/** A small log of an agent that holds two requests: 1,000 uncached and 20,000 written, then 300, 20,000 read and 500. */
export type AgentLog = {
	readonly format: Format;
	/** As the agent names its file. */
	readonly source: string;
	/** Records, one a line; of a document, the one. */
	readonly records: readonly unknown[];
	/** It tells what was written to the cache. */
	readonly tellsWrites: boolean;
	/** The model of its requests; undefined where no record names it. */
	readonly model: string | undefined;
	readonly thread: string | undefined;
};

const began = Date.UTC(2026, 10, 20, 10);
const at = (second: number) => began + second * 1000;
const iso = (second: number) => new Date(at(second)).toISOString();
const model = 'claude-sonnet-4-5';
const json = JSON.stringify;

const openCodeTokens = (input: number, read: number, write: number, second: number) => ({
	role: 'assistant',
	modelID: model,
	providerID: 'anthropic',
	agent: 'build',
	path: {cwd: '/home/ada/shop'},
	tokens: {input, output: 40, reasoning: 10, cache: {read, write}},
	time: {created: at(second - 4), completed: at(second)},
	finish: 'stop',
});

export const agentLogs: readonly AgentLog[] = [
	{
		format: openHands,
		source: 'conversations/0b6d/base_state.json',
		model,
		thread: '5f1c7a10-0000-4000-8000-000000000001',
		tellsWrites: true,
		records: [
			{
				id: '5f1c7a10-0000-4000-8000-000000000001',
				agent: {kind: 'Agent', llm: {model}},
				workspace: {working_dir: '/home/ada/shop', kind: 'LocalWorkspace'},
				stats: {
					usage_to_metrics: {
						agent: {
							model_name: model,
							costs: [5, 65].map(second => ({model, cost: 0.1, timestamp: at(second) / 1000})),
							response_latencies: ['r1', 'r2'].map(response_id => ({model, latency: 3.5, response_id})),
							token_usages: [
								['r1', 21_000, 0, 20_000],
								['r2', 20_800, 20_000, 500],
							].map(([response_id, prompt_tokens, cache_read_tokens, cache_write_tokens]) => ({
								model,
								response_id,
								prompt_tokens,
								cache_read_tokens,
								cache_write_tokens,
								completion_tokens: 50,
							})),
						},
					},
				},
			},
		],
	},
	{
		format: codeBuddy,
		source: 'projects/home-ada-shop/s1.jsonl',
		model: 'glm-5.2',
		thread: 's1',
		tellsWrites: false,
		records: [
			{id: 'u1', timestamp: at(1), type: 'message', role: 'user', sessionId: 's1', cwd: '/home/ada/shop'},
			...[
				['m1', 21_000, 0, 5],
				['m2', 20_800, 20_000, 65],
			].flatMap(([messageId, prompt_tokens, prompt_cache_hit_tokens, second = 0]) =>
				['message', 'function_call'].map(type => ({
					id: `${type}-${messageId}`,
					timestamp: at(Number(second)),
					type,
					role: type === 'message' ? 'assistant' : undefined,
					status: 'completed',
					sessionId: 's1',
					cwd: '/home/ada/shop',
					providerData: {
						model: 'glm-5.2',
						messageId,
						rawUsage: {prompt_tokens, prompt_cache_hit_tokens, completion_tokens: 50},
					},
				})),
			),
		],
	},
	{
		format: pi,
		source: 'sessions/--home-ada-shop--/2026_s1.jsonl',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			{type: 'session', version: 3, id: 's1', timestamp: iso(0), cwd: '/home/ada/shop'},
			...[
				[1000, 0, 20_000, 5],
				[300, 20_000, 500, 65],
			].map(([input, cacheRead, cacheWrite, second = 0]) => ({
				type: 'message',
				id: `e${second}`,
				timestamp: iso(second),
				message: {
					role: 'assistant',
					model,
					provider: 'anthropic',
					usage: {input, output: 50, cacheRead, cacheWrite},
					stopReason: 'stop',
					timestamp: at(second - 3),
				},
			})),
			{
				type: 'message',
				id: 'e99',
				timestamp: iso(99),
				message: {
					role: 'assistant',
					model,
					usage: {input: 0, output: 0, cacheRead: 0, cacheWrite: 0},
					stopReason: 'aborted',
					timestamp: at(98),
				},
			},
		],
	},
	{
		format: qwenCode,
		source: 'projects/-home-ada-shop/chats/s1.jsonl',
		model,
		thread: 's1',
		tellsWrites: false,
		records: [
			[21_000, 0, 5],
			[20_800, 20_000, 65],
		].flatMap(([promptTokenCount, cachedContentTokenCount, second = 0]) => [
			{
				uuid: `u${second}`,
				parentUuid: null,
				sessionId: 's1',
				timestamp: iso(second - 4),
				type: 'user',
				message: {role: 'user', parts: [{text: 'go'}]},
			},
			{
				uuid: `a${second}`,
				parentUuid: `u${second}`,
				sessionId: 's1',
				timestamp: iso(second),
				type: 'assistant',
				cwd: '/home/ada/shop',
				gitBranch: 'main',
				version: '0.19.6',
				model,
				message: {role: 'model', parts: [{text: 'ok'}]},
				usageMetadata: {promptTokenCount, cachedContentTokenCount, candidatesTokenCount: 40, thoughtsTokenCount: 10},
			},
			{
				uuid: `t${second}`,
				parentUuid: `a${second}`,
				sessionId: 's1',
				timestamp: iso(second),
				type: 'system',
				subtype: 'ui_telemetry',
				systemPayload: {
					uiEvent: {
						'event.name': 'qwen-code.api_response',
						input_token_count: promptTokenCount,
						output_token_count: 40,
					},
				},
			},
		]),
	},
	{
		format: kimiCli,
		source: 'sessions/0f/s1/wire.jsonl',
		model: undefined,
		thread: 's1',
		tellsWrites: true,
		records: [
			[1000, 0, 20_000, 5],
			[300, 20_000, 500, 65],
		].map(([input_other, input_cache_read, input_cache_creation, second = 0]) => ({
			timestamp: at(second) / 1000,
			message: {
				type: 'StatusUpdate',
				payload: {
					message_id: `m${second}`,
					token_usage: {input_other, input_cache_read, input_cache_creation, output: 50},
				},
			},
		})),
	},
	{
		format: kimiCode,
		source: 'sessions/wd_1/s1/agents/main/wire.jsonl',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			{type: 'metadata', protocol_version: '1.5', created_at: at(0)},
			...[
				[1000, 0, 20_000, 5],
				[300, 20_000, 500, 65],
			].flatMap(([inputOther, inputCacheRead, inputCacheCreation, second = 0]) => {
				const usage = {inputOther, inputCacheRead, inputCacheCreation, output: 50};
				const step = {type: 'context.append_loop_event', event: {type: 'step.end', usage}, time: at(second)};
				const record = {type: 'usage.record', model: 'alias', usage, usageScope: 'turn', time: at(second) + 3};
				return [
					{type: 'llm.request', model, provider: 'kimi', time: at(second - 4)},
					...(second < 60 ? [step, record] : [record, {...step, time: at(second) + 5}]),
				];
			}),
		],
	},
	{
		format: mux,
		source: 'sessions/s1/chat.jsonl',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[21_000, 0, 20_000, 5],
			[20_800, 20_000, 500, 65],
		].map(([inputTokens, cachedInputTokens, cacheCreationInputTokens, second = 0], index) => ({
			id: `m${index}`,
			role: 'assistant',
			parts: [],
			metadata: {
				timestamp: at(second),
				historySequence: index,
				model: `anthropic:${model}`,
				usage: {inputTokens, outputTokens: 50, cachedInputTokens},
				providerMetadata: {anthropic: {cacheCreationInputTokens}},
			},
		})),
	},
	{
		format: deepseekHarness,
		source: 's1.jsonl',
		model: 'deepseek-v4',
		thread: 's1',
		tellsWrites: false,
		records: [
			{type: 'session', version: 0, id: 's1', createdAt: at(0), cwd: '/home/ada/shop', delegationDepth: 0},
			...[
				[21_000, 0, 5],
				[800, 20_000, 65],
			].flatMap(([inputTokens, cacheReadTokens, second = 0], index) => {
				const usage = {inputTokens, outputTokens: 50, cacheReadTokens};
				const of = {turn: 1, step: index + 1};
				return [
					{type: 'step/start', seq: 3 * index, time: at(second - 4), data: of},
					{
						type: 'assistant/chunk',
						seq: 3 * index + 1,
						time: at(second),
						data: {...of, chunk: {type: 'usage', usage}},
					},
					{
						type: 'assistant/message',
						seq: 3 * index + 2,
						time: at(second),
						data: {...of, message: {source: {provider: 'deepseek', model: 'deepseek-v4'}}, usage},
					},
				];
			}),
		],
	},
	{
		format: positAssistant,
		source: 'conversations/s1/lm-messages.jsonl',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[1000, 0, 20_000, 5],
			[300, 20_000, 500, 65],
		].map(([inputTokens, cacheReadTokens, cacheWriteTokens, second = 0], id) => ({
			id,
			message: {
				role: 'assistant',
				content: [],
				providerOptions: {
					providerMetadata: {
						positai: {
							timestamp: at(second),
							modelId: model,
							usage: {inputTokens, outputTokens: 50, cacheReadTokens, cacheWriteTokens},
						},
					},
				},
			},
		})),
	},
	{
		format: openDesign,
		source: 'runs/s1/events.jsonl',
		model: 'gpt-5.5',
		thread: 's1',
		tellsWrites: false,
		records: [
			{id: 'start', event: 'start', timestamp: iso(0), data: {model: 'openai-codex:gpt-5.5'}},
			...[
				[21_000, 0, 5, 'e1'],
				[20_800, 20_000, 65, 'e2'],
				[9, 9, 66, 'e2'],
			].map(([input_tokens, cached_read_tokens, second, id]) => ({
				id,
				event: 'agent',
				timestamp: iso(second as number),
				data: {type: 'usage', usage: {input_tokens, output_tokens: 50, cached_read_tokens}},
			})),
		],
	},
	{
		format: amp,
		source: 'threads/T-1.json',
		model,
		thread: 'T-1',
		tellsWrites: true,
		records: [
			{
				v: 7,
				id: 'T-1',
				created: at(0),
				messages: [
					[1000, 0, 20_000, 5],
					[300, 20_000, 500, 65],
				].map(([inputTokens, cacheReadInputTokens, cacheCreationInputTokens, second = 0], messageId) => ({
					role: 'assistant',
					messageId,
					usage: {
						model,
						timestamp: iso(second),
						inputTokens,
						outputTokens: 50,
						cacheReadInputTokens,
						cacheCreationInputTokens,
					},
				})),
			},
		],
	},
	{
		format: cline,
		source: 'saoudrizwan.claude-dev/tasks/s1/ui_messages.json',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[
				...[
					[1000, 0, 20_000, 5],
					[300, 20_000, 500, 65],
				].map(([tokensIn, cacheReads, cacheWrites, second = 0]) => ({
					ts: at(second),
					type: 'say',
					say: 'api_req_started',
					text: json({request: 'text', tokensIn, tokensOut: 50, cacheReads, cacheWrites}),
					modelInfo: {modelId: model, providerId: 'anthropic', mode: 'act'},
				})),
				{ts: at(70), type: 'say', say: 'api_req_started', text: json({request: 'runs'})},
			],
		],
	},
	{
		format: cline,
		source: 'rooveterinaryinc.roo-cline/tasks/s2/ui_messages.json',
		model,
		thread: 's2',
		tellsWrites: true,
		records: [
			[
				[21_000, 0, 20_000, 5],
				[20_800, 20_000, 500, 65],
			].map(([tokensIn, cacheReads, cacheWrites, second = 0]) => ({
				ts: at(second),
				type: 'say',
				say: 'api_req_started',
				text: json({
					apiProtocol: 'anthropic',
					request: `<model>${model}</model>`,
					tokensIn,
					tokensOut: 50,
					cacheReads,
					cacheWrites,
				}),
			})),
		],
	},
	{
		format: clineCli,
		source: 'sessions/s1/s1.messages.json',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			{
				version: 1,
				agent: 'lead',
				sessionId: 's1',
				messages: [
					{id: 'm0', role: 'user', content: [{type: 'text', text: 'go'}], ts: at(1)},
					...[
						[21_000, 0, 20_000, 5],
						[20_800, 20_000, 500, 65],
					].map(([inputTokens, cacheReadTokens, cacheWriteTokens, second = 0]) => ({
						id: `m${second}`,
						role: 'assistant',
						ts: at(second),
						modelInfo: {id: model, provider: 'anthropic'},
						metrics: {inputTokens, outputTokens: 50, cacheReadTokens, cacheWriteTokens},
					})),
					{
						id: 'm99',
						role: 'assistant',
						ts: at(99),
						modelInfo: {id: model, provider: 'unknown'},
						metrics: {inputTokens: 41_800, outputTokens: 100},
					},
				],
			},
		],
	},
	{
		format: openCode,
		source: 'opencode.db',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			['m1', 's1', 's1', 1000, 0, 20_000, 5],
			['m2', 's1', 's1', 300, 20_000, 500, 65],
			// A fork copies messages under new ids, with their times.
			['f1', 's2', 's2', 1000, 0, 20_000, 5],
		].map(([id, session_id, root_id, input, read, write, second]) => ({
			database: 'opencode',
			table: 'message',
			id,
			session_id,
			root_id,
			type: null,
			version: '1.17.13',
			data: json(openCodeTokens(input as number, read as number, write as number, second as number)),
		})),
	},
	{
		format: copilot,
		source: 'session-store.db',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[1, 21_000, 0, 20_000, '2026-11-20 10:00:05'],
			[2, 20_800, 20_000, 500, '2026-11-20 10:01:05'],
			[3, 0, 0, 0, '2026-11-20 10:02:05'],
		].map(([id, input_tokens, cache_read_tokens, cache_write_tokens, created_at]) => ({
			database: 'copilot',
			table: 'assistant_usage_events',
			id,
			session_id: 's1',
			model,
			input_tokens,
			output_tokens: id === 3 ? 0 : 50,
			cache_read_tokens,
			cache_write_tokens,
			created_at,
			cwd: '/home/ada/shop',
			branch: 'main',
		})),
	},
	{
		format: goose,
		source: 'sessions.db',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[1, 1000, 0, 20_000, 5, 'provider_reported'],
			[2, 300, 20_000, 500, 65, 'provider_reported'],
			[3, 50, 0, 0, 66, 'carried_forward'],
		].map(([id, input_tokens, cache_read_tokens, cache_write_tokens, second, cost_source]) => ({
			database: 'goose',
			table: 'usage_ledger',
			id,
			session_id: 's1',
			created_timestamp: at(second as number) / 1000,
			model: null,
			model_config_json: json({model_name: model}),
			input_tokens,
			output_tokens: 50,
			cache_read_tokens,
			cache_write_tokens,
			cost_source,
			is_compaction: 0,
		})),
	},
	{
		format: zcode,
		source: 'db.sqlite',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			[21_000, 0, 20_000, 5, 'completed'],
			[20_800, 20_000, 500, 65, 'completed'],
			[0, 0, 0, 66, 'failed'],
		].map(([input_tokens, cache_read_input_tokens, cache_creation_input_tokens, second, status], row) => ({
			database: 'zcode',
			table: 'model_usage',
			row,
			session_id: 's1',
			model_id: model,
			provider_id: 'anthropic',
			status,
			input_tokens,
			output_tokens: status === 'failed' ? 0 : 50,
			cache_read_input_tokens,
			cache_creation_input_tokens,
			computed_total_tokens: (input_tokens as number) + 50,
			started_at: at((second as number) - 4),
			completed_at: at(second as number),
		})),
	},
	{
		format: forge,
		source: '.forge.db',
		model,
		thread: 's1',
		tellsWrites: false,
		records: [
			{
				database: 'forge',
				table: 'conversations',
				conversation_id: 's1',
				created_at: '2026-11-20 10:00:00',
				updated_at: '2026-11-20 10:01:05.123456',
				context: json({
					messages: [
						{model: null, usage: null},
						{
							model,
							usage: {
								prompt_tokens: {actual: 21_000},
								completion_tokens: {actual: 50},
								total_tokens: {actual: 21_050},
								cached_tokens: {actual: 0},
							},
						},
						{model: null, usage: null},
						{
							model,
							usage: {
								prompt_tokens: {Actual: 20_800},
								completion_tokens: {Actual: 50},
								total_tokens: {Actual: 20_850},
								cached_tokens: {Actual: 20_000},
							},
						},
					],
				}),
			},
		],
	},
	{
		format: copilotChat,
		source: 'agent-traces.db',
		model,
		thread: 's1',
		tellsWrites: true,
		records: (
			[
				[5, 21_000, 0, '20000'],
				[65, 20_800, 20_000, '500'],
			] as const
		).map(([second, input_tokens, cached_tokens, cache_creation_tokens]) => ({
			database: 'copilot-chat',
			table: 'spans',
			span_id: `span-${second}`,
			name: `chat ${model}`,
			operation_name: 'chat',
			provider_name: 'github',
			conversation_id: `turn-${second}`,
			chat_session_id: 's1',
			request_model: model,
			response_model: model,
			start_time_ms: at(second - 4),
			end_time_ms: at(second),
			input_tokens,
			output_tokens: 50,
			cached_tokens,
			cache_creation_tokens,
			debug_name: 'panel/editAgent',
		})),
	},
	{
		format: zed,
		source: 'threads.db',
		model,
		thread: 's1',
		tellsWrites: true,
		records: [
			{
				database: 'zed',
				table: 'threads',
				id: 's1',
				created_at: iso(0),
				updated_at: iso(65),
				folder_paths: '/home/ada/shop',
				data: json({
					model: {provider: 'anthropic', model},
					messages: [{User: {id: 'u1'}}, {User: {id: 'u2'}}],
					request_token_usage: {
						u2: {
							input_tokens: 300,
							cache_read_input_tokens: 20_000,
							cache_creation_input_tokens: 500,
							output_tokens: 50,
						},
						u1: {input_tokens: 1000, cache_creation_input_tokens: 20_000, output_tokens: 50},
					},
				}),
			},
		],
	},
];

/** The log as its agent writes it: one record a line. */
export const linesOf = ({records}: AgentLog): string => records.map(record => `${json(record)}\n`).join('');
