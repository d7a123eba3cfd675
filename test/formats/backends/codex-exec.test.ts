import {expect, test} from 'vitest';
import {codexExec} from '../../../source/formats/backends/codex-exec/codex-exec.js';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import {formats} from '../../../source/formats/table.js';
import {logOf, readLines} from '../reading.js';

const started = (thread: string) => ({type: 'thread.started', thread_id: thread});
const completed = (input: number, read: number, output: number, more = {}) => ({
	type: 'turn.completed',
	usage: {input_tokens: input, cached_input_tokens: read, output_tokens: output, ...more},
});
const answer = {type: 'item.completed', item: {id: 'item_0', type: 'agent_message', text: '"input_tokens": 5'}};
const sums = (lines: readonly unknown[], format = codexExec) => readLines(format, lines).session.sums;
const tokens = (uncached: number, cacheRead: number, output: number, cacheWrite5m = 0) => ({
	uncached,
	cacheRead,
	cacheWrite5m,
	cacheWrite1h: 0,
	output,
});

test('the usage of a turn is a sum of its thread, and no request', () => {
	const log = [started('a'), {type: 'turn.started'}, answer, completed(24_763, 24_448, 122)];
	expect(formats.find(format => format.recognise(Buffer.from(logOf(log))))?.name).toBe('codex-exec');
	const {requests, session} = readLines(codexExec, log);
	expect(requests).toEqual([]);
	expect(session.sums).toEqual([{id: 'a', thread: 'a', requests: undefined, tokens: tokens(315, 24_448, 122)}]);
});

test('a thread that is resumed reports the total of all its turns, which counts once', () => {
	const log = [started('a'), completed(100, 50, 10), started('a'), completed(300, 200, 30), completed(450, 300, 35)];
	expect(sums([...log, started('b'), completed(400, 300, 40)])).toMatchObject([
		{id: 'a', tokens: tokens(150, 300, 35)},
		{id: 'b', tokens: tokens(100, 300, 40)},
	]);
	// Counted anew.
	expect(sums([started('a'), completed(300, 200, 30), completed(100, 50, 10)])).toMatchObject([
		{tokens: tokens(150, 250, 40)},
	]);
});

test('written tokens, where they are reported', () => {
	const log = [started('a'), completed(100, 50, 10, {cache_write_input_tokens: 40})];
	expect(sums(log)).toMatchObject([{tokens: tokens(10, 50, 10, 40)}]);
});

test('a session that goes on knows what it counted', () => {
	const {session} = readLines(codexExec, [started('a'), completed(100, 50, 10)]);
	const saved = JSON.parse(JSON.stringify(session.save()));
	const next = codexExec.open(
		{source: 'x', localTime: () => 0, promptTokens: undefined, onRequest: () => {}, onRetract: () => {}},
		saved,
	);
	next.lines(Buffer.from(logOf([started('a'), completed(300, 200, 30)])), false);
	expect(next.sums).toMatchObject([{tokens: tokens(100, 200, 30)}]);
});

test('events inside of what other programs write', () => {
	const compose = [started('a'), completed(100, 50, 10)].map(event => `codex-1  | ${JSON.stringify(event)}`);
	expect(sums(compose)).toMatchObject([{id: 'a', tokens: tokens(50, 50, 10)}]);
	const logged = [completed(100, 50, 10), completed(300, 200, 30)].map(event => ({
		time: '2026-11-27T10:00:00Z',
		thread_id: 'a',
		event,
	}));
	expect(readLines(usageLines, logged).requests).toEqual([]);
	expect(sums(logged, usageLines as typeof codexExec)).toMatchObject([{id: 'a', tokens: tokens(100, 200, 30)}]);
	const nameless = logged.map(({thread_id: _, ...line}) => line);
	expect(sums(nameless, usageLines as typeof codexExec)).toMatchObject([{id: '', tokens: tokens(150, 250, 40)}]);
	const usage = {input_tokens: 10, cache_read_input_tokens: 9000, output_tokens: 5};
	expect(readLines(codexExec, [started('a'), {time: '2026-11-27T10:00:00Z', usage}]).requests).toHaveLength(1);
});
