import {describe, expect, test} from 'vitest';
import {geminiCli} from '../../../../source/formats/agents/gemini-cli/gemini-cli.js';
import {formatContext} from '../../reading.js';
import {Requests, readAll, readInto, toLines, totalsOf} from '../read-transcript.js';

type Parts = Readonly<Record<string, unknown>>;

const tokens = {input: 12_000, output: 18, cached: 11_800, thoughts: 31, tool: 0, total: 12_049};
const zero = {input: 0, output: 0, cached: 0, thoughts: 0, tool: 0, total: 0};
const question = {
	id: 'q1',
	timestamp: '2026-01-10T02:08:26.108Z',
	type: 'user',
	content: '{\n"tokens": {"input": 5}\n}',
};
const answer = (id: string, parts: Parts = {}) => ({
	id,
	timestamp: '2026-01-10T02:08:35.661Z',
	type: 'gemini',
	content: 'Done.',
	thoughts: [{subject: 'Reading', description: '    },\n  ]\n}'}],
	tokens,
	model: 'gemini-2.5-flash',
	...parts,
});
const session = {
	sessionId: 'faff42ab',
	projectHash: '7e8989f7',
	startTime: '2026-01-10T02:08:26.108Z',
	lastUpdated: '2026-01-10T02:09:27.575Z',
};
/** As the program writes it: no line end after the last brace. */
const document = (messages: readonly unknown[], indentation: number | string = 2) =>
	JSON.stringify({...session, messages, summary: 'A summary'}, undefined, indentation);

describe('a document', () => {
	const messages = [question, answer('a1'), answer('a2', {tokens: zero}), answer('a3', {tokens: null}), answer('a4')];

	test('holds the requests of its answers', () => {
		const store = new Requests();
		const tally = readInto(store, geminiCli, document(messages));
		expect(store.all()[0]).toEqual({
			id: 'gemini-cli:faff42ab:a1',
			time: Date.UTC(2026, 0, 10, 2, 8, 35, 661),
			start: Date.UTC(2026, 0, 10, 2, 8, 26, 108),
			events: [{kind: 'new turn'}],
			thread: 'faff42ab',
			agent: 'main',
			project: '7e8989f7',
			source: 'a log',
			host: undefined,
			model: 'gemini-2.5-flash',
			plan: undefined,
			usage: {uncached: 200, cacheRead: 11_800, cacheWrite5m: 0, cacheWrite1h: 0, output: 49, accuracy: 'exact'},
			missReason: undefined,
			rebuilt: false,
		});
		expect(store.all().map(({id}) => id)).toEqual(['gemini-cli:faff42ab:a1', 'gemini-cli:faff42ab:a4']);
		expect(tally).toMatchObject({candidates: 5, outcomes: 2, lookAlikes: 1, brokenJson: 0});
	});

	test.each([
		['tabs', document(messages, '\t')],
		['four spaces', document(messages, 4)],
		['line ends of Windows', document(messages).replaceAll('\n', '\r\n')],
		['no line ends', `${document(messages, 0)}\n`],
	])('may be written with %s', (_, text) => {
		expect(geminiCli.recognise(Buffer.from(text))).toBe(true);
		expect(readAll(geminiCli, text)).toEqual(readAll(geminiCli, document(messages)));
	});

	test('pieces cut at any line hold the same requests', () => {
		const store = new Requests();
		readInto(store, geminiCli, document(messages), 1);
		expect(store.all()).toEqual(readAll(geminiCli, document(messages)));
	});

	test('that is rewritten loses nothing while it is half-written, and gains what is new', () => {
		const store = new Requests();
		const reader = geminiCli.open(formatContext({onRequest: request => store.put(request)}));
		const write = (text: string) => reader.lines(Buffer.from(text), true);
		write(document(messages));
		const before = store.all();
		expect(before).toHaveLength(2);
		const later = document([...messages, answer('a5')]);
		write(later.slice(0, later.indexOf('"a4"')));
		expect(store.all()).toEqual(before);
		write(later);
		expect(store.all().map(({id}) => id)).toEqual([
			'gemini-cli:faff42ab:a1',
			'gemini-cli:faff42ab:a4',
			'gemini-cli:faff42ab:a5',
		]);
		expect(reader.tally).toMatchObject({outcomes: 3, brokenJson: 0});
	});

	test('a damaged message is counted, the others are read', () => {
		const store = new Requests();
		const tally = readInto(store, geminiCli, document(messages).replace('"id": "a1"', '"id: a1"'));
		expect(tally.brokenJson).toBe(1);
		expect(store.all().map(({id}) => id)).toEqual(['gemini-cli:faff42ab:a4']);
	});
});

describe('records', () => {
	const lines = toLines(
		{...session, kind: 'main'},
		question,
		answer('a1', {tokens: null}),
		answer('a1'),
		answer('a1', {toolCalls: [{id: 't1', status: 'success'}]}),
		{$set: {lastUpdated: '2026-01-10T02:09:30.000Z'}},
		{$rewindTo: 'q1'},
		answer('a2', {tokens: {...tokens, tool: 40}}),
	);

	test('are upserts; what was rewound was paid for all the same', () => {
		const store = new Requests();
		const tally = readInto(store, geminiCli, lines);
		expect(store.all()).toMatchObject([
			{id: 'gemini-cli:faff42ab:a1', thread: 'faff42ab', project: '7e8989f7', usage: {uncached: 200}},
			{id: 'gemini-cli:faff42ab:a2', usage: {uncached: 240, cacheRead: 11_800, output: 49}},
		]);
		expect(tally).toMatchObject({outcomes: 2, repeats: 1});
		expect(store.told).toBe(2);
	});

	test('may bring many messages at once', () => {
		const batch = toLines({...session}, {$set: {messages: [question, answer('a1'), answer('a2')]}});
		expect(readAll(geminiCli, batch).map(({id}) => id)).toEqual(['gemini-cli:faff42ab:a1', 'gemini-cli:faff42ab:a2']);
	});

	test('of a document that was taken over add nothing', () => {
		expect(totalsOf(readAll(geminiCli, document([question, answer('a1')]), lines))).toEqual(
			totalsOf(readAll(geminiCli, lines)),
		);
	});

	test('a damaged line is counted, invalid UTF-8 does not matter, a line of 20 MB is passed over', () => {
		const store = new Requests();
		const invalid = Buffer.from(toLines(answer('a3', {content: '####'})));
		invalid.set([0xff, 0xc3, 0x28, 0xfe], invalid.indexOf('####'));
		const tally = readInto(
			store,
			geminiCli,
			Buffer.concat([
				Buffer.from('{"id":"a0","type":"gemini","tokens":{"inp\n'),
				invalid,
				Buffer.from(toLines(answer('a4', {content: 'x'.repeat(20 << 20)}), answer('a5'))),
			]),
		);
		expect(tally.brokenJson).toBe(1);
		expect(store.all().map(({id}) => id)).toEqual(['gemini-cli:a log:a3', 'gemini-cli:a log:a5']);
	});
});

describe('one message', () => {
	const uuid = '0f5a4c1e-97d0-4b1c-8f0e-5a4bb1a0c001';
	const chat = (sessionId: string, id: string) => toLines({...session, sessionId}, answer(id));

	test('is one in a session that was resumed under another name, in any order', () => {
		const [one, other] = [chat('first', uuid), chat('second', uuid)];
		expect([readAll(geminiCli, one, other), readAll(geminiCli, other, one)].map(({length}) => length)).toEqual([1, 1]);
	});

	test('is another in another session where its id is short', () => {
		expect(readAll(geminiCli, chat('first', 'msg-001'), chat('second', 'msg-001'))).toHaveLength(2);
		const documents = ['first', 'second'].map(sessionId =>
			JSON.stringify({...session, sessionId, messages: [answer('msg-001')]}, undefined, 2),
		);
		expect(readAll(geminiCli, ...documents, ...documents)).toHaveLength(2);
	});
});

describe('recognition', () => {
	test.each([
		['a document', document([question])],
		['records', toLines(session, {$set: {lastUpdated: 'x'}}, {$set: {lastUpdated: 'y'}}, question)],
		['records from within', `x"}\n${toLines(question, answer('a1'), answer('a2'))}`],
	])('%s', (_, head) => {
		expect(geminiCli.recognise(Buffer.from(head))).toBe(true);
	});

	test.each([
		['another document', '{\n  "name": "hitrate",\n  "sessionId": "x"\n}\n'],
		['a document with a chat in its text', JSON.stringify({text: document([answer('a1')])}, undefined, 2)],
		['JSON with records inside its lines', toLines({event: toLines(session, answer('a1')), level: 'info'})],
		['text with records inside its lines', `chat: ${toLines(session)}chat: ${toLines(answer('a1'))}`],
	])('not %s', (_, head) => {
		expect(geminiCli.recognise(Buffer.from(head))).toBe(false);
	});
});

describe('what happened between two answers', () => {
	const at = (second: number) => new Date(Date.UTC(2026, 0, 10, 3, 0, second)).toISOString();
	const ask = (second: number) => ({id: `q${second}`, timestamp: at(second), type: 'user', content: 'secret'});
	const say = (second: number, cached: number) =>
		answer(`a${second}`, {timestamp: at(second), tokens: {...tokens, cached}});
	const between = (...lines: readonly unknown[]) =>
		readAll(geminiCli, toLines(session, ask(1), say(5, 100), ...lines, say(50, 200)))[1];

	test.each([
		['nothing that the chat tells', [], undefined],
		['a message', [ask(40)], [{kind: 'new turn'}]],
		['a rewind', [{$rewindTo: 'q1'}, ask(40)], [{kind: 'rewind'}, {kind: 'new turn'}]],
		['a resume', [{$set: {sessionId: 'faff42ab'}}, ask(40)], [{kind: 'resume'}, {kind: 'new turn'}]],
		[
			'a history that was rewritten, with what is known',
			[ask(40), {$set: {messages: [ask(1), say(5, 100)], lastUpdated: at(41)}}],
			[{kind: 'new turn'}, {kind: 'history rewritten'}],
		],
		['the progress of a tool', [ask(40), {$set: {lastUpdated: at(41)}}], [{kind: 'new turn'}]],
	])('%s', (_, lines, events) => {
		expect(between(...lines)?.events).toEqual(events);
	});

	test('an answer was asked for by the message before it, and by none after a tool', () => {
		expect(between(ask(40))?.start).toBe(Date.UTC(2026, 0, 10, 3, 0, 40));
		expect(between()?.start).toBeUndefined();
	});

	test('a chat that is read twice tells the same', () => {
		const text = toLines(session, ask(1), say(5, 100), {$rewindTo: 'q1'}, ask(40), say(50, 200));
		const store = new Requests();
		const reader = geminiCli.open(formatContext({onRequest: request => store.put(request)}));
		reader.lines(Buffer.from(text), true);
		const before = store.all();
		reader.lines(Buffer.from(text), true);
		expect(store.all()).toEqual(before);
		expect(before[1]?.events).toEqual([{kind: 'rewind'}, {kind: 'new turn'}]);
	});
});

test('the chat of a sub-agent is in the thread of its parent', () => {
	const store = new Requests();
	const lines = toLines({...session, sessionId: '0la501', kind: 'subagent'}, answer('s1'));
	readInto(store, geminiCli, lines, 4096, {source: '/home/ada/.gemini/tmp/shop/chats/faff42ab-1/0la501.jsonl'});
	expect(store.all()).toMatchObject([{thread: 'faff42ab-1', agent: 'subagent', agentId: '0la501'}]);
});

test('a read above the prompt is brought back to it', () => {
	const [request] = readAll(
		geminiCli,
		toLines(session, answer('a1', {tokens: {...tokens, input: 4000, cached: 6200}})),
	);
	expect(request?.usage).toMatchObject({uncached: 0, cacheRead: 4000, accuracy: 'estimated'});
});
