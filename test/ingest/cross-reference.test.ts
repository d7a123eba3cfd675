import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cline} from '../../source/formats/agents/cline/cline.js';
import {clineModels} from '../../source/formats/agents/cline/cline-models.js';
import {copilot} from '../../source/formats/agents/copilot/copilot.js';
import {copilotSession} from '../../source/formats/agents/copilot/copilot-session.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {toLines} from '../formats/agents/read-transcript.js';
import {allOf} from '../support/recount.js';
import {ingestOptions} from './options.js';

const at = (second: number) => new Date(Date.UTC(2026, 9, 4, 20, 15, second)).toISOString();
const row = (id: number, second: number, input: number, read: number, more: object = {}) => ({
	database: 'copilot',
	table: 'assistant_usage_events',
	id,
	session_id: 's1',
	model: 'gpt-6-luna',
	input_tokens: input,
	output_tokens: 50,
	cache_read_tokens: read,
	cache_write_tokens: input - read - 3,
	created_at: at(second).replace('T', ' ').slice(0, 19),
	...more,
});

type Prompt = {tools?: string[]; segment?: string; points?: string[]; lives?: number; name?: string};

/** A checkpoint after the request of those counts. */
const checkpoint = (second: number, prompt_tokens: number, cache_read: number, prompt: Prompt = {}) => ({
	type: 'session.usage_checkpoint',
	id: `e${second}`,
	parentId: null,
	data: {
		promptCacheBreakState: [
			{
				conversation: 'main',
				models: {
					'gpt-6-luna': {
						prompt_tokens,
						cache_read,
						completed_at: at(second + 0.4),
						ttl_seconds: prompt.lives ?? 1800,
						tools: (prompt.tools ?? ['bash 1', 'grep 2']).map(tool => {
							const [name, schema_hash] = tool.split(' ');
							return {name, schema_hash};
						}),
						system_segments: [{segment: prompt.name ?? 'tool_instructions', hash: prompt.segment ?? 'a'}],
						conversation: {points: (prompt.points ?? ['p', 'q']).map((hash, index) => ({index, hash}))},
					},
				},
			},
		],
	},
});
const start = {type: 'session.start', id: 'e0', parentId: null, data: {sessionId: 's1'}};
const shutdown = {
	type: 'session.shutdown',
	id: 'e99',
	parentId: null,
	data: {modelMetrics: {'gpt-6-luna': {requests: 4, usage: {inputTokens: 54_000, cacheReadTokens: 30_000}}}},
};

/** Two requests of one turn, two of the next: the first of these reads nothing. */
const rows = [row(1, 2, 13_000, 0), row(2, 5, 13_500, 12_990), row(3, 20, 13_700, 0), row(4, 24, 13_800, 13_690)];
const events = (after: Prompt, between: readonly object[] = [], before: Prompt = {}) => [
	start,
	checkpoint(5, 13_500, 12_990, before),
	...between,
	checkpoint(24, 13_800, 13_690, after),
	shutdown,
];

const task = '~/.cline/data/tasks/1795168800000';
const logs = {
	messages: {id: '/h/ui', name: `${task}/ui_messages.json`},
	history: {id: '/h/history', name: `${task}/api_conversation_history.json`},
	metadata: {id: '/h/metadata', name: `${task}/task_metadata.json`},
	events: {id: '/h/.copilot/session-state/s1/events.jsonl', name: '~/.copilot/session-state/s1/events.jsonl'},
	rows: {id: '/h/.copilot/session-store.db', name: '~/.copilot/session-store.db'},
};

type Piece = {readonly log: keyof typeof logs; readonly text: string};

/** What is kept when the pieces come in this order; an undefined one is the end of a process, and the next goes on. */
const read = (pieces: readonly (Piece | undefined)[]) => {
	const store = new MemoryStore(priceList());
	const open = () =>
		new Ingest(store, {
			...ingestOptions,
			formats: [copilot, copilotSession, cline, clineModels],
			positionOf: () => ({mark: 'x'}),
		});
	const sumsOf = ({readings}: Ingest) => readings.flatMap(({sums}) => sums);
	let ingest = open();
	let sums = sumsOf(ingest);
	const begun = new Set<string>();
	for (const piece of pieces) {
		if (piece === undefined) {
			ingest = open();
			for (const log of Object.values(logs)) {
				ingest.caughtUp({log, size: 1, read: 0, lines: 0, modified: undefined});
			}
			sums = sumsOf(ingest);
			continue;
		}
		ingest.lines(logs[piece.log], Buffer.from(piece.text), !begun.has(piece.log));
		begun.add(piece.log);
		ingest.flush(true);
		sums = sumsOf(ingest);
	}
	return {
		reasons: Object.fromEntries(allOf(store).flatMap(({id, missReason}) => (missReason ? [[id, missReason]] : []))),
		requests: allOf(store),
		sums,
	};
};
const pieceOf = (log: Piece['log'], ...values: readonly unknown[]): Piece => ({log, text: toLines(...values)});
const reasonsOf = (told: readonly object[], ofRows: readonly object[] = rows) =>
	read([pieceOf('events', ...told), pieceOf('rows', ...ofRows)]).reasons;

test('a checkpoint names what broke the cache of a row, whichever is read first, and across processes', () => {
	const told = events({tools: ['bash 9', 'grep 2', 'web 3']});
	const pieces = {
		events: [pieceOf('events', told[0], told[1]), pieceOf('events', told[2]), pieceOf('events', told[3])],
		rows: rows.map(one => pieceOf('rows', one)),
	};
	const order = ['events', 'events', 'events', 'rows', 'rows', 'rows', 'rows', 'restart', 'restart'] as const;
	fc.assert(
		fc.property(fc.shuffledSubarray([...order], {minLength: order.length, maxLength: order.length}), shuffled => {
			const left = {events: [...pieces.events], rows: [...pieces.rows]};
			const found = read(shuffled.map(kind => (kind === 'restart' ? undefined : left[kind].shift())));
			expect(found).toMatchObject({
				reasons: {'copilot:s1:3': 'tools changed: +web; tool redefined: bash'},
				// The session's requests are known: its sum is no news.
				sums: [],
			});
		}),
	);
});

test.each<[what: string, after: Prompt, before: Prompt, between: readonly object[], reason: string]>([
	['a tool that is gone', {tools: ['bash 1']}, {}, [], 'tools changed: -grep'],
	['tools in another order', {tools: ['grep 2', 'bash 1']}, {}, [], 'tools reordered'],
	['a segment of the system prompt', {segment: 'b'}, {}, [], 'system prompt changed: tool_instructions'],
	['a message', {points: ['p', 'x', 'y']}, {}, [], 'message 1 changed'],
	[
		'a compaction',
		{points: ['x']},
		{},
		[{type: 'session.compaction_complete', id: 'e8', parentId: null, data: {success: true}}],
		'conversation compacted',
	],
	[
		'a name with escape sequences',
		{tools: ['bash 1', '\u001B[31mred\u0007 3']},
		{tools: ['bash 1']},
		[],
		'tools changed: +\uFFFD[31mred\uFFFD',
	],
])('it names %s', (_, after, before, between, reason) => {
	expect(reasonsOf(events(after, between, before))).toEqual({'copilot:s1:3': reason});
});

test('nothing is claimed that the two logs do not prove together', () => {
	const changed = {tools: ['bash 9']};
	// A prompt that goes on, with more messages than before.
	expect(reasonsOf(events({points: ['p', 'q', 'r']}))).toEqual({});
	// No request lost anything.
	expect(reasonsOf(events(changed), [rows[0], rows[1], row(3, 20, 13_700, 13_490), rows[3]] as object[])).toEqual({});
	// Other counts: the checkpoint is not of these rows.
	expect(reasonsOf(events(changed), [...rows.slice(0, 3), row(4, 24, 13_900, 13_690)])).toEqual({});
	// The cache had expired by then.
	expect(reasonsOf(events({...changed, lives: 10}))).toEqual({});
	// A sub-agent, and another session, have prompts of their own.
	expect(
		reasonsOf(events(changed), [
			...rows.slice(0, 2),
			row(3, 20, 9000, 0, {agent_id: 'a1'}),
			row(4, 24, 13_800, 13_490),
		]),
	).toEqual({});
	expect(
		reasonsOf(
			events(changed),
			rows.map(one => ({...one, session_id: 's2'})),
		),
	).toEqual({});
});

test('spoilt checkpoints tell nothing, and stop nothing', () => {
	const spoilt = [
		{promptCacheBreakState: {}},
		{
			promptCacheBreakState: [
				null,
				5,
				{models: []},
				{models: {m: null}},
				{conversation: 'main', models: {'gpt-6-luna': {}}},
			],
		},
		{promptCacheBreakState: [{models: {'gpt-6-luna': {prompt_tokens: -5, cache_read: 'x', completed_at: 'y'}}}]},
		{
			promptCacheBreakState: [
				{
					conversation: 'main',
					models: {
						__proto__: {},
						m: {
							prompt_tokens: 5,
							cache_read: 1,
							completed_at: at(1),
							tools: {},
							system_segments: [[]],
							conversation: 5,
						},
					},
				},
			],
		},
	].map((data, index) => ({type: 'session.usage_checkpoint', id: `x${index}`, parentId: null, data}));
	const told = events({tools: ['bash 9', 'grep 2']});
	expect(reasonsOf([told[0] as object, ...spoilt, ...told.slice(1, 2), ...spoilt, ...told.slice(2)])).toEqual({
		'copilot:s1:3': 'tool redefined: bash',
	});
});

test('the sum of a session is reported if its requests are not', () => {
	expect(read([pieceOf('events', ...events({}))]).sums).toMatchObject([{requests: 4}]);
});

describe('a task of Cline whose messages name no model', () => {
	const began = 1_795_168_800_000;
	const messages = [1, 2, 3].map(number => ({
		ts: began + number * 60_000,
		type: 'say',
		say: 'api_req_started',
		text: JSON.stringify({request: 'text', tokensIn: number, tokensOut: 5, cacheReads: 900, cacheWrites: 90}),
	}));
	const usage = (minute: number, model_id: string) => ({
		ts: began + minute * 60_000 - 1000,
		model_id,
		model_provider_id: 'anthropic',
		mode: 'act',
	});
	const said = (text: string, more: object = {}) => ({
		role: 'user',
		content: [
			{type: 'text', text: '<task>\ngo\n</task>'},
			{type: 'text', text: `<environment_details>\n${text}\n</environment_details>`},
		],
		...more,
	});
	const modelsOf = (...pieces: readonly (Piece | undefined)[]) =>
		read(pieces).requests.map(({model, project, provider}) => [model, project, provider].filter(Boolean).join(' '));
	const orders = (others: readonly Piece[]) => {
		const own = pieceOf('messages', messages);
		return [
			[own, ...others],
			[...others, own],
			[own, undefined, ...others],
			[...others, undefined, own],
			[...others, undefined, own, undefined, own],
		];
	};

	test.each<[what: string, pieces: readonly Piece[], models: readonly string[]]>([
		[
			'gets those that its metadata name, each from its time on',
			[pieceOf('metadata', {files_in_context: [], model_usage: [usage(1, 'sonnet'), usage(3, 'opus')]})],
			['sonnet anthropic', 'sonnet anthropic', 'opus anthropic'],
		],
		[
			'gets the one that its history names',
			[pieceOf('history', [said('# Current Workspace Directory (/home/ada/shop)\n<model>sonnet</model>')])],
			['sonnet /home/ada/shop', 'sonnet /home/ada/shop', 'sonnet /home/ada/shop'],
		],
		[
			'gets those of its history by their times',
			[
				pieceOf('history', [
					said('<model>sonnet</model>', {ts: began + 50_000}),
					{role: 'assistant', content: [], modelInfo: {modelId: 'opus'}, ts: began + 119_000},
				]),
			],
			['sonnet', 'opus', 'opus'],
		],
		[
			'gets none where several have no times',
			[pieceOf('history', [said('<model>sonnet</model>'), said('<model>opus</model>')])],
			['', '', ''],
		],
		[
			'gets what both tell',
			[
				pieceOf('metadata', {files_in_context: [], model_usage: [usage(1, 'sonnet')]}),
				pieceOf('history', [said('# Current Workspace Directory (/home/ada/shop)')]),
			],
			['sonnet /home/ada/shop anthropic', 'sonnet /home/ada/shop anthropic', 'sonnet /home/ada/shop anthropic'],
		],
	])('%s, in any order', (_, pieces, models) => {
		for (const order of orders(pieces)) {
			expect(modelsOf(...order)).toEqual(models);
		}
	});
});
