import fc from 'fast-check';
import {expect, test} from 'vitest';
import {claudeCode} from '../../../../source/formats/agents/claude-code/claude-code.js';
import {runs} from '../../../support/runs.js';
import {formatContext} from '../../reading.js';
import {Requests} from '../read-transcript.js';

/** A member that most lines have with the same value, some with another, and some not at all. */
const mostly = <Value>(usual: Value, ...others: readonly Value[]) =>
	fc.oneof(
		{weight: 12, arbitrary: fc.constant(usual)},
		{weight: 1, arbitrary: fc.constantFrom(...others)},
		{weight: 1, arbitrary: fc.constant(undefined)},
	);

const surroundings = {
	sessionId: mostly('one', 'two'),
	agentId: mostly(undefined, 'a1', 'acompact-1'),
	attributionAgent: mostly(undefined, 'reviewer'),
	isSidechain: mostly<unknown>(false, true),
	forkedFrom: mostly(undefined, {sessionId: 'one'}),
	cwd: mostly('/home/ada/engine', '/home/ada', 'C:\\"x"'),
	gitBranch: mostly('main', 'other'),
	version: mostly('2.1.42', '2.1.43'),
	timestamp: mostly('2026-02-10T21:12:00.250Z', 'soon', '2026-02-10T21:13:00.250Z'),
};

const usage = fc.record(
	{
		input_tokens: fc.constantFrom<unknown>(3, 3, 3, 0, null, 'x'),
		cache_creation_input_tokens: fc.constantFrom(900, 0),
		cache_read_input_tokens: fc.constantFrom<unknown>(12_000, 0, null),
		cache_creation: mostly(undefined, {ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 700}),
		service_tier: mostly('standard', 'batch'),
		speed: mostly(undefined, 'fast'),
		iterations: mostly<unknown>(
			undefined,
			[{type: 'message', input_tokens: 1}],
			[{type: 'compaction', input_tokens: 5, output_tokens: 2}],
			[
				{type: 'message', input_tokens: 1},
				{type: 'fallback_message', model: 'm', input_tokens: 2},
			],
		),
	},
	{noNullPrototype: true},
);

const content = fc.constantFrom<unknown>(
	[{type: 'text', text: 'I will look.'}],
	[{type: 'tool_use', name: 'Skill', input: {skill: 'pdf'}}],
	[{type: 'tool_use', name: 'EnterPlanMode'}],
	[
		{type: 'text', text: `${'x'.repeat(580)}`},
		{type: 'tool_use', name: 'ToolSearch'},
	],
	[],
);

const answer = fc.record({
	...surroundings,
	type: fc.constant('assistant'),
	requestId: fc.constantFrom('r1', 'r2', undefined),
	isApiErrorMessage: mostly<unknown>(undefined, true),
	effort: mostly(undefined, 'high'),
	message: fc.record({
		id: fc.constantFrom('m1', 'm2', undefined),
		model: mostly('claude-opus-4-6', '<synthetic>'),
		content,
		usage: fc.oneof({weight: 9, arbitrary: usage}, {weight: 1, arbitrary: fc.constantFrom(null, undefined)}),
		diagnostics: mostly<unknown>(undefined, null, {cache_miss_reason: {type: 'tools_changed'}}),
		context_management: mostly<unknown>(undefined, {applied_edits: [{type: 'clear_tool_uses'}]}),
	}),
});

const other = fc.record({
	...surroundings,
	type: fc.constantFrom('user', 'user', 'system', 'progress', 'summary'),
	subtype: mostly(undefined, 'compact_boundary'),
	isMeta: mostly<unknown>(undefined, true),
	isCompactSummary: mostly<unknown>(undefined, true),
	permissionMode: mostly(undefined, 'plan'),
	data: mostly<unknown>(undefined, {
		type: 'agent_progress',
		agentId: 'a1',
		message: {requestId: 'r1', message: {id: 'm1', usage: {input_tokens: 3, output_tokens: 9}}},
	}),
	message: fc.record({
		role: fc.constant('user'),
		content: fc.constantFrom<unknown>(
			'What is this?',
			'<command-name>/clear</command-name>',
			`${'x'.repeat(590)}<command-name>/late</command-name>`,
			'[Request interrupted by user]',
			[{type: 'text', text: '[Request interrupted by user]'}],
			[{tool_use_id: 'toolu_1', type: 'tool_result', content: 'done'}],
			'',
			undefined,
		),
	}),
});

const outputs = fc.constantFrom<unknown>(0, 1, 7, 250, 250.5, null, 'x', -1, undefined);

type Changes = {readonly ofLine?: object; readonly ofMessage?: object; readonly ofUsage?: object};

/** What may differ as well. */
const changes = fc.oneof(
	{weight: 3, arbitrary: fc.constant<Changes>({})},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Changes>(
			{ofLine: {gitBranch: 'third'}},
			{ofLine: {effort: 'low'}},
			{ofMessage: {model: 'claude-sonnet-4-6'}},
			{ofMessage: {usage: null}},
			{ofMessage: {diagnostics: {cache_miss_reason: {type: 'model_changed', cache_missed_input_tokens: 5}}}},
			{ofUsage: {service_tier: 'batch'}},
			{ofUsage: {input_tokens: 5}},
			{ofUsage: {cache_creation: {ephemeral_1h_input_tokens: 900}}},
		),
	},
);

/** A line and those that differ from it in output and time, as they are or in a form that is parsed as a whole. */
const lines = fc
	.tuple(
		fc.oneof({weight: 4, arbitrary: answer}, {weight: 1, arbitrary: other}),
		fc.array(fc.tuple(outputs, changes), {minLength: 1, maxLength: 4}),
		fc.nat(20),
	)
	.map(([object, all, form]) => {
		const texts = all.map(([output_tokens, {ofLine, ofMessage, ofUsage}], second) => {
			const {message} = object;
			const usage = 'usage' in message && message.usage ? {usage: {...message.usage, output_tokens, ...ofUsage}} : {};
			const timestamp = object.timestamp?.replace('00.250', `0${second}.250`);
			return JSON.stringify({...object, timestamp, ...ofLine, message: {...message, ...usage, ...ofMessage}});
		});
		const [text = ''] = texts;
		const written = form === 0 ? text.replace('"type"', '"ty\\u0070e"') : form === 1 ? `${text}${text}` : text;
		return [written, ...texts.slice(1), ''].join('\n');
	});

/** What remains of a transcript. */
const read = (text: string) => {
	const requests = new Requests();
	const session = claudeCode.open(formatContext({onRequest: request => requests.put(request)}));
	session.lines(Buffer.from(text), true);
	return JSON.parse(JSON.stringify([requests.all(), session.tally, session.provisional(), session.save()]));
};

test('a line that repeats what the line before says is read like one that follows nothing', () => {
	fc.assert(
		fc.property(fc.array(lines, {maxLength: 8}), all => {
			const text = all.join('');
			// Nothing is compared across an empty line.
			expect(read(text)).toEqual(read(text.replaceAll('\n', '\n\n')));
		}),
		{numRuns: runs(3000)},
	);
});
