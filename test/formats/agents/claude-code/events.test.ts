import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../../../source/formats/agents/claude-code/claude-code.js';
import {readAll, toLines} from '../read-transcript.js';

type Parts = Readonly<Record<string, unknown>>;

const entry = (second: number, parts: Parts) => ({
	parentUuid: null,
	isSidechain: false,
	cwd: '/home/ada/engine',
	sessionId: 'session-1',
	version: '2.1.42',
	gitBranch: 'main',
	uuid: `uuid-${second}`,
	timestamp: new Date(Date.UTC(2026, 1, 10, 12, 0, second)).toISOString(),
	...parts,
});
const answer = (second: number, id: string, parts: Parts = {}, content: readonly unknown[] = []) =>
	entry(second, {
		type: 'assistant',
		message: {
			id,
			model: 'claude-opus-4-6',
			content,
			usage: {input_tokens: 3, cache_read_input_tokens: 12_000, output_tokens: 9},
		},
		...parts,
	});
const user = (second: number, content: unknown, parts: Parts = {}) =>
	entry(second, {type: 'user', message: {role: 'user', content}, ...parts});
const attachment = (second: number, parts: Parts) => entry(second, {type: 'attachment', attachment: parts});
const system = (second: number, parts: Parts) => entry(second, {type: 'system', ...parts});
const toolUse = (name: string, input: Parts = {}) => [{type: 'tool_use', id: 'toolu_1', name, input}];
const toolResult = [{tool_use_id: 'toolu_1', type: 'tool_result', content: 'done'}];

/** Events of the second of two requests with these lines between them. */
const between = (...lines: readonly unknown[]) =>
	readAll(claudeCode, toLines(answer(0, 'm1'), ...lines, answer(59, 'm2')))[1]?.events;

describe('what changed between two requests', () => {
	test.each([
		[
			'tools that were loaded and taken away',
			[
				attachment(5, {
					type: 'deferred_tools_delta',
					addedNames: ['WebFetch', 'mcp__db__query'],
					removedNames: ['Old'],
				}),
			],
			[{kind: 'tools', detail: '+WebFetch +mcp__db__query -Old'}],
		],
		['no tools', [attachment(5, {type: 'deferred_tools_delta', addedNames: [], removedNames: []})], undefined],
		[
			'instructions of an MCP server',
			[attachment(5, {type: 'mcp_instructions_delta', addedNames: ['postgres'], addedBlocks: ['secret text']})],
			[{kind: 'mcp server', detail: '+postgres'}],
		],
		[
			'an MCP server whose instructions stayed',
			[attachment(5, {type: 'mcp_instructions_delta', addedNames: [], removedNames: []})],
			undefined,
		],
		['skills that a folder does not have', [attachment(5, {type: 'dynamic_skill', skillNames: []})], undefined],
		['the same folder and branch', [user(5, toolResult, {gitBranch: 'main'})], undefined],
		[
			'a slash command that a message quotes',
			[user(5, 'what does <command-name>/model</command-name> do?')],
			[{kind: 'new turn'}],
		],
		['a compaction that a message quotes', [user(5, '"subtype":"compact_boundary"')], [{kind: 'new turn'}]],
		[
			'another list of agents',
			[attachment(5, {type: 'agent_listing_delta', addedTypes: ['reviewer'], removedTypes: []})],
			[{kind: 'agent listing', detail: '+reviewer'}],
		],
		[
			'the list of agents that a session begins with',
			[attachment(5, {type: 'agent_listing_delta', isInitial: true, addedTypes: ['reviewer'], removedTypes: []})],
			undefined,
		],
		['another list of skills', [attachment(5, {type: 'skill_listing', isInitial: false})], [{kind: 'skill listing'}]],
		[
			'the list of skills that a session begins with',
			[attachment(5, {type: 'skill_listing', isInitial: true})],
			undefined,
		],
		[
			'skills found in a folder',
			[attachment(5, {type: 'dynamic_skill', skillNames: ['deploy', 'test']})],
			[{kind: 'skill', detail: 'deploy test'}],
		],
		[
			'a new date',
			[attachment(5, {type: 'date_change', newDate: '2026-02-11'})],
			[{kind: 'date', detail: '2026-02-11'}],
		],
		[
			'a memory file, by its name alone',
			[attachment(5, {type: 'nested_memory', displayPath: 'src/parser/CLAUDE.md', content: {content: 'secret'}})],
			[{kind: 'memory file', detail: 'CLAUDE.md'}],
		],
		[
			'plan mode',
			[attachment(5, {type: 'plan_mode'}), attachment(6, {type: 'plan_mode'})],
			[{kind: 'plan mode', detail: 'on'}],
		],
		['leaving a plan mode that was never entered', [attachment(5, {type: 'plan_mode_exit'})], undefined],
		[
			'a hook',
			[attachment(5, {type: 'hook_success', hookEvent: 'PreToolUse', stdout: 'x'})],
			[{kind: 'hook', detail: 'PreToolUse'}],
		],
		[
			'a hook while it runs, and another kind of progress',
			[
				entry(5, {type: 'progress', data: {type: 'hook_progress', hookEvent: 'Stop', hookName: 'Stop'}}),
				entry(6, {type: 'progress', data: {type: 'bash_progress', output: 'hook_progress'}}),
			],
			[{kind: 'hook', detail: 'Stop'}],
		],
		[
			'a session that was resumed',
			[
				entry(5, {
					type: 'progress',
					data: {type: 'hook_progress', hookEvent: 'SessionStart', hookName: 'SessionStart:resume'},
				}),
			],
			[{kind: 'resume'}],
		],
		['a file that was edited', [attachment(5, {type: 'edited_text_file', filename: '/tmp/a'})], undefined],
		['a compaction', [system(5, {subtype: 'compact_boundary'})], [{kind: 'compaction'}]],
		['a small compaction', [system(5, {subtype: 'microcompact_boundary'})], [{kind: 'compaction', detail: 'micro'}]],
		['an error of the API', [system(5, {subtype: 'api_error', retryAttempt: 1})], [{kind: 'error'}]],
		['how long a turn took', [system(5, {subtype: 'turn_duration', durationMs: 5})], undefined],
		[
			'a slash command in its two spellings',
			[
				system(5, {
					subtype: 'local_command',
					content: '<command-name>/model</command-name>\n<command-args>opus</command-args>',
				}),
				user(6, '<command-message>mcp</command-message>\n<command-name>mcp</command-name>'),
			],
			[
				{kind: 'slash command', detail: '/model'},
				{kind: 'slash command', detail: '/mcp'},
			],
		],
		['the output of a command', [user(5, '<local-command-stdout>Set model to opus</local-command-stdout>')], undefined],
		['a message', [user(5, 'now add tests')], [{kind: 'new turn'}]],
		['a message of blocks', [user(5, [{type: 'text', text: 'now add tests'}])], [{kind: 'new turn'}]],
		[
			'a message that quotes the result of a tool',
			[user(5, [{type: 'text', text: 'see "tool_result"'}])],
			[{kind: 'new turn'}],
		],
		[
			'a message that the application itself wrote',
			[user(5, [{type: 'text', text: 'Caveat'}], {isMeta: true})],
			undefined,
		],
		['the result of a tool', [user(5, toolResult)], undefined],
		[
			'an interruption',
			[user(5, [{type: 'text', text: '[Request interrupted by user for tool use]'}])],
			[{kind: 'interrupted'}],
		],
		[
			'an interruption that is quoted',
			[user(5, 'what does "[Request interrupted by user]" mean?')],
			[{kind: 'new turn'}],
		],
		[
			'another permission mode',
			[user(4, toolResult, {permissionMode: 'default'}), user(5, toolResult, {permissionMode: 'plan'})],
			[{kind: 'permission mode', detail: 'default to plan'}],
		],
		[
			'the same permission mode',
			[user(4, toolResult, {permissionMode: 'plan'}), user(5, toolResult, {permissionMode: 'plan'})],
			undefined,
		],
		[
			'another folder and branch, by their names',
			[
				user(5, toolResult, {cwd: '/home/ada/engine/docs', gitBranch: 'fix'}),
				user(6, toolResult, {cwd: '/home/ada/engine/docs', gitBranch: 'fix'}),
			],
			[
				{kind: 'folder', detail: 'engine to docs'},
				{kind: 'branch', detail: 'main to fix'},
				{kind: 'folder', detail: 'docs to engine'},
				{kind: 'branch', detail: 'fix to main'},
			],
		],
		[
			'another model that serves after a refusal',
			[system(5, {subtype: 'model_refusal_fallback', fallbackModel: 'claude-opus-4-6'})],
			[{kind: 'fallback model', detail: 'claude-opus-4-6'}],
		],
	])('%s', (_, lines, expected) => {
		expect(between(...lines)).toEqual(expected);
	});

	test.each([
		['ToolSearch', {}, [{kind: 'tool search'}]],
		['Skill', {skill: 'review'}, [{kind: 'skill', detail: 'review'}]],
		['EnterPlanMode', {}, [{kind: 'plan mode', detail: 'on'}]],
		['Bash', {command: 'grep ToolSearch'}, undefined],
	])('the answer before used the tool %s', (name, input, expected) => {
		const log = toLines(answer(0, 'm1', {}, toolUse(name, input)), user(1, toolResult), answer(2, 'm2'));
		const [first, second] = readAll(claudeCode, log);
		expect(first?.events).toBeUndefined();
		expect(second?.events).toEqual(expected);
	});

	test('the use of a tool that an answer quotes is none', () => {
		const text = [{type: 'text', text: JSON.stringify(toolUse('ToolSearch'))}];
		const [, second] = readAll(claudeCode, toLines(answer(0, 'm1', {}, text), answer(2, 'm2')));
		expect(second?.events).toBeUndefined();
	});

	test('another client and another effort are in the line of the answer itself', () => {
		const log = toLines(answer(0, 'm1', {effort: 'medium'}), answer(2, 'm2', {effort: 'high', version: '2.1.43'}));
		const [first, second] = readAll(claudeCode, log);
		expect(first).toMatchObject({client: 'claude-code 2.1.42', settings: {effort: 'medium'}});
		expect(second).toMatchObject({client: 'claude-code 2.1.43', settings: {effort: 'high'}});
		expect(second?.events).toEqual([
			{kind: 'client version', detail: '2.1.42 to 2.1.43'},
			{kind: 'effort', detail: 'medium to high'},
		]);
	});

	test('the same client and effort are no change', () => {
		const log = toLines(answer(0, 'm1', {effort: 'high'}), answer(2, 'm2', {effort: 'high'}));
		expect(readAll(claudeCode, log)[1]?.events).toBeUndefined();
	});

	test('a session that continues after the messages it copied was forked', () => {
		const forkedFrom = {sessionId: 'session-0', messageUuid: 'x'};
		const log = toLines(
			answer(0, 'm1', {forkedFrom}),
			user(1, 'go on', {forkedFrom}),
			user(2, 'instead'),
			answer(3, 'm2'),
		);
		expect(readAll(claudeCode, log)[1]?.events).toContainEqual({kind: 'fork'});
	});

	test('belong to one thread: a sub-agent of it has its own', () => {
		const side = {isSidechain: true, agentId: 'a1'};
		const log = toLines(
			answer(0, 'm1'),
			{...attachment(1, {type: 'date_change', newDate: '2026-02-11'}), ...side},
			answer(2, 'm2'),
			answer(3, 'm3', side),
		);
		expect(readAll(claudeCode, log).map(({events}) => events)).toEqual([
			undefined,
			undefined,
			[{kind: 'date', detail: '2026-02-11'}],
		]);
	});

	test('stay with the request when later lines of its answer tell more', () => {
		const grown = answer(4, 'm2', {
			message: {
				id: 'm2',
				model: 'claude-opus-4-6',
				usage: {input_tokens: 3, cache_read_input_tokens: 12_000, output_tokens: 90},
			},
		});
		const log = toLines(answer(0, 'm1'), user(1, 'go on'), answer(2, 'm2'), user(3, toolResult), grown);
		expect(readAll(claudeCode, log)[1]).toMatchObject({
			usage: {output: 90},
			start: Date.UTC(2026, 1, 10, 12, 0, 1),
			events: [{kind: 'new turn'}],
		});
	});

	test('are 8 at most, and those that say little make room', () => {
		const dates = [1, 2, 3, 4, 5, 6, 7, 8].map(day =>
			attachment(day, {type: 'date_change', newDate: `2026-02-0${day}`}),
		);
		const events = between(user(1, 'go on'), ...dates);
		expect(events).toHaveLength(8);
		expect(events).not.toContainEqual({kind: 'new turn'});
	});

	test('carry nothing that moves a cursor, and no more than fits a line', () => {
		const events = between(attachment(5, {type: 'dynamic_skill', skillNames: ['\u001b[2Jbad', 'n'.repeat(5000)]}));
		expect(events?.[0]?.detail).toMatch(/^�\[2Jbad n+…$/);
		expect(events?.[0]?.detail?.length).toBeLessThanOrEqual(60);
	});
});

describe('when a request was sent', () => {
	const at = (second: number) => Date.UTC(2026, 1, 10, 12, 0, second);

	test.each([
		['a message', [answer(0, 'm1'), user(3, 'go on'), answer(9, 'm2')], at(3)],
		[
			'the last of several results',
			[answer(0, 'm1'), user(3, toolResult), user(4, toolResult), answer(9, 'm2')],
			at(4),
		],
		['nothing between two answers', [user(0, 'go on'), answer(1, 'm1'), answer(9, 'm2')], undefined],
		['a line that is later than the answer', [answer(0, 'm1'), user(30, 'go on'), answer(9, 'm2')], undefined],
		[
			'a line of another thread',
			[answer(0, 'm1'), {...user(3, 'go on'), sessionId: 'session-2'}, answer(9, 'm2')],
			undefined,
		],
	])('%s', (_, lines, expected) => {
		expect(readAll(claudeCode, toLines(...lines)).find(({id}) => id.startsWith('claude-code:m2#'))?.start).toBe(
			expected,
		);
	});
});
