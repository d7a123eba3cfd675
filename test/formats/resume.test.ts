import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {codex} from '../../source/formats/agents/codex/codex.js';
import {geminiCli} from '../../source/formats/agents/gemini-cli/gemini-cli.js';
import {litellm} from '../../source/formats/backends/litellm/litellm.js';
import {usageLines} from '../../source/formats/backends/usage-lines/usage-lines.js';
import type {Format} from '../../source/formats/format.js';
import type {Request} from '../../source/request.js';
import {runs} from '../support/runs.js';
import {formatContext} from './reading.js';

const stamp = (second: number) => new Date(Date.UTC(2026, 1, 10, 8, 0, second)).toISOString();
const numbers = (count: number) => Array.from({length: count}, (_, index) => index);

/** What a session tells, in order, when it is ended behind some lines and another goes on with what it saved. */
const read = (format: Format, lines: readonly string[], cuts: ReadonlySet<number>) => {
	const told: Request[] = [];
	const open = (_start: number, saved?: unknown) =>
		format.open(formatContext({onRequest: request => told.push(request)}), saved);
	let session = open(0);
	for (const [index, line] of lines.entries()) {
		session.lines(Buffer.from(`${line}\n`), index === 0);
		if (cuts.has(index)) {
			session = open(index + 1, JSON.parse(JSON.stringify(session.save())));
		}
	}
	return {told, tally: session.tally, saved: JSON.stringify(session.save())};
};

const claudeLines = (() => {
	const answer = (id: number, output: number, parts = {}, second = id) => ({
		parentUuid: null,
		isSidechain: false,
		cwd: '/home/ada/engine',
		sessionId: 'session-1',
		message: {
			id: `m${id}`,
			model: 'claude-opus-4-6',
			content: [],
			usage: {input_tokens: 3, cache_read_input_tokens: 12_000, output_tokens: output},
		},
		type: 'assistant',
		timestamp: stamp(second),
		...parts,
	});
	const boundary = {type: 'system', subtype: 'compact_boundary', sessionId: 'session-1'};
	return [
		answer(0, 1, {timestamp: 'soon'}),
		...numbers(60).flatMap(id => [
			answer(id, 1),
			answer(1000 + id, 1, {isSidechain: true, agentId: `a${id % 3}`}),
			...(id % 7 === 0 ? [boundary] : []),
			answer(id, 90),
			...(id % 5 === 0 ? [answer(id + 1, 5, {isSidechain: true}), answer(3, 200)] : []),
			answer(1000 + id, 70, {isSidechain: true, agentId: `a${id % 3}`, timestamp: undefined}),
		]),
	].map(line => JSON.stringify(line));
})();

const codexLines = (() => {
	const counts = (turn: number) => ({input_tokens: turn * 1000, cached_input_tokens: turn * 400, output_tokens: turn});
	const line = (type: string, second: number, payload: object) => ({timestamp: stamp(second), type, payload});
	return [
		line('session_meta', 60, {id: 's2', cwd: '/home/ada/engine', forked_from_id: 's1'}),
		line('session_meta', 60, {id: 's1', cwd: '/home/ada/engine'}),
		...numbers(60).flatMap(turn => {
			const count = line('event_msg', 60 + turn, {
				type: 'token_count',
				info: {total_token_usage: counts(turn % 40), ...(turn % 3 !== 0 && {last_token_usage: counts(1)})},
			});
			return [
				...(turn % 9 === 0 ? [line('turn_context', 60, {model: `gpt-5.${turn}`})] : []),
				...(turn % 7 === 0 ? [line('compacted', 60, {message: ''})] : []),
				count,
				...(turn % 2 === 0 ? [count] : []),
			];
		}),
	].map(value => JSON.stringify(value));
})();

const geminiMessage = (id: number) => ({
	id: `m${id}`,
	timestamp: id % 6 === 5 ? undefined : stamp(id),
	type: id % 4 === 0 ? 'user' : 'gemini',
	content: 'Done.\n    },\n      "tokens": {}',
	toolCalls: [{id: 't', args: {tokens: {input: 9}}, result: [[1, {}]]}],
	tokens: {input: 12_000 + id, output: 18, cached: 11_800, thoughts: 31, tool: 0, total: 1},
	model: 'gemini-2.5-flash',
});
const geminiSession = {sessionId: 'faff42ab', projectHash: '7e8989f7'};
const geminiDocument = JSON.stringify(
	{...geminiSession, messages: numbers(20).map(geminiMessage), summary: 'A summary'},
	undefined,
	2,
).split('\n');
const geminiRecords = [
	geminiSession,
	...numbers(80).flatMap(id => [
		geminiMessage(id),
		...(id % 3 === 0 ? [{...geminiMessage(id), tokens: {input: 1, output: id}}] : []),
		...(id % 9 === 0 ? [{$set: {sessionId: `other-${id}`, messages: [geminiMessage(id - 1)]}}] : []),
	]),
].map(value => JSON.stringify(value));

/** As Docker writes lines, those above 16 KiB in parts. */
const inDocker = (lines: readonly string[]): readonly string[] =>
	lines.flatMap(line =>
		(`${line}\n`.match(/[\s\S]{1,16384}/g) ?? []).map((log, index) =>
			JSON.stringify({log, stream: 'stdout', time: stamp(index)}),
		),
	);

const usage = (input: number) => ({input_tokens: input, cache_read_input_tokens: 14_238, output_tokens: 393});
const usageRecords = numbers(80).flatMap(index => [
	...(index % 3 === 0 ? [{usage: usage(index % 4)}] : []),
	...(index % 5 === 0 ? [{timestamp: stamp(Math.floor(index / 10)), usage: usage(index % 2)}] : []),
	{id: `msg_${index % 11}`, usage: usage(21), prompt: index % 8 === 0 ? 'x'.repeat(40_000) : ''},
]);
const litellmRecords = numbers(60).map(index => ({
	id: `chatcmpl-${index % 17}`,
	call_type: 'acompletion',
	status: index % 13 === 0 ? 'failure' : 'success',
	model: 'claude-sonnet-4-5-20250929',
	custom_llm_provider: 'anthropic',
	...(index % 13 !== 0 && {prompt_tokens: 16_011, completion_tokens: 10, total_tokens: 16_021}),
	startTime: null,
	endTime: index % 4 === 0 ? null : Date.UTC(2026, 1, 3, 4, 5, index) / 1000,
	messages: [{role: 'user', content: index % 9 === 0 ? 'x'.repeat(40_000) : ''}],
}));
const toTexts = (values: readonly unknown[]) => values.map(value => JSON.stringify(value));

const logs: readonly (readonly [string, Format, readonly string[]])[] = [
	['Claude Code', claudeCode, claudeLines],
	['Codex', codex, codexLines],
	['Gemini CLI, a document', geminiCli, geminiDocument],
	['Gemini CLI, a document and then records', geminiCli, [...geminiDocument, ...geminiRecords]],
	['Gemini CLI, records', geminiCli, geminiRecords],
	['LiteLLM', litellm, toTexts(litellmRecords)],
	['LiteLLM in parts', litellm, inDocker(toTexts(litellmRecords))],
	['usage lines', usageLines, toTexts(usageRecords)],
	['usage lines in parts', usageLines, inDocker(toTexts(usageRecords))],
];

describe.each(logs)('%s', (_, format, lines) => {
	const whole = read(format, lines, new Set());

	test('continues after any line as if it had never ended', () => {
		expect(whole.told.length).toBeGreaterThan(10);
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(lines.length - 1), {maxLength: 12}), cuts => {
				expect(read(format, lines, new Set(cuts))).toEqual(whole);
			}),
			{numRuns: runs(60)},
		);
		expect(read(format, lines, new Set(lines.keys()))).toEqual(whole);
	});

	test('starts over with a state that it does not understand', () => {
		const open = (saved: unknown) => format.open(formatContext(), saved);
		const saved = JSON.parse(whole.saved) as Record<string, unknown>;
		const fresh = JSON.stringify(open(undefined).save());
		for (const broken of [null, [], 'text', 7, {}, {...saved, version: 0}, {...saved, tally: []}]) {
			expect(JSON.stringify(open(broken).save())).toBe(fresh);
		}
		for (const key of Object.keys(saved)) {
			const {[key]: _, ...rest} = saved;
			expect(JSON.stringify(open(rest).save())).toBe(fresh);
		}
		// Whatever has the right shape by chance is read on with, and hurts nothing.
		const parts = [...whole.saved.matchAll(/-?\d+|true|false|"[^"]*"/g)].map(match => match.index);
		fc.assert(
			fc.property(fc.constantFrom(...parts), fc.json({maxDepth: 2}), (at, value) => {
				const damaged =
					whole.saved.slice(0, at) + whole.saved.slice(at).replace(/^(?:-?\d+|true|false|"[^"]*")/, () => value);
				let state: unknown;
				try {
					state = JSON.parse(damaged);
				} catch {
					return;
				}
				const session = open(state);
				session.lines(Buffer.from(`${lines.join('\n')}\n`), true);
				const after = JSON.stringify(session.save());
				expect(JSON.stringify(open(JSON.parse(after)).save())).toBe(after);
			}),
			{numRuns: runs(90)},
		);
	});
});

test('what is saved stays small, however many and long the names are', () => {
	const name = (index: number) => `${'n'.repeat(2000)}${index}`;
	const floods: readonly (readonly [Format, (index: number) => unknown])[] = [
		[
			claudeCode,
			index => ({
				sessionId: name(index),
				cwd: name(index),
				type: index % 2 ? 'assistant' : 'system',
				subtype: 'compact_boundary',
				message: {id: name(index), model: name(index), usage: usage(1), diagnostics: {cache_miss_reason: name(index)}},
			}),
		],
		[
			codex,
			index => ({
				timestamp: stamp(0),
				type: index % 2 ? 'session_meta' : 'turn_context',
				payload: {id: name(index), cwd: name(index), model: name(index)},
			}),
		],
		[geminiCli, index => ({...geminiMessage(1), id: name(index)})],
		[geminiCli, index => ({sessionId: name(index), projectHash: name(index)})],
		[litellm, index => ({...litellmRecords[1], id: name(index), model: name(index)})],
		[usageLines, index => ({id: name(index), model: name(index), usage: usage(1)})],
		[usageLines, index => ({thread_id: name(index), usage: usage(1)})],
	];
	for (const [format, line] of floods) {
		const {saved} = read(format, toTexts(numbers(400).map(line)), new Set());
		expect(saved.length).toBeLessThan(70_000);
	}
});
