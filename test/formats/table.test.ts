import {expect, test} from 'vitest';
import {formatNames} from '../../source/formats/names.js';
import {formats} from '../../source/formats/table.js';

const formatOf = (log: string) => formats.find(format => format.recognise(Buffer.from(log)))?.name;
const event = (text: string) => `2025-10-20T08:15:30.123456Z [info     ] ${text} thread_id=a\n`;

test.each([
	['agentpress', event('🔥 Block 1: Cached system prompt (900 tokens)')],
	['agentpress', `worker-1  | ${event('[LLM] call: kortix/basic (2 msgs)')}`],
	[
		'claude-code',
		'{"parentUuid":null,"sessionId":"s","type":"user","message":{"role":"user","content":"Block 1: Cached system prompt (9 tokens)"}}\n',
	],
	[
		'codex',
		'{"timestamp":"2025-10-20T08:15:30.123Z","type":"session_meta","payload":{"id":"s","cwd":"/x","originator":"codex","cli_version":"0.47.0"}}\n',
	],
	[
		'gemini-cli',
		'{\n  "sessionId": "s",\n  "projectHash": "h",\n  "startTime": "2026-01-10T02:08:26.108Z",\n  "messages": [\n',
	],
	[
		'litellm',
		'{"id":"c1","call_type":"acompletion","model":"claude-sonnet-4-5","custom_llm_provider":"anthropic","prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"startTime":1.5,"endTime":2.5,"response_cost":0.1,"metadata":{}}\n',
	],
	[
		'usage-lines',
		'{"time":"2025-10-20T08:15:30Z","note":"LLM Usage Block 1","model":"claude-sonnet-4-5","usage":{"input_tokens":5,"cache_read_input_tokens":900,"output_tokens":1}}\n',
	],
	[
		'usage-lines',
		'{"time":"2025-10-20T08:15:30Z","llmOutput":{"tokenUsage":{"promptTokens":900,"completionTokens":5,"totalTokens":905}}}\n',
	],
	[
		'usage-lines',
		'{"level":30,"time":1760948130000,"type":"llm.call","usage":{"input_tokens":5,"cache_read_input_tokens":900,"output_tokens":1},"msg":"done"}\n',
	],
	['droid', '{\n  "model": "m",\n  "tokenUsage": {"inputTokens": 5, "thinkingTokens": 0}\n}\n'],
	[undefined, 'INFO:     1.2.3.4:51234 - "GET / HTTP/1.1" 200 OK\n'],
	[undefined, event('User message: what is "🎯 CACHE HIT: 1/2 tokens (50.0%)"?')],
])('%s', (name, log) => {
	expect(formatOf(log)).toBe(name);
});

test('the names of the formats are known without loading them', () => {
	expect(formats.map(({name}) => name)).toEqual(formatNames);
});
