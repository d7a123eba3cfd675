import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../../../source/formats/agents/claude-code/claude-code.js';
import type {Request} from '../../../../source/request.js';
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
/** As a request is known: by the id of its message and by its input, read and written tokens. */
const idOf = (message: string) => `claude-code:${message}#3:12000:900`;
const outputs = (requests: readonly Request[]) => requests.map(request => [request.id, request.usage?.output]);

describe('one request', () => {
	test('is what the API counted, once for all the lines of its answer', () => {
		const store = new Requests();
		const tally = readInto(store, claudeCode, toLines(answer('m1', 1), answer('m1', 1), answer('m1', 250)));
		expect(store.all()).toEqual([
			{
				id: idOf('m1'),
				time: Date.UTC(2026, 1, 10, 21, 12, 1, 250),
				thread: 'session-1',
				agent: 'main',
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
				firstLine: Date.UTC(2026, 1, 10, 21, 12, 1, 250),
				rebuilt: false,
			},
		]);
		expect(tally).toMatchObject({candidates: 3, outcomes: 1, repeats: 2, brokenJson: 0});
	});

	test('writes without a lifetime live 5 minutes', () => {
		const [request] = readAll(claudeCode, toLines(answer('m1', 1, {}, {usage: usage(1, {cache_creation: undefined})})));
		expect(request?.usage).toMatchObject({cacheWrite5m: 900, cacheWrite1h: 0});
	});

	test.each([
		[{cache_miss_reason: {type: 'tools_changed', cache_missed_input_tokens: 41_000}}, 'tools_changed'],
		[{cache_miss_reason: {type: 'previous_message_not_found'}}, 'previous_message_not_found'],
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

test.each([
	['msg_bdrk_01A', 'bedrock'],
	['msg_vrtx_01A', 'vertex'],
	['msg_01A', undefined],
	['my_msg_bdrk_01A', undefined],
])('the id %s tells who served the model: %s', (id, provider) => {
	expect(readAll(claudeCode, toLines(answer(id, 5)))[0]?.provider).toBe(provider);
});

test('an answer of several consecutive lines is delivered once, wherever the reading stops', () => {
	const log = toLines(answer('m1', 1), answer('m1', 200), answer('m2', 5), answer('m1', 300));
	const whole = new Requests();
	readInto(whole, claudeCode, log);
	const byLines = new Requests();
	readInto(byLines, claudeCode, log, 1);
	expect([whole.told, byLines.told]).toEqual([3, 4]);
	expect(whole.all()).toEqual(byLines.all());
	expect(outputs(whole.all())).toEqual([
		[idOf('m1'), 300],
		[idOf('m2'), 5],
	]);
});

test('an answer keeps the time of its first line, by which its copies are known', () => {
	const later = {timestamp: '2026-02-10T21:12:09.000Z'};
	const [request] = readAll(claudeCode, toLines(answer('m1', 1), answer('m1', 90, later)));
	expect(request).toMatchObject({
		time: Date.UTC(2026, 1, 10, 21, 12, 9),
		firstLine: Date.UTC(2026, 1, 10, 21, 12, 1, 250),
	});
	expect(readAll(claudeCode, toLines(progress('s1', 1)))[0]?.firstLine).toBeUndefined();
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
				[idOf('m1')]: 90,
				[idOf('m2')]: 30,
				[idOf('m3')]: 7,
			});
			expect(requests.find(({id}) => id === idOf('m1'))).toMatchObject({thread: 'session-1'});
		}
	});

	test("a sub-agent counts once: by its own file, or by its parent's progress where that is missing", () => {
		const own = toLines(
			answer('s1', 1, {isSidechain: true, agentId: 'a1b2c3'}),
			answer('s1', 55, {isSidechain: true, agentId: 'a1b2c3'}),
		);
		const parent = original + toLines(progress('s1', 1));
		const both = readAll(claudeCode, parent, own);
		expect(both).toHaveLength(3);
		expect(both.find(({id}) => id === idOf('s1'))).toMatchObject({
			thread: 'session-1',
			agent: 'a1b2c3',
			usage: {output: 55},
		});
		expect(Object.fromEntries(outputs(readAll(claudeCode, own, parent)))).toEqual(Object.fromEntries(outputs(both)));
		expect(readAll(claudeCode, parent).find(({id}) => id === idOf('s1'))).toMatchObject({
			thread: 'session-1',
			agent: 'a1b2c3',
			time: Date.UTC(2026, 1, 10, 21, 12, 0),
			replica: true,
		});
	});

	test('an original keeps the output that a copy before it knew of', () => {
		const copy = answer('m1', 90, {isSidechain: true});
		const [request] = readAll(claudeCode, toLines(copy, answer('m1', 1)));
		expect(request).toMatchObject({thread: 'session-1', usage: {output: 90}});
		expect(request?.replica).toBeUndefined();
	});

	test('sub-agents that are not named are kept apart from the conversation', () => {
		const requests = readAll(claudeCode, toLines(answer('s1', 1, {isSidechain: true})));
		expect(requests[0]).toMatchObject({thread: 'session-1', agent: 'sidechain'});
	});

	test('sub-agents of a kind are told apart by their ids', () => {
		const sub = (id: string, agentId: string) =>
			answer(id, 1, {isSidechain: true, agentId, attributionAgent: 'Explore'});
		const requests = readAll(claudeCode, toLines(answer('m1', 1), sub('s1', 'a1'), sub('s2', 'a2')));
		expect(requests.map(({agent, agentId}) => [agent, agentId])).toEqual([
			['main', undefined],
			['Explore', 'a1'],
			['Explore', 'a2'],
		]);
		const unnamed = readAll(claudeCode, toLines(answer('s3', 1, {isSidechain: true, agentId: 'a3'})));
		expect(unnamed.map(({agent, agentId}) => [agent, agentId])).toEqual([['a3', undefined]]);
	});
});

describe('gateways', () => {
	const counts = (input: number, read: number, written: number) => ({
		usage: {
			input_tokens: input,
			cache_read_input_tokens: read,
			cache_creation_input_tokens: written,
			output_tokens: 5,
		},
	});

	test('answers that share an id are distinguished by their counts', () => {
		const log = toLines(
			answer('relay', 5, {}, counts(900, 0, 20_000)),
			answer('relay', 5, {}, counts(900, 0, 20_000)),
			answer('relay', 5, {timestamp: '2026-02-10T21:13:00.000Z'}, counts(300, 20_000, 1000)),
		);
		const requests = readAll(claudeCode, log, log);
		expect(requests.map(({usage}) => usage?.uncached)).toEqual([900, 300]);
	});

	test('answers without any id are distinguished by session, time and counts', () => {
		const line = (second: number, uuid: string) => ({
			...answer('', 5, {timestamp: `2026-02-10T21:12:0${second}.000Z`, uuid, requestId: undefined}, {id: undefined}),
		});
		expect(readAll(claudeCode, toLines(line(1, 'a'), line(1, 'b'), line(2, 'c'), line(2, 'd')))).toHaveLength(2);
	});

	test('an answer without any count is a request of which nothing is known', () => {
		const zero = (id: string) => answer(id, 0, {}, {usage: {input_tokens: 0, output_tokens: 0}});
		const requests = readAll(claudeCode, toLines(answer('m1', 5), zero('m2'), zero('m3'), answer('m4', 5)));
		expect(requests.map(({id, usage}) => [id.split('#')[0], usage?.cacheUnknown])).toEqual([
			['claude-code:m1', undefined],
			['claude-code:m2', true],
			['claude-code:m3', true],
			['claude-code:m4', undefined],
		]);
	});

	test('the first line of an answer may not have its counts yet', () => {
		const zero = answer('m1', 0, {}, {usage: {input_tokens: 0, output_tokens: 0}});
		for (const lines of [
			[zero, answer('m1', 9)],
			[answer('m1', 9), zero],
			[zero, zero, answer('m1', 9), zero],
		]) {
			expect(outputs(readAll(claudeCode, toLines(...lines, answer('m2', 1))))).toEqual([
				[idOf('m1'), 9],
				[idOf('m2'), 1],
			]);
		}
	});

	test('a last answer without any count counts for now', () => {
		const session = claudeCode.open({
			source: 'a log',
			localTime: () => 0,
			promptTokens: undefined,
			onRequest: () => {},
			onRetract: () => {},
		});
		session.lines(Buffer.from(toLines(answer('m1', 0, {}, {usage: {input_tokens: 0, output_tokens: 0}}))), true);
		expect(session.provisional()).toMatchObject([{id: 'claude-code:m1#0:0:0', usage: {cacheUnknown: true}}]);
	});

	test('what the line does not tell of the cache is not known', () => {
		const [request] = readAll(claudeCode, toLines(answer('m1', 1, {}, {usage: {input_tokens: 900, output_tokens: 5}})));
		expect(request?.usage).toMatchObject({uncached: 900, cacheRead: 0, cacheUnknown: true});
	});
});

describe('an answer of several calls', () => {
	const step = (type: string, input: number, read: number, parts: Parts = {}) => ({
		type,
		input_tokens: input,
		output_tokens: 7,
		cache_read_input_tokens: read,
		cache_creation_input_tokens: 0,
		...parts,
	});
	const told = (...iterations: readonly unknown[]) =>
		readAll(claudeCode, toLines(answer('m1', 1), answer('m1', 60, {}, {usage: usage(60, {iterations})})));

	test('an advisor and a compaction are requests of their own, the messages are the answer', () => {
		const requests = told(
			step('message', 1, 5000),
			step('advisor_message', 120_000, 0, {model: 'claude-opus-4-8'}),
			step('compaction', 90_000, 12_000),
			step('message', 2, 7000),
		);
		expect(requests.map(({agent, model, usage}) => [agent, model, usage?.uncached, usage?.cacheRead])).toEqual([
			['main', 'claude-opus-4-6', 3, 12_000],
			['advisor', 'claude-opus-4-8', 120_000, 0],
			['compaction', 'claude-opus-4-6', 90_000, 12_000],
		]);
		expect(requests[0]).toMatchObject({
			usage: {output: 60},
			rebuilt: false,
			iterations: [
				{uncached: 1, cacheRead: 5000},
				{uncached: 2, cacheRead: 7000},
			],
		});
	});

	test('a model that refused and the one that took over are two', () => {
		const requests = told(
			step('message', 10, 12_000, {model: 'claude-fable-5'}),
			step('fallback_message', 2000, 0, {model: 'claude-opus-4-8'}),
		);
		expect(requests.map(({model, usage}) => [model, usage?.uncached, usage?.cacheRead])).toEqual([
			['claude-opus-4-8', 2000, 0],
			['claude-fable-5', 10, 12_000],
		]);
	});

	test('the one message that most answers repeat there adds nothing', () => {
		const [request, ...more] = told(step('message', 3, 12_000));
		expect(more).toEqual([]);
		expect(request?.iterations).toBeUndefined();
	});
});

describe('the project', () => {
	const at = (cwd: string, id: string) => answer(id, 1, {cwd});
	const projectsIn = (source: string, ...lines: readonly unknown[]) => {
		const store = new Requests();
		readInto(store, claudeCode, toLines(...lines), 4096, {source});
		return [...new Set(store.all().map(({project}) => project))];
	};

	test('of a session that changes folders is one', () => {
		const lines = [at('/home/ada/shop', 'm1'), at('/home/ada/shop/api', 'm2'), at('/tmp', 'm3')];
		expect(projectsIn('s.jsonl', ...lines)).toEqual(['/home/ada/shop']);
	});

	test('is the one whose transcripts it is among, also of a sub-agent that begins elsewhere', () => {
		const source = '~/.claude/projects/-home-ada-shop/s/subagents/agent-a1.jsonl';
		expect(projectsIn(source, at('/home/ada/shop/api', 'm1'))).toEqual(['/home/ada/shop']);
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
		expect(requests.filter(({rebuilt}) => rebuilt).map(({id}) => id)).toEqual([idOf('m2')]);
	});

	test('so does an answer whose prompt the provider edited in another way than the one before', () => {
		const edited = (id: string, cleared?: number) =>
			answer(
				id,
				1,
				{},
				{
					context_management: {
						applied_edits:
							cleared === undefined
								? []
								: [{type: 'clear_tool_uses_20250919', cleared_tool_uses: 3, cleared_input_tokens: cleared}],
					},
				},
			);
		const requests = readAll(
			claudeCode,
			toLines(answer('m1', 1), edited('m2'), edited('m3', 9000), edited('m4', 9000), edited('m5', 12_000)),
		);
		expect(requests.filter(({rebuilt}) => rebuilt).map(({id}) => id)).toEqual([idOf('m3'), idOf('m5')]);
	});

	test('so does the request that made the summary', () => {
		const summary = answer('c1', 900, {isSidechain: true, agentId: 'acompact-1f'});
		const requests = readAll(claudeCode, toLines(answer('m1', 1), summary, summary, answer('m2', 1)));
		expect(requests.map(({id, rebuilt}) => [id, rebuilt])).toEqual([
			[idOf('m1'), false],
			[idOf('c1'), false],
			[idOf('m2'), true],
		]);
	});

	test('words about it do not', () => {
		const words = entry({type: 'user', subtype: 'compact_boundary'});
		expect(readAll(claudeCode, toLines(words, answer('m1', 1)))[0]?.rebuilt).toBe(false);
	});
});

describe('after a crash', () => {
	const one = JSON.stringify(answer('m1', 1));
	const two = JSON.stringify(answer('m2', 1));
	const zeros = '\0'.repeat(300);

	test.each([
		['zero bytes behind a record', `${one}${zeros}\n${two}\n`],
		['zero bytes before a record', `${zeros}${one}\n${zeros}${two}\n`],
		['a line of zero bytes', `${one}\n${zeros}\n${two}\n`],
		['two records on one line', `${one}${two}\n`],
	])('%s: whole records count', (_, log) => {
		const store = new Requests();
		const tally = readInto(store, claudeCode, log);
		expect(store.all().map(({id}) => id)).toEqual([idOf('m1'), idOf('m2')]);
		expect(tally.brokenJson).toBe(0);
	});

	test('half a record before a whole one is counted as broken', () => {
		const store = new Requests();
		const tally = readInto(store, claudeCode, `${one.slice(0, 300)}${two}\n`);
		expect(store.all().map(({id}) => id)).toEqual([idOf('m2')]);
		expect(tally.brokenJson).toBe(1);
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
		expect(store.all()).toHaveLength(3);
	});

	test('invalid UTF-8 in a text does not matter', () => {
		const line = Buffer.from(toLines(answer('m1', 8, {slug: '####'})));
		line.set([0xff, 0xc3, 0x28, 0xfe], line.indexOf('####'));
		expect(outputs(readAll(claudeCode, line))).toEqual([[idOf('m1'), 8]]);
	});

	test('a line of 15 MB is read, one of 20 MB passed over', () => {
		const long = (id: string, megabytes: number) => toLines(answer(id, 1, {slug: 'x'.repeat(megabytes << 20)}));
		const requests = readAll(claudeCode, long('m1', 15) + long('m2', 20) + toLines(answer('m3', 1)));
		expect(requests.map(({id}) => id)).toEqual([idOf('m1'), idOf('m3')]);
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
		[
			'a copy without what its tool does not need, by another writer of JSON',
			'{"type": "assistant", "uuid": "u1", "sessionId": "s1", "message": {"id": "m1", "usage": {"input_tokens": 1}}}\n',
		],
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
