import {expect, test} from 'vitest';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {codex} from '../../source/formats/agents/codex/codex.js';
import {copilotChat} from '../../source/formats/agents/copilot/copilot-chat.js';
import {geminiCli} from '../../source/formats/agents/gemini-cli/gemini-cli.js';
import {agentpress} from '../../source/formats/backends/agentpress/agentpress.js';
import {litellm} from '../../source/formats/backends/litellm/litellm.js';
import {usageLines} from '../../source/formats/backends/usage-lines/usage-lines.js';
import type {Format} from '../../source/formats/format.js';
import {type Request, writtenTokens} from '../../source/request.js';
import {Requests, readInto} from './agents/read-transcript.js';
import {agentLogs, linesOf} from './records/agents.js';

type Log = {readonly format: Format; readonly source: string; readonly text: string};

const time = '2026-11-20T10:00:05.000Z';
const lines = (...records: readonly unknown[]) => records.map(record => `${JSON.stringify(record)}\n`).join('');
const anthropic = {
	input_tokens: 1000,
	cache_creation_input_tokens: 500,
	cache_read_input_tokens: 20_000,
	cache_creation: {ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 300},
	output_tokens: 50,
};
const whole = {input_tokens: 21_500, cached_input_tokens: 20_000, output_tokens: 50, total_tokens: 21_550};
const openAi = {
	prompt_tokens: 21_500,
	completion_tokens: 50,
	total_tokens: 21_550,
	prompt_tokens_details: {cached_tokens: 20_000},
};
const bedrock = {inputTokens: 1000, outputTokens: 50, cacheReadInputTokens: 20_000, cacheWriteInputTokens: 500};
const viaLiteLlm = {...openAi, cache_read_input_tokens: 20_000, cache_creation_input_tokens: 500};

const logs: readonly Log[] = [
	...agentLogs.map(log => ({format: log.format, source: log.source, text: linesOf(log)})),
	{
		format: claudeCode,
		source: 'projects/-home-ada-shop/s1.jsonl',
		text: lines({
			type: 'assistant',
			uuid: 'u1',
			parentUuid: null,
			sessionId: 's1',
			version: '2.1.3',
			timestamp: time,
			requestId: 'r1',
			message: {id: 'm1', model: 'claude-sonnet-4-5', usage: anthropic},
		}),
	},
	{
		format: codex,
		source: 'rollout.jsonl',
		text: lines(
			{timestamp: time, type: 'session_meta', payload: {id: 's1', cwd: '/home/ada', cli_version: '0.145.0'}},
			{timestamp: time, type: 'turn_context', payload: {cwd: '/home/ada', model: 'gpt-5-codex'}},
			{
				timestamp: time,
				type: 'event_msg',
				payload: {
					type: 'token_count',
					info: {last_token_usage: whole, total_token_usage: {...whole, input_tokens: 900_000}},
				},
			},
		),
	},
	{
		format: geminiCli,
		source: 'chats/session.json',
		text: lines(
			{sessionId: 's1', projectHash: '7e8989f7', startTime: time},
			{
				id: 'a1',
				timestamp: time,
				type: 'gemini',
				content: 'Done.',
				tokens: {input: 21_500, output: 50, cached: 20_000, thoughts: 60, tool: 70},
				model: 'gemini-2.5-flash',
			},
		),
	},
	{
		format: litellm,
		source: 'litellm.log',
		text: lines({
			id: 'c1',
			trace_id: 't1',
			call_type: 'acompletion',
			status: 'success',
			model: 'claude-sonnet-4-5-20250929',
			custom_llm_provider: 'anthropic',
			startTime: Date.parse(time) / 1000 - 3,
			endTime: Date.parse(time) / 1000,
			metadata: {usage_object: viaLiteLlm},
			cache_hit: null,
		}),
	},
	...[anthropic, openAi, bedrock].map(usage => ({
		format: usageLines,
		source: 'app.log',
		text: lines({timestamp: time, model: 'claude-sonnet-4-5', usage}),
	})),
	...['cache_read_input_tokens', 'prompt_tokens'].map(last => ({
		format: agentpress,
		source: `worker.log, with ${last} last`,
		text: `2026-11-20T10:00:05.000000Z [info     ] 💰 [ResponseProcessor] Usage data for billing: {'completion_tokens': 50, ${
			last === 'prompt_tokens'
				? "'cache_read_input_tokens': 20000, 'cache_creation_input_tokens': 500, 'prompt_tokens': 21500"
				: "'prompt_tokens': 21500, 'cache_creation_input_tokens': 500, 'cache_read_input_tokens': 20000"
		}} lineno=1 thread_id=a1\n`,
	})),
];

const read = ({format, source, text}: Log): readonly Request[] => {
	const store = new Requests();
	readInto(store, format, text, 4096, {source});
	return store.all();
};

/** A count, as the value of a member. */
const counts = /(?<=["'] ?: ?)\d{2,5}(?![\d.])/g;
const spoilt = ['-5', 'null', '[7]', '{}', '1e999', '9999999999999', 'true', '"many"'];
/** What a provider leaves empty it did not do. */
const byProvider: ReadonlySet<Format> = new Set([agentpress, litellm, usageLines, copilotChat]);

const fields = {
	uncached: (request: Request) => request.usage?.uncached ?? 0,
	cacheRead: (request: Request) => request.usage?.cacheRead ?? 0,
	written: (request: Request) => (request.usage ? writtenTokens(request.usage) : 0),
};

/** What was told and is no count, and is taken for 0 without a word. */
const liesIn = (log: Log): readonly string[] => {
	const sound = read(log);
	return [...log.text.matchAll(counts)].flatMap(({0: count, index}) =>
		spoilt.flatMap(value => {
			// Within a text the quotes would end it.
			const literal = log.text.slice(0, index).endsWith('\\":') ? value.replaceAll('"', '\\"') : value;
			const text = log.text.slice(0, index) + literal + log.text.slice(index + count.length);
			const found = read({...log, text});
			return found.length !== sound.length
				? []
				: found.flatMap((request, place) => {
						const before = sound[place] as Request;
						const {usage} = request;
						const lies = Object.entries(fields).filter(
							([name, of]) =>
								of(before) > 0 &&
								of(request) === 0 &&
								usage &&
								!usage.cacheUnknown &&
								// A request that read something is a hit, whatever else is not known of it.
								!(name !== 'cacheRead' && usage.accuracy !== 'exact') &&
								// Not every provider counts writes: what is left empty is not told.
								!(value === 'null' && (name === 'written' || byProvider.has(log.format))) &&
								// Python has no such number.
								!(value === '1e999' && log.format === agentpress),
						);
						const noCounts = Object.entries({...fields, output: ({usage}: Request) => usage?.output ?? 0}).filter(
							([, of]) => !Number.isSafeInteger(of(request)),
						);
						return [...lies, ...noCounts].map(
							([name]) => `${text.slice(Math.max(0, index - 30), index + 20)} spoils ${name}`,
						);
					});
		}),
	);
};

test.each(logs.map(log => [`${log.format.name}, ${log.source}`, log] as const))(
	'%s: a count that is none is not known, and not 0',
	(_, log) => {
		expect(read(log).some(request => fields.cacheRead(request) > 0)).toBe(true);
		expect(liesIn(log)).toEqual([]);
	},
);
