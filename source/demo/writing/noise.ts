import type {Random} from '../random.js';
import {type CallSite, instantOf, type LogLevel, type LogRecord, type LogValue, passesLevel} from './log-record.js';

/** Text within replies and messages that looks like relevant lines. */
export const quotingReply = 'Done.\nLine two with "quotes" and 🔥 Block 1: Cached system prompt (5 tokens)';

const api = (functionName: string, line: number): CallSite => ({filename: 'api.py', functionName, line});

const apiContext = (random: Random): Record<string, LogValue> => ({
	client_ip: '172.18.0.1',
	method: 'GET',
	path: '/api/agent-runs/status',
	query_params: 'token=abc=1&x=y z',
	request_id: random.uuid(),
});

type Noise = (random: Random, microseconds: number) => readonly LogRecord[];

const event =
	(level: LogLevel, callSite: CallSite, text: string, extras?: Readonly<Record<string, LogValue>>): Noise =>
	(random, microseconds) => [
		{
			...instantOf(microseconds),
			level,
			event: text,
			callSite,
			context: apiContext(random),
			...(extras === undefined ? {} : {extras}),
		},
	];

const raw =
	(text: (time: string) => string): Noise =>
	(_, microseconds) => {
		const instant = instantOf(microseconds);
		const time = new Date(instant.time).toISOString();
		return [{...instant, raw: text(time)}];
	};

const accessLog = raw(() => 'INFO:     172.18.0.1:51234 - "GET /api/agent-runs/status HTTP/1.1" 200 OK');

const litellm = raw(
	time =>
		`\u001b[92m${time.slice(11, 19)} - LiteLLM:INFO\u001b[0m: utils.py:3373 - \nLiteLLM completion() model= claude-sonnet-4-5-20250929; provider = anthropic`,
);

const dramatiq = raw(
	time =>
		`[${time.slice(0, 10)} ${time.slice(11, 19)},${time.slice(20, 23)}] [PID 57] [Thread-4] [dramatiq.worker.WorkerThread] [INFO] Received message run_agent_background`,
);

const rawTraceback = raw(
	() =>
		'Traceback (most recent call last):\n  File "/app/core/run.py", line 83, in emit\n    raise error\nValueError: 💰 Usage type: EXACT - prompt=9, completion=9, cache_read=9, cache_creation=9',
);

const failure: Noise = (random, microseconds) => [
	{
		...instantOf(microseconds),
		level: 'error',
		event: 'Error handling billing: no row',
		callSite: {filename: 'thread_manager.py', functionName: '_handle_billing', line: 173},
		context: apiContext(random),
		exception: {
			type: 'ValueError',
			message: "no row for 'thread'\nsecond line: 🔥 Block 1: Cached system prompt (777 tokens)",
			frames: [
				{
					path: '/app/core/agentpress/thread_manager.py',
					line: 83,
					functionName: '_handle_billing',
					source: 'raise error',
					locals: {
						self: '<ThreadManager object at 0x7fe7912d4950>',
						content: "'🔥 Block 1: Cached system prompt (7 tokens)\\n🎯 CACHE HIT: 1/2 tokens (50.0%)'",
					},
				},
			],
		},
	},
];

const kinds: readonly Noise[] = [
	accessLog,
	litellm,
	dramatiq,
	rawTraceback,
	failure,
	event('debug', api('get_tool', 292), '✅ [CACHE HIT] web_search_tool', {tool: 'web_search_tool'}),
	event(
		'debug',
		api('log_requests_middleware', 118),
		'Request started: GET /api/agent-runs/status from 172.18.0.1 | Query: ',
	),
	event(
		'debug',
		api('log_requests_middleware', 123),
		'Request completed: GET /api/agent-runs/status | Status: 200 | Time: 0.03s',
	),
	event('info', api('message', 285), 'multi-line event:\n🔥 Block 9: Cached chunk (1 tokens, 1 messages)\nthird line'),
	event('info', api('message', 286), 'User message: please explain "🎯 CACHE HIT: 1/2 tokens (50.0%)" in my log', {
		user_text: 'a=b \'c\' "d" 🔥 Block 1',
	}),
	event('info', api('configuration', 88), '⏱️ [AGENT CONFIG] get_cached_agent_config: 3.1ms (CACHE HIT)'),
	event('info', api('billing', 91), '⚡ [BILLING] Cache hit after waiting'),
	event('debug', api('mcp', 94), '⚡ Redis cache hit for MCP'),
];

/** Lines that have nothing to do with prompt caching, although some look like it. `count` may be fractional. */
export const noise = (
	random: Random,
	{
		from,
		to,
		count,
		level,
	}: {readonly from: number; readonly to: number; readonly count: number; readonly level: LogLevel},
): LogRecord[] => {
	const records: LogRecord[] = [];
	const whole = Math.floor(count) + (random.chance(count % 1) ? 1 : 0);
	for (let index = 0; index < whole; index++) {
		const microseconds = random.integer(from, Math.max(from, to));
		for (const record of random.pick(kinds)(random, microseconds)) {
			if ('raw' in record || passesLevel(record.level, level)) {
				records.push(record);
			}
		}
	}

	return records;
};
