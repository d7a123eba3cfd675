import {expect, test} from 'vitest';
import {hasAgentName, isTranscript} from '../../../../source/sources/set/transcripts/transcripts.js';

test.each([
	['/p', 'a.jsonl', true],
	['/bucket/2026-11-27', 'time-10-00-00_chatcmpl-0.json', true],
	['/bucket/us-east-1/2026/11/27/10', '20261127T1000_a.json.gz', true],
	['/bucket/config', 'time.json', false],
	['/h/chats', 'session-2026-01-01.json', true],
	['/h/chats', 'session-2026-01-01.jsonl', true],
	['/h', 'session-2026-01-01.json', false],
	['/h/chats', 'logs.json', false],
	['/p', '.a.jsonl', false],
	['/p', 'a.jsonl.bak', false],
	['/h/saoudrizwan.claude-dev/tasks/1790900000000', 'ui_messages.json', true],
	['/h/saoudrizwan.claude-dev/tasks/1790900000000', 'api_conversation_history.json', true],
	['/h/saoudrizwan.claude-dev/tasks/1790900000000', 'task_metadata.json', true],
	['/h/saoudrizwan.claude-dev/tasks/1790900000000', 'focus_chain.json', false],
	['/h/.cline/data/sessions/s1', 's1.messages.json', true],
	['/h/.cline/data/sessions/s1', 's1.json', false],
	['/h/amp/threads', 'T-1.json', true],
	['/h/opencode/storage/message/ses_1', 'msg_1.json', true],
	['/h/opencode/storage/session/p', 'ses_1.json', false],
	['/h/local_77', 'audit.jsonl', false],
	['/h/logs', 'audit.jsonl', true],
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
