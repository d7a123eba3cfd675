import {expect, test} from 'vitest';
import {hasAgentName, isTranscript, transcriptFolders} from '../../../../source/sources/set/transcripts/transcripts.js';

const home = '/home/me';
const codex = ['~/.codex/sessions', '~/.codex/archived_sessions'];
const gemini = '~/.gemini/tmp';
const claude = '~/.claude/projects';

test.each<[string, Record<string, string>, string[]]>([
	['the usual places', {}, [claude, '~/.config/claude/projects', ...codex, gemini]],
	['another config folder', {XDG_CONFIG_HOME: '/etc/me'}, [claude, '/etc/me/claude/projects', ...codex, gemini]],
	[
		'those of CLAUDE_CONFIG_DIR alone',
		{CLAUDE_CONFIG_DIR: '/a, ~/b,,/a'},
		['/a/projects', '~/b/projects', ...codex, gemini],
	],
	[
		'CODEX_HOME',
		{CODEX_HOME: '/c'},
		[claude, '~/.config/claude/projects', '/c/sessions', '/c/archived_sessions', gemini],
	],
	[
		'empty variables',
		{CLAUDE_CONFIG_DIR: '', CODEX_HOME: '', XDG_CONFIG_HOME: ''},
		[claude, '~/.config/claude/projects', ...codex, gemini],
	],
])('%s', (_title, env, names) => {
	const folders = transcriptFolders(env, home);
	expect(folders.map(({name}) => name)).toEqual(names);
	expect(folders.map(({path}) => path)).toEqual(names.map(name => name.replace('~', home)));
});

test.each([
	['/p', 'a.jsonl', true],
	['/h/chats', 'session-2026-01-01.json', true],
	['/h/chats', 'session-2026-01-01.jsonl', true],
	['/h', 'session-2026-01-01.json', false],
	['/h/chats', 'logs.json', false],
	['/p', '.a.jsonl', false],
	['/p', 'a.jsonl.bak', false],
])('%s/%s', (folder, name, expected) => {
	expect(isTranscript(folder, name)).toBe(expected);
});

test.each([
	['0c3a1b9e-1111-4222-8333-444455556666.jsonl', true],
	['agent-a1b2.jsonl', true],
	['rollout-2026-01-01T10-00-00-x.jsonl', true],
	['requests.jsonl', false],
	['agent.log', false],
])('%s is named by an agent: %s', (name, expected) => {
	expect(hasAgentName(name)).toBe(expected);
});
