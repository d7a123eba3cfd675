import {expect, test} from 'vitest';
import {cline} from '../../../source/formats/agents/cline/cline.js';
import {copilotSession} from '../../../source/formats/agents/copilot/copilot-session.js';
import {droid} from '../../../source/formats/agents/droid/droid.js';
import {goose} from '../../../source/formats/agents/goose/goose.js';
import {grok} from '../../../source/formats/agents/grok/grok.js';
import {hermes} from '../../../source/formats/agents/hermes/hermes.js';
import type {Format, Sum} from '../../../source/formats/format.js';
import {sumPhrase, sumsOf} from '../../../source/output/rows/sums.js';
import {reading} from '../../output/context.js';
import {toLines} from '../agents/read-transcript.js';
import {formatContext} from '../reading.js';

const sumsIn = (format: Format, ...texts: readonly string[]): readonly Sum[] => {
	let saved: unknown;
	let sums: readonly Sum[] = [];
	for (const [index, text] of texts.entries()) {
		const session = format.open(
			formatContext({
				source: 'sessions/p/s1.settings.json',
				onRequest: () => expect.unreachable('a sum is no request'),
			}),
			saved,
		);
		session.lines(Buffer.from(text), index === 0);
		saved = JSON.parse(JSON.stringify(session.save()));
		sums = session.sums ?? [];
	}
	return sums;
};
const shutdown = (count: number, inputTokens: number) => ({
	type: 'session.shutdown',
	id: 'e9',
	parentId: 'e1',
	data: {
		modelMetrics: {
			'gpt-6-luna': {
				requests: {count},
				usage: {inputTokens, outputTokens: 50, cacheReadTokens: 600, cacheWriteTokens: 100},
			},
		},
	},
});
const start = {type: 'session.start', id: 'e0', parentId: null, data: {sessionId: 's1'}};
const turn = (promptId: string) => ({
	method: 'session/update',
	params: {
		sessionId: 's1',
		_meta: {promptId},
		update: {
			sessionUpdate: 'turn_completed',
			usage: {
				inputTokens: 1000,
				outputTokens: 50,
				cachedReadTokens: 600,
				modelUsage: {g: {modelCalls: 3}, h: {modelCalls: 4}},
			},
		},
	},
});
const tokens = (uncached: number, cacheRead: number, cacheWrite5m: number, output = 50) => ({
	uncached,
	cacheRead,
	cacheWrite5m,
	cacheWrite1h: 0,
	output,
});

test('of a session of Copilot CLI, cumulative until its context is compacted', () => {
	const text = toLines(start, shutdown(2, 1000), shutdown(3, 1300));
	const anew = toLines({type: 'session.compaction_complete', data: {success: true}}, shutdown(1, 800));
	expect(sumsIn(copilotSession, text).map(({requests, tokens}) => [requests, tokens])).toEqual([
		[3, tokens(600, 600, 100)],
	]);
	expect(sumsIn(copilotSession, text, anew).map(({requests}) => requests)).toEqual([3, 1]);
});

test('of a turn of Grok Build, counted once however often it is read', () => {
	const text = toLines(turn('p1'), turn('p2'), turn('p2'));
	expect(sumsIn(grok, text, text).map(({requests, tokens}) => [requests, tokens])).toEqual([
		[7, tokens(400, 600, 0)],
		[7, tokens(400, 600, 0)],
	]);
});

test('of a session of Droid, in its settings; it takes the place of the one before', () => {
	const settings = (inputTokens: number) =>
		toLines({model: 'm', tokenUsage: {inputTokens, outputTokens: 50, cacheCreationTokens: 10, cacheReadTokens: 20}});
	expect(sumsIn(droid, settings(5), settings(9))).toMatchObject([{requests: undefined, tokens: tokens(9, 20, 10)}]);
});

test('of models and tasks of Hermes', () => {
	const row = (model: string, api_call_count: number) => ({
		database: 'hermes',
		table: 'session_model_usage',
		session_id: 's1',
		model,
		api_call_count,
		input_tokens: 5,
		output_tokens: 50,
		cache_read_tokens: 20,
		cache_write_tokens: 0,
	});
	expect(sumsIn(hermes, toLines(row('a', 1), row('b', 2), row('a', 4)))).toMatchObject([
		{requests: 2},
		{requests: 4, tokens: tokens(5, 20, 0)},
	]);
});

test('of the time before Goose kept a ledger', () => {
	const row = {
		database: 'goose',
		table: 'usage_ledger',
		id: 3,
		session_id: 's1',
		input_tokens: 50,
		cost_source: 'carried_forward',
	};
	expect(sumsIn(goose, toLines(row))).toMatchObject([{tokens: tokens(50, 0, 0, 0)}]);
});

test('a report lists them by log', () => {
	const sum = (id: string, requests: number | undefined): Sum => ({
		id,
		thread: undefined,
		requests,
		tokens: tokens(300, 600, 100),
	});
	const readings = [
		reading('b', {sums: [sum('first', 2), sum('second', undefined)]}),
		reading('c', {sums: [sum('third', 1)]}),
		reading('d'),
	];
	const sums = sumsOf(readings);
	expect(sums).toEqual([
		{source: 'b', requests: undefined, tokens: tokens(600, 1200, 200, 100)},
		{source: 'c', requests: 1, tokens: tokens(300, 600, 100)},
	]);
	expect(sums.map(sumPhrase)).toEqual([
		'2,000 input tokens, 60.0 % of them read',
		'1,000 input tokens, 60.0 % of them read, in 1 request',
	]);
});

test('a copy of a log does not repeat a sum; the larger one is the later', () => {
	const sum = (cacheRead: number): Sum => ({
		id: 's1.settings.json',
		thread: undefined,
		requests: 2,
		tokens: tokens(300, cacheRead, 0),
	});
	const logs = [
		reading('backup/s1.settings.json', {sums: [sum(600)]}),
		reading('s1.settings.json', {sums: [sum(900)]}),
	];
	for (const readings of [logs, logs.toReversed()]) {
		expect(sumsOf(readings)).toEqual([{source: 's1.settings.json', requests: 2, tokens: tokens(300, 900, 0)}]);
	}
});

test('requests of a task of Cline that were deleted are a sum', () => {
	const entry = {tokensIn: 400, tokensOut: 50, cacheReads: 600, cacheWrites: 100, cost: 0.1};
	const task = JSON.stringify([
		{ts: 1_780_000_000_000, type: 'say', say: 'task', text: 'secret'},
		{ts: 1_780_000_001_000, type: 'say', say: 'deleted_api_reqs', text: JSON.stringify(entry)},
		{ts: 1_780_000_002_000, type: 'say', say: 'api_req_started', text: '{"request":"runs"}'},
	]);
	expect(sumsIn(cline, task, task)).toMatchObject([{tokens: tokens(400, 600, 100)}]);
});
