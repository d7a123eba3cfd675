import {describe, expect, test} from 'vitest';
import {inputTokens, untimed} from '../../../source/request.js';
import {readLog} from './agentpress/read-log.js';

const thread = 'thread_id=98e616ec-8bb0-4460-a17f-871cbe0ae8fa';
let clock = 0;
/** A console line of a later instant than the one before. */
const line = (event: string, context = `filename=prompt_caching.py lineno=1 ${thread}`, level = 'info') => {
	clock += 7;
	const time = new Date(Date.UTC(2025, 9, 20, 8, 15, 30) + clock).toISOString().replace('Z', '456Z');
	return `${time} [${level.padEnd(9)}] ${event.padEnd(30)} ${context}\n`;
};
const call = 'Making LLM API call to model: anthropic/claude-sonnet-4-5-20250929 with 2 messages';
const usage = (prompt: number, read: number, write: number, type = 'EXACT') =>
	`💰 Usage type: ${type} - prompt=${prompt}, completion=10, cache_read=${read}, cache_creation=${write}`;

describe('joining lines to requests', () => {
	test('plan, call and outcome are one request', () => {
		const {requests} = readLog(
			line('📊 Applying single cache breakpoint strategy for 3 messages') +
				line('🔥 Block 1: Cached system prompt (14238 tokens)') +
				line('🔥 Block 2: Cached chunk (1500 tokens, 7 messages)') +
				line(call) +
				line(usage(16_011, 14_238, 1699)) +
				line('🎯 CACHE HIT: 14238/16011 tokens (88.9%)'),
		);
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			thread: '98e616ec-8bb0-4460-a17f-871cbe0ae8fa',
			model: 'anthropic/claude-sonnet-4-5-20250929',
			plan: {
				blocks: [
					{number: 1, tokens: 14_238},
					{number: 2, tokens: 1500},
				],
			},
			usage: {uncached: 74, cacheRead: 14_238, cacheWrite5m: 1699, cacheWrite1h: 0, output: 10, accuracy: 'exact'},
		});
	});

	test('a pass without a call after it was a dry run in a log that shows calls', () => {
		const pass =
			line('📊 Applying single cache breakpoint strategy for 1 messages') +
			line('🔥 Block 1: Cached system prompt (900 tokens)');
		const {requests, tally} = readLog(pass + pass + line(call) + line(usage(1000, 0, 900)) + pass);
		expect(requests).toHaveLength(1);
		expect(requests[0]?.plan?.blocks).toHaveLength(1);
		expect(tally.dryRuns).toBe(1);
	});

	test('without any call, each pass is a request, until the first call takes that back', () => {
		const pass =
			line('📊 Applying single cache breakpoint strategy for 1 messages') +
			line('🔥 Block 1: Cached system prompt (900 tokens)');
		expect(readLog(pass + pass + pass).requests).toHaveLength(3);
		expect(readLog(pass + pass + pass + line(call)).requests).toHaveLength(1);
	});

	test('a call whose outcome has not come counts provisionally, without usage', () => {
		const {requests, committed} = readLog(line(call) + line(call));
		expect(requests).toHaveLength(2);
		expect(committed).toBe(1);
		expect(requests.every(request => request.usage === undefined)).toBe(true);
	});

	test('repeats of usage already counted is not added; the same words again are another request', () => {
		const first = usage(16_011, 14_238, 1699);
		expect(readLog(line(first) + line('🎯 CACHE HIT: 14238/16011 tokens (88.9%)')).requests).toHaveLength(1);
		expect(readLog(line(first) + line(first)).requests).toHaveLength(2);
		expect(readLog(line(first) + line('🎯 CACHE HIT: 14000/16011 tokens (87.4%)')).requests).toHaveLength(2);
	});

	test('a response billed twice is one request', () => {
		const billed = () => line('💰 Processing billing for LLM response: chatcmpl-1') + line(usage(16_011, 0, 1699));
		expect(readLog(billed() + billed()).requests).toHaveLength(1);
	});

	test('threads interleave', () => {
		const other = 'thread_id=3af285ed-2cc9-45a5-abbc-6a27a992b27e';
		const {requests} = readLog(
			line('🔥 Block 1: Cached system prompt (14238 tokens)') +
				line('🔥 Block 1: Cached system prompt (5000 tokens)', other) +
				line(call) +
				line('Making LLM API call to model: openai/gpt-5-mini with 2 messages', other) +
				line(usage(6000, 0, 0), other) +
				line(usage(16_011, 14_238, 1699)),
		);
		expect(requests.map(request => [request.model, request.plan?.blocks[0]?.tokens])).toEqual([
			['openai/gpt-5-mini', 5000],
			['anthropic/claude-sonnet-4-5-20250929', 14_238],
		]);
	});

	test('lines without context belong to the call that waits', () => {
		const {requests} = readLog(line(call) + line(usage(16_011, 0, 1699), 'thread_id=None agent_run_id=None'));
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({thread: '98e616ec-8bb0-4460-a17f-871cbe0ae8fa', usage: {cacheWrite5m: 1699}});
	});

	test('stored blocks used again mark the conversation without tokens', () => {
		const {requests} = readLog(
			line('♻️ Loaded 2 cached blocks, appending 1 new messages') + line(call) + line(usage(9000, 8000, 0)),
		);
		expect(requests[0]?.plan?.blocks).toEqual([
			{number: 2, tokens: undefined, reused: true},
			{number: 3, tokens: undefined, reused: true},
		]);
	});

	test('characters are not tokens', () => {
		const {requests} = readLog(
			line('🔥 Block 1: Cached system prompt (48211 chars)') + line('System prompt too small for caching: 99 chars'),
		);
		expect(requests.map(request => request.plan?.blocks[0]?.tokens)).toEqual([undefined, undefined]);
	});

	test('blocks with a 1-hour lifetime make 1-hour writes', () => {
		const {requests} = readLog(
			line('🔥 Block 1: Cached system prompt (8000 tokens, 1h TTL)') + line(call) + line(usage(9000, 0, 8000)),
		);
		expect(requests[0]?.usage).toMatchObject({cacheWrite5m: 0, cacheWrite1h: 8000});
	});

	test('estimates are marked as such', () => {
		const accuracies = ['ESTIMATED', 'FALLBACK ESTIMATE', 'EXACT'].map(
			type => readLog(line(usage(100, 0, 0, type))).requests[0]?.usage?.accuracy,
		);
		expect(accuracies).toEqual(['estimated', 'fallback', 'exact']);
	});

	test('dropped blocks mark the next request', () => {
		const {requests} = readLog(
			line('🗑️ Invalidated cached blocks for thread 98e616ec') +
				line(call) +
				line(usage(9000, 0, 8000)) +
				line(call) +
				line(usage(9000, 8000, 0)),
		);
		expect(requests.map(request => request.rebuilt)).toEqual([true, false]);
	});

	test.each([
		[
			'stored blocks that were dropped',
			'🗑️ Invalidated cached blocks for thread 98e616ec',
			[{kind: 'rebuilding', detail: 'blocks invalidated'}],
		],
		[
			'a compression or another model',
			'🔄 Rebuilding cache due to compression/model change',
			[{kind: 'rebuilding', detail: 'compression or model change'}],
		],
		[
			'blocks built from scratch',
			'🆕 Building cache blocks from scratch (12 messages)',
			[{kind: 'blocks laid out anew'}],
		],
		['the structure of any pass', '🆕 Building cache structure for 12 messages', undefined],
		[
			'an adjusted threshold',
			'📈 Adjusting chunk threshold: 3,000 → 8,442 tokens (to fit 25,326 tokens in 3 blocks)',
			[{kind: 'block size changed', detail: '3000 to 8442'}],
		],
		['a threshold that is only told', '🧮 Calculated optimal cache threshold: 3000 tokens', undefined],
		['a reply that quotes one', 'The log said: Rebuilding cache due to compression/model change', undefined],
	])('what changed before the next request: %s', (_, words, expected) => {
		const {requests} = readLog(
			line(words) + line(call) + line(usage(9000, 0, 8000)) + line(call) + line(usage(9000, 8000, 0)),
		);
		expect(requests.map(({events}) => events)).toEqual([expected, undefined]);
	});

	test('a request was sent when its call was logged', () => {
		const [request] = readLog(line(call) + line(usage(9000, 0, 8000))).requests;
		expect(request?.start).toBeLessThanOrEqual(request?.time as number);
		expect(readLog(line(usage(9000, 0, 8000))).requests[0]?.start).toBeUndefined();
	});
});

describe('outcome wordings', () => {
	test.each([
		[
			"[THREAD_MANAGER] Processing assistant_response_end: model='claude-sonnet-4', prompt_tokens=900, completion_tokens=50, cache_read=500, cache_creation=300",
			{uncached: 400, cacheRead: 500, cacheWrite5m: 300, output: 50, accuracy: 'exact'},
			'claude-sonnet-4',
		],
		[
			'🔍 CACHE DETECTION: cache_read=500, cache_creation=300, prompt=900',
			{uncached: 100, cacheRead: 500, cacheWrite5m: 300},
			undefined,
		],
		[
			"💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': 900, 'completion_tokens': 50, 'total_tokens': 950, 'cache_read_input_tokens': 500, 'cache_creation_input_tokens': 300, 'prompt_tokens_details': {'cached_tokens': 500}}",
			{uncached: 100, cacheRead: 500, cacheWrite5m: 300, output: 50, accuracy: 'exact'},
			undefined,
		],
		[
			"💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': 900, 'completion_tokens': 50, 'total_tokens': 950, 'prompt_tokens_details': {'cached_tokens': 500}}",
			{uncached: 400, cacheRead: 500, cacheWrite5m: 0, accuracy: 'exact'},
			undefined,
		],
		[
			'📊 Usage captured - Model: openai/gpt-5-mini, Usage: Usage(completion_tokens=50, prompt_tokens=900, total_tokens=950, completion_tokens_details=None, prompt_tokens_details=PromptTokensDetailsWrapper(audio_tokens=None, cached_tokens=500, cache_creation_tokens=300, cache_creation_token_details=CacheCreationTokenDetails(ephemeral_5m_input_tokens=100, ephemeral_1h_input_tokens=200)), cache_creation_input_tokens=300, cache_read_input_tokens=500)',
			{uncached: 100, cacheRead: 500, cacheWrite5m: 100, cacheWrite1h: 200, output: 50},
			'openai/gpt-5-mini',
		],
		[
			"💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': 900, 'completion_tokens': 50, 'total_tokens': 950, 'cache_read_input_tokens': None, 'prompt_tokens_details': None}",
			{uncached: 900, cacheRead: 0, cacheUnknown: true},
			undefined,
		],
		[
			"💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': 900, 'completion_tokens': 50, 'total_tokens': 950, 'prompt_tokens_details': {'cached_tokens': None}}",
			{uncached: 900, cacheRead: 0, accuracy: 'exact'},
			undefined,
		],
		[
			'🎯 CACHE HIT: 500/900 tokens (55.6%)',
			{uncached: 400, cacheRead: 500, cacheWrite5m: 0, accuracy: 'partial'},
			undefined,
		],
		[
			'💾 CACHE WRITE: 300 tokens stored for future use',
			{uncached: 0, cacheRead: 0, cacheWrite5m: 300, accuracy: 'partial'},
			undefined,
		],
	])('%s', (event, expected, model) => {
		const {requests} = readLog(line(event).replace('2025-10', model === 'claude-sonnet-4' ? '2025-09' : '2025-10'));
		expect(requests).toHaveLength(1);
		expect(requests[0]?.usage).toMatchObject(expected);
		expect(requests[0]?.model).toBe(model);
	});
});

describe('what prompt tokens contain', () => {
	const read = (model: string, date: string, text: string, promptTokens?: 'written-included' | 'written-excluded') => {
		const {requests} = readLog(
			(line(`LLM API call: ${model} (2 messages)`) + line(text)).replaceAll('2025-10-20', date),
			{promptTokens},
		);
		return requests[0]?.usage && inputTokens(requests[0].usage);
	};

	test('the line itself proves that writes are left out', () => {
		expect(read('anthropic/claude-sonnet-4', '2026-01-01', usage(2506, 2354, 2762))).toBe(2506 + 2762);
	});

	test('without proof, the date decides for Anthropic', () => {
		expect(read('anthropic/claude-sonnet-4', '2025-09-30', usage(9000, 1000, 2000))).toBe(11_000);
		expect(read('claude-sonnet-4', '2025-10-01', usage(9000, 1000, 2000))).toBe(9000);
		expect(read('openai/gpt-5', '2025-09-01', usage(9000, 1000, 0))).toBe(9000);
	});

	test("Bedrock's own total decides, else the date", () => {
		const bedrock = 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0';
		const captured = (total: number) =>
			`📊 Usage captured - Model: ${bedrock}, Usage: Usage(completion_tokens=50, prompt_tokens=900, total_tokens=${total}, cache_creation_input_tokens=300, cache_read_input_tokens=500)`;
		expect(read(bedrock, '2025-12-01', captured(1250))).toBe(1200);
		expect(read(bedrock, '2025-09-01', captured(950))).toBe(900);
		expect(read(bedrock, '2025-10-06', usage(900, 500, 300))).toBe(1200);
		expect(read(bedrock, '2025-10-07', usage(900, 500, 300))).toBe(900);
	});

	test('the user overrides', () => {
		expect(read('openai/gpt-5', '2026-01-01', usage(9000, 1000, 2000), 'written-excluded')).toBe(11_000);
		expect(read('anthropic/claude-sonnet-4', '2025-09-30', usage(9000, 1000, 2000), 'written-included')).toBe(9000);
	});
});

describe('look-alikes count for nothing', () => {
	test.each([
		['a tool result', line('✅ [CACHE HIT] web_search_tool')],
		['a configuration cache', line('⏱️ [AGENT CONFIG] get_cached_agent_config: 3ms (CACHE HIT)')],
		['a wait', line('⚡ [BILLING] Cache hit after waiting')],
		[
			'a user message that quotes a line',
			line('User message: please explain "🎯 CACHE HIT: 1/2 tokens (50.0%)" in my log'),
		],
		['a reply', line('🔍 FINAL LLM END CONTENT: 🔥 Block 1: Cached system prompt (5 tokens)')],
		['an iteration', line('🔥 LLM API call iteration #2 of run')],
		['words that go on', line('🔥 Block 1: Cached system prompt (5 tokens) is what it says')],
		[
			'a continuation line',
			`${line('multi-line event:').trimEnd()}\n🔥 Block 9: Cached chunk (1 tokens, 1 messages)\nthird line ${thread}\n`,
		],
		[
			'a traceback',
			'Traceback (most recent call last):\nValueError: {"event": "🔥 Block 1: Cached system prompt (777 tokens)"}\n',
		],
		[
			'locals of an exception',
			`${JSON.stringify({event: 'Error handling billing', exception: [{exc_value: '🔥 Block 1: Cached system prompt (777 tokens)'}], timestamp: '2025-10-20T08:15:30.123456Z'})}\n`,
		],
		[
			'a usage repeated in other words',
			line("🔍 THREAD MANAGER USAGE: {'prompt_tokens': 900, 'cache_read_input_tokens': 5}"),
		],
	])('%s', (_, log) => {
		expect(readLog(log).requests).toEqual([]);
	});
});

describe('identity', () => {
	const log =
		line('🔥 Block 1: Cached system prompt (900 tokens)') +
		line(call) +
		line(usage(9000, 0, 8000)) +
		line(call) +
		line(usage(9000, 8000, 0));

	test('a log read twice, or in other pieces, gives the same requests', () => {
		const ids = (text: string, length: number) => readLog(text, {}, length).requests.map(request => request.id);
		expect(ids(log + log, 50)).toEqual(ids(log, 100_000));
	});

	test('alike requests of one instant stay apart', () => {
		const same = `2025-10-20T08:15:30Z [info     ] 🔥 Block 1: Cached system prompt (900 tokens)\n`;
		const {requests} = readLog(same.repeat(3));
		expect(new Set(requests.map(request => request.id)).size).toBe(3);
	});
});

describe('bad lines', () => {
	test('a cache line without a time takes that of the line before it', () => {
		const {requests, tally} = readLog(
			`${line('anything LLM')}[info     ] 🔥 Block 1: Cached system prompt (900 tokens)\n`,
		);
		expect(requests[0]?.time).toBe(Date.UTC(2025, 9, 20, 8, 15, 30) + clock);
		expect(tally.untimed).toBe(1);
	});

	test('invalid UTF-8, broken JSON and huge lines do not hide their neighbours', () => {
		const {requests, tally} = readLog(
			Buffer.concat([
				Buffer.from([0xff, 0xfe, 0x42]),
				Buffer.from('\n{"event": "🔥 Block 1: Cached\n'),
				Buffer.from(`Block ${'x'.repeat(400_000)}\n`),
				Buffer.from(line('🔥 Block 1: Cached system prompt (900 tokens)')),
			]),
		);
		expect(requests).toHaveLength(1);
		expect(tally.brokenJson).toBe(1);
	});
});

describe('many conversations, missing context, late lines', () => {
	const other = 'thread_id=3af285ed-2cc9-45a5-abbc-6a27a992b27e';
	const none = 'thread_id=None agent_run_id=None';

	test('more conversations than are kept in mind all count', () => {
		const many = Array.from({length: 21_000}, (_, index) =>
			line('🔥 Block 1: Cached system prompt (900 tokens)', `thread_id=t${index}`),
		);
		expect(readLog(many.join(''), {}, 1 << 20).requests).toHaveLength(21_000);
	});

	test('a response without an id is not one with the id "unknown"', () => {
		const billed = () =>
			line(call) + line('💰 Processing billing for LLM response: unknown') + line(usage(16_011, 14_000, 1699));
		const {requests} = readLog(billed() + billed() + billed());
		expect(requests.map(request => request.usage?.cacheRead)).toEqual([14_000, 14_000, 14_000]);
	});

	test('a late flush without context adds nothing, and supplies a missing model', () => {
		const data = (prompt: number) =>
			`💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': ${prompt}, 'completion_tokens': 50, 'total_tokens': ${prompt + 50}, 'cache_read_input_tokens': 500, 'cache_creation_input_tokens': 300}`;
		const flush =
			'💰 [BatchWriter] Billing: prompt=900, completion=50, cache_read=500, cache_create=300, model=claude-haiku-4-5';
		const {requests} = readLog(line(data(900)) + line(call, other) + line(flush, none) + line(data(7000), other));
		expect(requests.map(request => [request.model, request.usage?.uncached])).toEqual([
			['claude-haiku-4-5', 100],
			['anthropic/claude-sonnet-4-5-20250929', 6200],
		]);
	});

	test('a run whose thread is known later is one conversation', () => {
		const {requests} = readLog(
			line('LLM API call: claude-haiku-4-5 (2 messages)', 'agent_run_id=r1') +
				line(usage(9000, 8000, 0), 'agent_run_id=r1 thread_id=t1'),
		);
		expect(requests.map(({thread, model, usage: counted}) => [thread, model, counted?.cacheRead])).toEqual([
			['t1', 'claude-haiku-4-5', 8000],
		]);
	});

	test('overlapping calls without any context are answered in their order', () => {
		const named = (model: string) => line(`LLM API call: ${model} (2 messages)`, none);
		const {requests} = readLog(
			named('claude-sonnet-4-5') +
				named('claude-opus-4-5') +
				line(usage(9000, 0, 0), none) +
				line(usage(8000, 0, 0), none),
		);
		expect(requests.map(({model}) => model)).toEqual(['claude-sonnet-4-5', 'claude-opus-4-5']);
	});

	test('a thread named in the words is that of the line', () => {
		const {requests} = readLog(
			line('🗑️ Invalidated cached blocks for thread t9', none) +
				line(call, 'thread_id=t9') +
				line(usage(9000, 0, 8000), 'thread_id=t9'),
		);
		expect(requests[0]?.rebuilt).toBe(true);
	});

	test('zeros are no usage', () => {
		const {requests} = readLog(line(call) + line(usage(0, 0, 0).replace('completion=10', 'completion=0')));
		expect(requests.map(request => request.usage)).toEqual([undefined]);
	});
});

describe('impossible lines', () => {
	test.each([
		['a number that no request has', usage(1, 0, 0).replace('prompt=1', `prompt=${'9'.repeat(400)}`)],
		['one in a block', `🔥 Block 1: Cached system prompt (${'9'.repeat(300)} tokens)`],
		['one in a usage object', `📊 Usage captured - Model: m, Usage: Usage(prompt_tokens=${'9'.repeat(30)})`],
	])('%s counts for nothing', (_, event) => {
		expect(readLog(line(event)).requests).toEqual([]);
	});

	test.each(['2025-02-30', '2025-13-01'])('the date %s is that of the line before', date => {
		const {requests} = readLog(
			line('anything LLM') + line('🔥 Block 1: Cached system prompt (900 tokens)').replace('2025-10-20', date),
		);
		expect(new Date(requests[0]?.time ?? 0).getUTCFullYear()).toBe(2025);
	});

	test('a log without any time has the same identities tomorrow', () => {
		const log = '[info     ] 🔥 Block 1: Cached system prompt (900 tokens)\n'.repeat(2);
		const read = () => readLog(log).requests;
		expect(read().map(({id}) => id)).toEqual(read().map(({id}) => id));
		expect(new Set(read().map(({id}) => id)).size).toBe(2);
		expect(read().map(({time}) => time)).toEqual([untimed, untimed]);
	});
});
