import {expect, test} from 'vitest';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import type {Request} from '../../../source/request.js';
import {readLines} from '../reading.js';

const told = (lines: readonly object[]) => readLines(usageLines, lines);

const counts = (input: number, read: number, written: number, output: number) => ({
	input_tokens: input,
	cache_read_input_tokens: read,
	cache_creation_input_tokens: written,
	output_tokens: output,
});
const answer = (iterations: readonly object[], usage: object = counts(10, 9000, 500, 50)) => ({
	timestamp: '2026-11-27T10:00:00Z',
	agent: 'writer',
	response: {id: 'msg_1', model: 'claude-opus-5', usage: {...usage, iterations}},
});
const brief = ({model, agent, usage, rebuilt, iterations}: Request) => [
	model,
	agent,
	usage?.uncached,
	usage?.cacheRead,
	rebuilt,
	iterations?.length,
];

test('an answer that repeats itself as its one iteration is one request', () => {
	const {requests} = told([answer([{type: 'message', ...counts(10, 9000, 500, 50)}])]);
	expect(requests.map(brief)).toEqual([['claude-opus-5', 'writer', 10, 9000, false, undefined]]);
});

test('a compaction and an advisor are requests of their own', () => {
	const {requests, tally} = told([
		answer([
			{type: 'compaction', ...counts(70_000, 0, 0, 900)},
			{type: 'advisor_message', model: 'claude-fable-5', ...counts(4000, 100, 0, 30)},
			{type: 'message', ...counts(10, 9000, 500, 50)},
		]),
	]);
	expect(requests.map(brief)).toEqual([
		['claude-opus-5', 'writer', 10, 9000, true, undefined],
		['claude-opus-5', 'compaction', 70_000, 0, false, undefined],
		['claude-fable-5', 'advisor', 4000, 100, false, undefined],
	]);
	expect(tally.outcomes).toBe(3);
});

test('a fallback replaces the answer, and the model that it took over from is a request as well', () => {
	const {requests} = told([
		answer([
			{type: 'message', ...counts(10, 9000, 500, 0)},
			{type: 'fallback_message', model: 'claude-sonnet-5', ...counts(9510, 0, 0, 50)},
		]),
	]);
	expect(requests.map(brief)).toEqual([
		['claude-sonnet-5', 'writer', 9510, 0, false, undefined],
		['claude-opus-5', 'writer', 10, 9000, false, undefined],
	]);
});

test('several iterations of one answer are summed beside them', () => {
	const parts = [counts(10, 9000, 500, 20), counts(20, 9500, 100, 30)].map(usage => ({type: 'message', ...usage}));
	const {requests} = told([answer(parts, counts(30, 18_500, 600, 50))]);
	expect(requests.map(brief)).toEqual([['claude-opus-5', 'writer', 30, 18_500, false, 2]]);
});

test('repeats add nothing, and no list is too long', () => {
	const line = answer([{type: 'compaction', ...counts(70_000, 0, 0, 900)}]);
	expect(told([line, line]).requests).toHaveLength(2);
	const many = Array.from({length: 5000}, () => ({type: 'compaction', ...counts(1, 0, 0, 1)}));
	expect(told([answer(many)]).requests).toHaveLength(101);
	const none = told([answer([5, null, 'x', {type: 7}] as unknown as readonly object[])]).requests;
	expect(none.map(brief)).toEqual([['claude-opus-5', 'writer', 10, 9000, false, undefined]]);
});
