import {describe, expect, test} from 'vitest';
import {codex} from '../../../../source/formats/agents/codex/codex.js';
import {readAll, toLines} from '../read-transcript.js';

type Parts = Readonly<Record<string, unknown>>;

const at = (second: number) => Date.UTC(2026, 4, 2, 9, 0, second);
const line = (second: number, type: string, payload: Parts) => ({
	timestamp: new Date(at(second)).toISOString(),
	type,
	payload,
});
const meta = line(0, 'session_meta', {id: 's1', cwd: '/srv/shop', cli_version: '0.47.0', model_provider: 'openai'});
const turn = (second: number, parts: Parts = {}) =>
	line(second, 'turn_context', {
		cwd: '/srv/shop',
		approval_policy: 'never',
		model: 'gpt-5-codex',
		effort: 'medium',
		...parts,
	});
const item = (second: number, type: string, parts: Parts = {}) => line(second, 'response_item', {type, ...parts});
const event = (second: number, type: string, parts: Parts = {}) => line(second, 'event_msg', {type, ...parts});
const usage = (input: number) => ({input_tokens: input, cached_input_tokens: input - 100, output_tokens: 20});
const count = (second: number, total: number) =>
	event(second, 'token_count', {info: {total_token_usage: usage(total), last_token_usage: usage(2000)}});
const user = (second: number) =>
	item(second, 'message', {role: 'user', content: [{type: 'input_text', text: 'secret'}]});

/** Events of the second of two requests with these lines between them. */
const between = (...lines: readonly unknown[]) =>
	readAll(codex, toLines(meta, turn(1), count(2, 3000), ...lines, count(50, 6000)))[1]?.events;

describe('what changed between two requests', () => {
	test.each([
		['the same turn again', [turn(3)], undefined],
		['another model', [turn(3, {model: 'gpt-5.1'})], [{kind: 'model', detail: 'gpt-5-codex to gpt-5.1'}]],
		['another effort', [turn(3, {effort: 'high'})], [{kind: 'effort', detail: 'medium to high'}]],
		[
			'another effort, as newer versions write it',
			[turn(3, {effort: undefined, collaboration_mode: {mode: 'default', settings: {reasoning_effort: 'high'}}})],
			[{kind: 'effort', detail: 'medium to high'}],
		],
		['an effort that is not told', [turn(3, {effort: null})], undefined],
		[
			'another approval mode',
			[turn(3, {approval_policy: 'on-request'})],
			[{kind: 'approval mode', detail: 'never to on-request'}],
		],
		['another folder', [turn(3, {cwd: '/srv/shop/api'})], [{kind: 'folder', detail: 'shop to api'}]],
		['a compaction', [line(3, 'compacted', {message: ''})], [{kind: 'compaction'}]],
		['a compaction that an event tells', [event(3, 'context_compacted')], [{kind: 'compaction'}]],
		['an interruption', [event(3, 'turn_aborted', {reason: 'interrupted'})], [{kind: 'interrupted'}]],
		['an error', [event(3, 'error', {message: 'secret'})], [{kind: 'error'}]],
		['a message', [event(3, 'user_message', {message: 'context_compacted'})], [{kind: 'new turn'}]],
		['other instructions', [line(3, 'world_state', {full: false, state: {}})], [{kind: 'instructions'}]],
		['the instructions that it begins with', [line(3, 'world_state', {full: true, state: {}})], undefined],
		['a review', [event(3, 'entered_review_mode', {prompt: 'secret'})], [{kind: 'review mode', detail: 'on'}]],
		['the end of a task', [event(3, 'task_complete')], undefined],
	])('%s', (_, lines, expected) => {
		expect(between(...lines)).toEqual(expected);
	});

	test('a date that rolled over', () => {
		const log = toLines(
			meta,
			turn(1, {current_date: '2026-05-01'}),
			count(2, 3000),
			turn(3, {current_date: '2026-05-02'}),
			count(5, 6000),
		);
		expect(readAll(codex, log)[1]?.events).toEqual([{kind: 'date', detail: '2026-05-01 to 2026-05-02'}]);
	});

	test('a fork is noted at its first own request, not at those it copied', () => {
		const forked = line(0, 'session_meta', {id: 's2', forked_from_id: 's1', cwd: '/srv/shop'});
		const log = toLines(forked, turn(0), count(0, 3000), event(20, 'user_message'), count(30, 6000));
		expect(readAll(codex, log).at(-1)?.events).toEqual([{kind: 'fork'}, {kind: 'new turn'}]);
		expect(between(event(3, 'user_message'))).not.toContainEqual({kind: 'fork'});
	});
});

test('a request names its client, provider and effort', () => {
	const [request] = readAll(codex, toLines(meta, turn(1), count(2, 3000)));
	expect(request).toMatchObject({client: 'codex 0.47.0', provider: 'openai', settings: {effort: 'medium'}});
});

describe('when a request was sent', () => {
	test.each([
		[
			'answers are counted before their calls are logged',
			[
				user(1),
				event(2, 'agent_reasoning'),
				count(4, 3000),
				item(4, 'function_call'),
				item(9, 'function_call_output'),
				event(11, 'agent_reasoning'),
				count(14, 6000),
			],
			[1, 9],
		],
		[
			'answers are counted after their tools ran',
			[
				user(1),
				item(3, 'function_call'),
				item(9, 'function_call_output'),
				count(9, 3000),
				item(12, 'message', {role: 'assistant'}),
				count(12, 6000),
			],
			[1, 9],
		],
		[
			'no line of an answer stands before its count',
			[user(1), count(4, 3000), item(4, 'function_call'), item(9, 'function_call_output'), count(14, 6000)],
			[undefined, undefined],
		],
		['nothing was asked', [count(4, 3000), count(14, 6000)], [undefined, undefined]],
	])('%s', (_, lines, seconds) => {
		const starts = readAll(codex, toLines(meta, turn(0), ...lines)).map(({start}) => start);
		expect(starts).toEqual(seconds.map(second => (second === undefined ? undefined : at(second))));
	});
});
