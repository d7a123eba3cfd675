import {expect, test} from 'vitest';
import {deepseekHarness} from '../../../source/formats/agents/deepseek-harness/deepseek-harness.js';
import {readAll, toLines} from './read-transcript.js';

const at = (second: number) => Date.UTC(2026, 10, 20, 10, 0, second);
const header = (id: string, parts: object = {}) => ({
	type: 'session',
	version: 0,
	id,
	createdAt: at(0),
	cwd: '/p',
	...parts,
});
const told = (inputTokens: number, cacheReadTokens: number) => ({inputTokens, outputTokens: 5, cacheReadTokens});
const chunk = (seq: number, second: number, step: number, usage: object) => ({
	type: 'assistant/chunk',
	seq,
	time: at(second),
	data: {turn: 1, step, chunk: {type: 'usage', usage}},
});
const message = (seq: number, second: number, step: number, usage: object) => ({
	type: 'assistant/message',
	seq,
	time: at(second) + 7,
	data: {turn: 1, step, usage, message: {source: {provider: 'deepseek', model: 'deepseek-chat'}}},
});
const parent = [chunk(3, 5, 1, told(900, 0)), message(4, 5, 1, told(900, 0)), message(8, 20, 2, told(90, 900))];

test('a step is one request, by its chunk and its message', () => {
	expect(readAll(deepseekHarness, toLines(header('a'), ...parent))).toHaveLength(2);
});

test('what a fork took over from its parent adds nothing, in any order', () => {
	const original = toLines(header('a'), ...parent);
	const fork = toLines(header('b', {parentSession: 'a', seedLength: 9}), ...parent, message(12, 40, 3, told(80, 990)));
	for (const logs of [
		[original, fork],
		[fork, original],
	]) {
		expect(readAll(deepseekHarness, ...logs).map(({thread, usage}) => [thread, usage?.cacheRead])).toEqual([
			['a', 0],
			['a', 900],
			['b', 990],
		]);
	}
});
