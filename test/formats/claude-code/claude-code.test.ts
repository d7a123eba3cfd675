import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../../source/formats/claude-code/claude-code.js';
import type {Request} from '../../../source/request.js';
import {Requests, readAll, readInto, toLines} from '../read-transcript.js';

type Parts = Readonly<Record<string, unknown>>;

const usage = (output: number, parts: Parts = {}) => ({
	input_tokens: 3,
	cache_creation_input_tokens: 900,
	cache_read_input_tokens: 12_000,
	cache_creation: {ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 700},
	output_tokens: output,
	service_tier: 'standard',
	...parts,
});
const entry = (parts: Parts = {}) => ({
	parentUuid: null,
	isSidechain: false,
	cwd: '/home/ada/engine',
	sessionId: 'session-1',
	version: '2.1.42',
	...parts,
});
const message = (id: string, output: number, parts: Parts = {}) => ({
	model: 'claude-opus-4-6',
	id,
	type: 'message',
	role: 'assistant',
	content: [],
	usage: usage(output),
	...parts,
});
const answer = (id: string, output: number, parts: Parts = {}, messageParts: Parts = {}) =>
	entry({
		message: message(id, output, messageParts),
		requestId: `req-${id}`,
		type: 'assistant',
		uuid: `uuid-${id}-${output}`,
		timestamp: '2026-02-10T21:12:01.250Z',
		...parts,
	});
const progress = (id: string, output: number) =>
	entry({
		type: 'progress',
		data: {
			type: 'agent_progress',
			agentId: 'a1b2c3',
			message: {
				type: 'assistant',
				timestamp: '2026-02-10T21:12:00.000Z',
				message: message(id, output),
				requestId: `req-${id}`,
			},
		},
		timestamp: '2026-02-10T21:12:00.500Z',
	});
const outputs = (requests: readonly Request[]) => requests.map(request => [request.id, request.usage?.output]);

describe('one request', () => {
	test('is what the API counted, once for all the lines of its answer', () => {
		const store = new Requests();
		const tally = readInto(store, claudeCode, toLines(answer('m1', 1), answer('m1', 1), answer('m1', 250)));
		expect(store.all()).toEqual([
			{
				id: 'claude-code:m1',
				time: Date.UTC(2026, 1, 10, 21, 12, 1, 250),
				thread: 'session-1',
				project: '/home/ada/engine',
				source: 'a log',
				host: undefined,
				model: 'claude-opus-4-6',
				plan: undefined,
				usage: {
					uncached: 3,
					cacheRead: 12_000,
					cacheWrite5m: 200,
					cacheWrite1h: 700,
					output: 250,
					accuracy: 'exact',
				},
				missReason: undefined,
				client: 'claude-code 2.1.42',
				rebuilt: false,
			},
		]);
		expect(tally).toMatchObject({candidates: 3, outcomes: 1, repeats: 2, brokenJson: 0});
	});

	test('writes of which no lifetime is told live 5 minutes', () => {
		const [request] = readAll(claudeCode, toLines(answer('m1', 1, {}, {usage: usage(1, {cache_creation: undefined})})));
		expect(request?.usage).toMatchObject({cacheWrite5m: 900, cacheWrite1h: 0});
	});

	test.each([
		[{cache_miss_reason: {type: 'tools_changed', cache_missed_input_tokens: 41_000}}, 'tools_changed'],
		[{cache_miss_reason: {type: 'previous_message_not_found'}}, undefined],
		[{cache_miss_reason: null}, undefined],
		[null, undefined],
	])('carries the diagnosis of the provider: %j', (diagnostics, missReason) => {
		const [request] = readAll(claudeCode, toLines(answer('m1', 1, {}, {diagnostics})));
		expect(request?.missReason).toBe(missReason);
	});

	test('has the time of the line before where it has none', () => {
		const store = new Requests();
		const tally = readInto(store, claudeCode, toLines(answer('m1', 1), answer('m2', 1, {timestamp: 'soon'})));
		expect(new Set(store.all().map(({time}) => time)).size).toBe(1);
		expect(tally.untimed).toBe(1);
	});
});

describe('what is no request', () => {
	test.each([
		['a line that the application wrote in a model’s name', answer('m1', 0, {}, {model: '<synthetic>'})],
		[
			'an API error',
			answer(
				'm1',
				0,
				{isApiErrorMessage: true},
				{usage: {input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0}},
			),
		],
		['the sum a tool reports', entry({type: 'user', toolUseResult: {usage: usage(40)}, message: {role: 'user'}})],
		[
			'a message of a user that quotes a transcript',
			entry({type: 'user', message: {content: toLines(answer('m1', 1))}}),
		],
	])('%s', (_, line) => {
		expect(readAll(claudeCode, toLines(line))).toEqual([]);
	});
});

describe('copies', () => {
	const original = toLines(answer('m1', 1), answer('m1', 90), answer('m2', 30));

	test('a resumed session that took over the old lines adds nothing', () => {
		const copy = original.replaceAll('session-1', 'session-2');
		expect(outputs(readAll(claudeCode, original, copy, original))).toEqual(outputs(readAll(claudeCode, original)));
	});

	test.each([
		['side question', {isSidechain: true, requestId: 'req-other', agentId: 'aside'}],
		['fork', {forkedFrom: {sessionId: 'session-1', messageUuid: 'uuid-m1-90'}, sessionId: 'session-2'}],
	])('a %s never replaces the original, whichever is read first', (_, parts) => {
		const copy = toLines(answer('m1', 1, parts), answer('m3', 7, parts));
		for (const logs of [[original, copy], [copy, original], [original + copy], [copy + original]]) {
			const requests = readAll(claudeCode, ...logs);
			expect(Object.fromEntries(outputs(requests))).toEqual({
				'claude-code:m1': 90,
				'claude-code:m2': 30,
				'claude-code:m3': 7,
			});
			expect(requests.find(({id}) => id === 'claude-code:m1')).toMatchObject({thread: 'session-1'});
		}
	});

	test("a sub-agent counts by its own file; what its parent's progress repeats does not", () => {
		const own = toLines(
			answer('s1', 1, {isSidechain: true, agentId: 'a1b2c3'}),
			answer('s1', 55, {isSidechain: true, agentId: 'a1b2c3'}),
		);
		const parent = original + toLines(progress('s1', 1));
		const both = readAll(claudeCode, parent, own);
		expect(both).toHaveLength(3);
		expect(both.find(({id}) => id === 'claude-code:s1')).toMatchObject({
			thread: 'session-1/a1b2c3',
			replica: true,
			usage: {output: 55},
		});
		expect(readAll(claudeCode, parent)).toHaveLength(2);
	});

	test('an original keeps the output that a copy before it knew of', () => {
		const copy = answer('m1', 90, {isSidechain: true});
		const [request] = readAll(claudeCode, toLines(copy, answer('m1', 1)));
		expect(request).toMatchObject({thread: 'session-1', usage: {output: 90}});
		expect(request).not.toHaveProperty('replica');
	});

	test('sub-agents that are not named are kept apart from the conversation', () => {
		const requests = readAll(claudeCode, toLines(answer('s1', 1, {isSidechain: true})));
		expect(requests[0]?.thread).toBe('session-1/sidechain');
	});
});

describe('compaction', () => {
	const boundary = (subtype: string) => entry({type: 'system', subtype, content: 'Conversation compacted'});

	test.each(['compact_boundary', 'microcompact_boundary'])('%s marks the next request of its thread', subtype => {
		const requests = readAll(
			claudeCode,
			toLines(
				answer('m1', 1),
				boundary(subtype),
				answer('s1', 1, {isSidechain: true, agentId: 'a1'}),
				answer('m2', 1),
				answer('m2', 5),
				answer('m3', 1),
			),
		);
		expect(requests.filter(({rebuilt}) => rebuilt).map(({id}) => id)).toEqual(['claude-code:m2']);
	});

	test('so does the request that made the summary', () => {
		const summary = answer('c1', 900, {isSidechain: true, agentId: 'acompact-1f'});
		const requests = readAll(claudeCode, toLines(answer('m1', 1), summary, summary, answer('m2', 1)));
		expect(requests.map(({id, rebuilt}) => [id, rebuilt])).toEqual([
			['claude-code:m1', false],
			['claude-code:c1', false],
			['claude-code:m2', true],
		]);
	});

	test('words about it do not', () => {
		const words = entry({type: 'user', subtype: 'compact_boundary'});
		expect(readAll(claudeCode, toLines(words, answer('m1', 1)))[0]?.rebuilt).toBe(false);
	});
});

describe('bytes', () => {
	const log = Buffer.from(toLines(answer('m1', 1), answer('m1', 90), progress('s1', 4), answer('m2', 30)));

	test('pieces cut at any line hold the same requests', () => {
		const whole = readAll(claudeCode, log);
		for (const pieceLength of [1, 700, 1500]) {
			const store = new Requests();
			readInto(store, claudeCode, log, pieceLength);
			expect(store.all()).toEqual(whole);
		}
	});

	test('a damaged line is counted, the others are read', () => {
		const store = new Requests();
		const cut = log.subarray(0, log.indexOf('\n') - 3);
		const tally = readInto(store, claudeCode, Buffer.concat([cut, Buffer.from('\n'), log]));
		expect(tally.brokenJson).toBe(1);
		expect(store.all()).toHaveLength(2);
	});

	test('invalid UTF-8 in a text does not matter', () => {
		const line = Buffer.from(toLines(answer('m1', 8, {slug: '####'})));
		line.set([0xff, 0xc3, 0x28, 0xfe], line.indexOf('####'));
		expect(outputs(readAll(claudeCode, line))).toEqual([['claude-code:m1', 8]]);
	});

	test('a line of 15 MB is read, one of 20 MB passed over', () => {
		const long = (id: string, megabytes: number) => toLines(answer(id, 1, {slug: 'x'.repeat(megabytes << 20)}));
		const requests = readAll(claudeCode, long('m1', 15) + long('m2', 20) + toLines(answer('m3', 1)));
		expect(requests.map(({id}) => id)).toEqual(['claude-code:m1', 'claude-code:m3']);
	});
});

describe('recognition', () => {
	const transcript = toLines(
		{type: 'permission-mode', permissionMode: 'default', sessionId: 'session-1'},
		{type: 'summary', summary: 'A summary', leafUuid: 'u1'},
		entry({type: 'user', uuid: 'u2', message: {role: 'user', content: 'Hello'}}),
	);

	test.each([
		['a transcript', transcript],
		['one that begins within a line', `e":"x"}\n${transcript}`],
		['a single line', toLines(answer('m1', 1))],
	])('%s', (_, head) => {
		expect(claudeCode.recognise(Buffer.from(head))).toBe(true);
	});

	test.each([
		['nothing', ''],
		['text with a transcript inside its lines', `2026-02-10 INFO said ${toLines(answer('m1', 1))}`.repeat(3)],
		['JSON with a transcript inside its lines', toLines({event: toLines(answer('m1', 1)), level: 'info'})],
		['a text log in which one line was pasted', `${'2026-02-10 INFO\n'.repeat(4)}${toLines(answer('m1', 1))}`],
		[
			'what the program prints for other programs',
			toLines({type: 'assistant', message: {}, session_id: 's', uuid: 'u'}),
		],
	])('not %s', (_, head) => {
		expect(claudeCode.recognise(Buffer.from(head))).toBe(false);
	});
});
