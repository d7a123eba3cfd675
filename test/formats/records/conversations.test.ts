import {describe, expect, test} from 'vitest';
import {copilot} from '../../../source/formats/agents/copilot/copilot.js';
import {goose} from '../../../source/formats/agents/goose/goose.js';
import {kimiCli} from '../../../source/formats/agents/kimi/kimi-cli.js';
import {openCode} from '../../../source/formats/agents/opencode/opencode.js';
import {qwenCode} from '../../../source/formats/agents/qwen-code/qwen-code.js';
import type {Format} from '../../../source/formats/format.js';
import {Requests, readInto, toLines} from '../agents/read-transcript.js';

const began = Date.UTC(2026, 10, 20, 10);
const at = (minute: number) => began + minute * 60_000;
const iso = (minute: number) => new Date(at(minute)).toISOString();

/** Conversations of a log in the order of their requests: whether each followed a compaction, and its events. */
const read = (format: Format, ...records: readonly unknown[]) => {
	const store = new Requests();
	readInto(store, format, toLines(...records), 4096, {source: 'sessions/w/s1/wire.jsonl'});
	return store.all().map(({thread, agent, agentId, rebuilt, events = []}) => ({
		who: [thread, agent, ...(agentId === undefined ? [] : [agentId])].join(' '),
		rebuilt,
		events: events.map(({kind}) => kind),
	}));
};

const openCodeAnswer = (id: number) => ({
	role: 'assistant',
	modelID: 'claude-sonnet-4-5',
	tokens: {input: 100 + id, output: 5, reasoning: 0, cache: {read: 1000, write: 10}},
	time: {created: at(id), completed: at(id) + 1000},
});

const openCodeRow = (id: number, session: string, data: object, parts: object = {}) => ({
	database: 'opencode',
	id: `m${id}`,
	session_id: session,
	root_id: session,
	time_created: at(id),
	data: JSON.stringify({
		...openCodeAnswer(id),
		agent: 'build',
		...data,
	}),
	...parts,
});
const gooseRow = (id: number, session: string, isCompaction = 0) => ({
	database: 'goose',
	table: 'usage_ledger',
	id,
	session_id: session,
	created_timestamp: at(id) / 1000,
	model: 'claude-sonnet-4-5',
	input_tokens: 100,
	output_tokens: 5,
	cache_read_tokens: 1000,
	cache_write_tokens: 10,
	is_compaction: isCompaction,
});
const copilotRow = (id: number, session: string, parts: object = {}) => ({
	database: 'copilot',
	table: 'assistant_usage_events',
	id,
	session_id: session,
	model: 'gpt-5.4',
	input_tokens: 2000,
	output_tokens: 5,
	cache_read_tokens: 1000,
	cache_write_tokens: 0,
	created_at: `2026-11-20 10:0${id}:00`,
	...parts,
});
const qwen = (id: number, parts: object = {}) => ({
	uuid: `u${id}`,
	parentUuid: null,
	sessionId: 's1',
	timestamp: iso(id),
	type: 'assistant',
	version: '0.18.1',
	model: 'qwen3-coder',
	usageMetadata: {promptTokenCount: 2000, cachedContentTokenCount: 1000, candidatesTokenCount: 5},
	...parts,
});

describe('what happens in one conversation of a log concerns no other', () => {
	test('a compaction in a database of several sessions', () => {
		const following = (one: string, other: string) => [
			{who: `${one} compaction`, rebuilt: false, events: []},
			{who: `${other} main`, rebuilt: false, events: []},
			{who: `${one} main`, rebuilt: true, events: ['compaction']},
		];
		expect(
			read(
				openCode,
				openCodeRow(1, 'a', {agent: 'compaction', mode: 'compaction'}),
				openCodeRow(2, 'b', {}),
				openCodeRow(3, 'a', {}),
			),
		).toEqual(following('a', 'b'));
		expect(read(goose, gooseRow(1, 'a', 1), gooseRow(2, 'b'), gooseRow(3, 'a'))).toEqual(following('a', 'b'));
		expect(
			read(copilot, copilotRow(1, 'a', {initiator: 'compaction'}), copilotRow(2, 'b'), copilotRow(3, 'a')),
		).toEqual(following('a', 'b'));
	});

	test('of a sub-agent in the file of its parent', () => {
		const sub = {isSidechain: true, agentId: 'x1', agentName: 'review'};
		expect(
			read(
				qwenCode,
				qwen(1),
				qwen(2, {...sub}),
				{...qwen(3, {...sub}), type: 'system', subtype: 'chat_compression', usageMetadata: undefined},
				qwen(4),
				qwen(5, {...sub}),
			),
		).toEqual([
			{who: 's1 main', rebuilt: false, events: []},
			{who: 's1 review x1', rebuilt: false, events: []},
			{who: 's1 main', rebuilt: false, events: []},
			{who: 's1 review x1', rebuilt: true, events: ['compaction']},
		]);
	});

	test('of a sub-agent whose events are nested in those of its parent', () => {
		const status = {
			type: 'StatusUpdate',
			payload: {token_usage: {input_other: 10, input_cache_read: 1000, input_cache_creation: 0, output: 5}},
		};
		const wire = (minute: number, message: object) => ({timestamp: at(minute) / 1000, message});
		const nested = (agent: string, event: object) => ({
			type: 'SubagentEvent',
			payload: {subagent_type: 'coder', agent_id: agent, event},
		});
		expect(
			read(
				kimiCli,
				wire(1, nested('a1', {type: 'CompactionEnd', payload: {}})),
				wire(2, nested('a2', status)),
				wire(3, status),
				wire(4, nested('a1', status)),
			),
		).toEqual([
			{who: 's1 coder a2', rebuilt: false, events: []},
			{who: 's1 main', rebuilt: false, events: []},
			{who: 's1 coder a1', rebuilt: true, events: ['compaction']},
		]);
	});
});

test("Copilot's sub-agents without a name are told apart by the calls that started them", () => {
	const call = (id: number, parent: string) => copilotRow(id, 'a', {parent_tool_call_id: parent});
	expect(read(copilot, call(1, 't1'), call(2, 't2'), copilotRow(3, 'a')).map(({who}) => who)).toEqual([
		'a subagent t1',
		'a subagent t2',
		'a main',
	]);
});

describe('OpenCode', () => {
	test('the answer of its older files that summarises the conversation is a compaction', () => {
		const file = (id: number, parts: object) => ({
			id: `m${id}`,
			sessionID: 'a',
			...openCodeAnswer(id),
			mode: 'build',
			...parts,
		});
		expect(read(openCode, file(1, {summary: true}), file(2, {})).map(({who, rebuilt}) => [who, rebuilt])).toEqual([
			['a compaction', false],
			['a main', true],
		]);
	});

	test('another agent in the same session has another prompt', () => {
		expect(
			read(openCode, openCodeRow(1, 'a', {agent: 'plan'}), openCodeRow(2, 'a', {})).map(one => one.events),
		).toEqual([[], ['mode']]);
	});

	test('sub-agents of a kind are told apart', () => {
		const sub = {agent: 'explore'};
		expect(
			read(
				openCode,
				openCodeRow(1, 'b', sub, {root_id: 'a'}),
				openCodeRow(2, 'c', sub, {root_id: 'a'}),
				openCodeRow(3, 'a', {}),
			).map(({who}) => who),
		).toEqual(['a explore b', 'a explore c', 'a main']);
	});

	test('the variant of a model is its effort', () => {
		const store = new Requests();
		readInto(store, openCode, toLines(openCodeRow(1, 'a', {variant: 'high'})));
		expect(store.all()[0]?.settings).toEqual({effort: 'high'});
	});
});
