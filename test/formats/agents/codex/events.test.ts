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

describe('settings that a rollout tells in an event', () => {
	const applied = (second: number, settings: Parts) =>
		event(second, 'thread_settings_applied', {thread_settings: settings});
	const tiers = (...lines: readonly unknown[]) =>
		readAll(codex, toLines(meta, ...lines)).map(({priceFactors}) => priceFactors?.tier);

	test.each([
		['priority', 'priority'],
		['fast', 'priority'],
		['flex', 'flex'],
		['default', undefined],
		['standard', undefined],
		['constructor', undefined],
	])('the tier %s is priced as %s', (name, tier) => {
		expect(tiers(applied(1, {model: 'gpt-5.4', service_tier: name}), turn(2), count(3, 3000))).toEqual([tier]);
	});

	test('a tier holds until another is told', () => {
		expect(
			tiers(
				turn(1),
				count(2, 3000),
				applied(3, {service_tier: 'flex'}),
				count(4, 6000),
				applied(5, {model: 'gpt-5.4'}),
				count(6, 9000),
				applied(7, {service_tier: null}),
				count(8, 12_000),
			),
		).toEqual([undefined, 'flex', 'flex', undefined]);
	});

	test('the model and the effort are those of turns that do not tell them', () => {
		const [one] = readAll(
			codex,
			toLines(meta, applied(1, {model: 'gpt-5.4', reasoning_effort: 'high'}), count(2, 3000)),
		);
		expect(one).toMatchObject({model: 'gpt-5.4'});
		const [other] = readAll(
			codex,
			toLines(meta, applied(1, {model: 'gpt-5.4', reasoning_effort: 'high'}), turn(2, {effort: null}), count(3, 3000)),
		);
		expect(other).toMatchObject({model: 'gpt-5-codex', settings: {effort: 'high'}});
	});

	test('a change of the tier is what happened', () => {
		const change = [applied(3, {service_tier: 'priority'})];
		expect(
			readAll(
				codex,
				toLines(meta, applied(1, {service_tier: 'default'}), turn(1), count(2, 3000), ...change, count(9, 6000)),
			)[1]?.events,
		).toEqual([{kind: 'service tier', detail: 'default to priority'}]);
	});
});

test('children of a role are told apart', () => {
	const child = (id: string) =>
		line(0, 'session_meta', {
			id,
			source: {subagent: {thread_spawn: {parent_thread_id: 's1', agent_role: 'explorer'}}},
			thread_source: 'subagent',
		});
	const [one] = readAll(codex, toLines(child('c1'), turn(1), count(9, 3000)));
	expect(one).toMatchObject({thread: 's1', agent: 'explorer', agentId: 'c1'});
	const [own] = readAll(codex, toLines(meta, turn(1), count(9, 3000)));
	expect(own).toMatchObject({thread: 's1', agent: 'main', agentId: undefined});
});
