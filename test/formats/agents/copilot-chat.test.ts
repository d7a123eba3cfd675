import {expect, test} from 'vitest';
import {copilotChat} from '../../../source/formats/agents/copilot/copilot-chat.js';
import {formatContext} from '../reading.js';
import {Requests, readInto, toLines} from './read-transcript.js';

/** The row of a call that ended at that second. */
const row = (second: number, parts: object = {}) => ({
	database: 'copilot-chat',
	table: 'spans',
	span_id: `s${String(second).padStart(3, '0')}`,
	operation_name: 'chat',
	provider_name: 'github',
	conversation_id: `turn-${second}`,
	chat_session_id: 'session-1',
	request_model: 'gpt-5',
	response_model: 'gpt-5',
	start_time_ms: Date.UTC(2026, 10, 20, 10, 0, second - 2),
	end_time_ms: Date.UTC(2026, 10, 20, 10, 0, second),
	input_tokens: 9000,
	output_tokens: 5,
	cached_tokens: null,
	cache_creation_tokens: null,
	...parts,
});

const read = (...rows: readonly object[]) => {
	const requests = new Requests();
	readInto(requests, copilotChat, toLines(...rows));
	return requests.all().toSorted((one, other) => one.time - other.time);
};

test('reads are omitted if they are 0: for a model that reports reads nothing was read, for others they are unknown', () => {
	const usages = read(
		row(1),
		row(2, {cached_tokens: 8000}),
		row(3),
		row(4, {request_model: 'other', response_model: 'other'}),
	).map(({usage}) => [usage?.cacheRead, usage?.cacheUnknown]);
	expect(usages).toEqual([
		[0, true],
		[8000, undefined],
		[0, undefined],
		[0, true],
	]);
});

test('the next process knows for which models reads were reported', () => {
	const requests = new Requests();
	const context = formatContext({onRequest: request => requests.put(request)});
	const before = copilotChat.open(context);
	before.lines(Buffer.from(toLines(row(1, {cached_tokens: 8000}))), true);
	const next = copilotChat.open(context, JSON.parse(JSON.stringify(before.save())));
	next.lines(Buffer.from(toLines(row(2))), false);
	const usage = requests.all()[1]?.usage;
	expect([usage?.cacheRead, usage?.cacheUnknown]).toEqual([0, undefined]);
});

test('a call of a sub-agent or a side task is in the thread of its session, under a name of its own', () => {
	const requests = read(
		row(1),
		row(2, {chat_session_id: 'toolu_1', parent_session_id: 'session-1'}),
		row(3, {parent_session_id: 'session-1', label: 'title'}),
		row(4, {debug_name: 'summarizeConversationHistory-full'}),
		row(5),
	);
	expect(requests.map(({thread, agent, rebuilt}) => [thread, agent, rebuilt])).toEqual([
		['session-1', 'main', false],
		['session-1', 'toolu_1', false],
		['session-1', 'title', false],
		['session-1', 'compaction', false],
		['session-1', 'main', true],
	]);
});

test('reads without an input are kept, and the usage is partial', () => {
	expect(read(row(1, {input_tokens: null, cached_tokens: 8000}))[0]?.usage).toMatchObject({
		cacheRead: 8000,
		accuracy: 'partial',
	});
});

test('a call that was cancelled has no counts and is no request', () => {
	expect(read(row(1, {input_tokens: null, output_tokens: null}))).toEqual([]);
});
