import {expect, test} from 'vitest';
import {cacheLines} from '../../../../source/formats/backends/dumps/cache-lines.js';
import {formats} from '../../../../source/formats/table.js';
import {readLines} from '../../reading.js';

const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};
const at = Date.UTC(2026, 10, 27, 10);

test.each([
	'2026-11-27T10:00:00Z [cache] prompt=9510 tok (read=9000 write=500 uncached=10) output=50 cached=94.6% cost=$0.0054',
	'worker-1  | 2026-11-27 10:00:00,000 INFO cache: input=9,510 hit=9,000 written=500 fresh=10 out=50 model=claude-sonnet-4-5',
	'2026-11-27T10:00:00Z cache_stats prompt_tokens=9510 read=9000 write=500 uncached=10 output=50',
	'2026-11-27T10:00:00Z INFO claude-sonnet-4-5 token usage - Input: 10, Output: 50, Cache Read: 9,000, Cache Write: 500',
	'2026-11-27T10:00:00Z INFO Input tokens: 10, output tokens: 50, cache read tokens: 9000, cache creation tokens: 500',
	'2026-11-27T10:00:00Z tokens in=10 out=50 cache_read=9000 cache_write=500',
	'2026-11-27T10:00:00Z LLM call: 10 input tokens, 50 output tokens, 9000 cache read tokens, 500 cache write tokens',
	'{"time":"2026-11-27T10:00:00Z","model":"claude-sonnet-4-5","usage":{"input":10,"output":50,"cacheRead":9000,"cacheWrite":500}}',
	'2026-11-27T10:00:00Z INFO done {"model":"claude-sonnet-4-5","usage":{"input":10,"output":50,"cache_read":9000,"cache_write":500}}',
])('%s', line => {
	expect(formats.find(format => format.recognise(Buffer.from(`${line}\n`)))?.name).toBe('cache-lines');
	const {requests} = readLines(cacheLines, [line]);
	expect(requests.map(({time, usage}) => ({time, usage}))).toMatchObject([{time: at, usage: all}]);
});

test.each([
	'2026-11-27T10:00:00Z [cache] prompt=9510 (read=9000 write=500 uncached=11) output=50',
	'2026-11-27T10:00:00Z INFO disk cache: read=5 write=7 hit=3',
	'2026-11-27T10:00:00Z INFO redis cache hit in=5 out=7',
	'2026-11-27T10:00:00Z ccache: input=100 hit=90 miss=10',
	'2026-11-27T10:00:00Z remote-cache input=340 (hit=300 miss=40) out=12',
	'2026-11-27T10:00:00Z [cache] prompt=0 (read=0 write=0 uncached=0)',
	'{"usage":{"input":10},"note":"cache"}',
	'2026-11-27T10:00:00Z build: input: 5, output: 7, cache hits: 3',
	'2026-11-27T10:00:00Z tokens input=5 cache_read=3',
	'2026-11-27T10:00:00Z tokens: input: 5, output: 7, cache hits: 3',
	'2026-11-27T10:00:00Z model limits of claude-sonnet-4-5: max input: 200000, max output: 64000, cache read: 1',
	'2026-11-27T10:00:00Z max_input_tokens=200000 max_output_tokens=8192 cached_tokens=0',
	'2026-11-27T10:00:00Z gpt-5.1 per million tokens: input: 2, output: 10, cached input: 1',
	'2026-11-27T10:00:00Z rate limit, tokens remaining: input: 100, output: 50, cached: 90',
	'2026-11-27T10:00:00Z 12 requests, tokens in: 100, out: 50, cached: 90',
	'2026-11-27T10:00:00Z average tokens: input: 100, output: 50, cached: 90',
	'2026-11-27T10:00:00Z oauth tokens: in: 10, out: 5, cached: 3',
	'LLM call: 9510 prompt tokens (9000 cached), 50 completion tokens',
	'console.log(`Input: 10, Output: 50, Cache Read: 9000 tokens`);',
	"\t'2026-11-27T10:00:00Z usage: 9510 prompt tokens (9000 cached), 50 completion tokens',",
	'+2026-11-27T10:00:00Z usage: 9510 prompt tokens (9000 cached), 50 completion tokens',
	'> 2026-11-27T10:00:00Z usage: 9510 prompt tokens (9000 cached), 50 completion tokens',
	'Lines of an own wording are read: `prompt=9510 (read=9000 write=500 uncached=10)`.',
])('%s: nothing proves it', line => {
	expect(cacheLines.recognise(Buffer.from(`${line}\n`))).toBe(false);
	expect(readLines(cacheLines, [line]).requests).toEqual([]);
});

test.each([
	'2026-11-27T10:00:00Z usage: 9510 prompt tokens (9000 cached), 50 completion tokens',
	'2026-11-27T10:00:00Z Prompt tokens: 9510 (cached: 9000), Completion tokens: 50',
	'2026-11-27T10:00:00Z llm model=gpt-5.1 input=9510 (cached=9000) output=50',
	'2026-11-27T10:00:00Z qwen3-max: 9510 input tokens, 9000 cache hit tokens, 50 output tokens',
])('%s: what was cached is a part of the prompt', line => {
	expect(cacheLines.recognise(Buffer.from(`${line}\n`))).toBe(true);
	const {requests} = readLines(cacheLines, [line]);
	expect(requests).toMatchObject([{time: at, usage: {uncached: 510, cacheRead: 9000, output: 50}}]);
});

test('a line that tells tokens by name is read beside them', () => {
	const {requests} = readLines(cacheLines, [
		'2026-11-27T10:00:00Z [cache] prompt=9510 (read=9000 write=500 uncached=10) output=50',
		'{"time":"2026-11-27T10:05:00Z","usage":{"input_tokens":10,"cache_read_input_tokens":9000,"cache_creation_input_tokens":500,"output_tokens":50}}',
	]);
	expect(requests).toMatchObject([{usage: all}, {usage: all}]);
});
