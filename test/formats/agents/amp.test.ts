import {expect, test} from 'vitest';
import {amp} from '../../../source/formats/agents/amp/amp.js';
import {readAll, toLines} from './read-transcript.js';

const at = (second: number) => Date.UTC(2026, 10, 20, 10, 0, second);
const usage = (second: number, read: number) => ({
	model: 'claude-opus-4-8',
	timestamp: new Date(at(second)).toISOString(),
	inputTokens: 10,
	outputTokens: 5,
	cacheCreationInputTokens: 100,
	cacheReadInputTokens: read,
});
const thread = (...messages: readonly object[]) =>
	toLines({id: 'T-1', created: at(0), messages: messages.map((message, messageId) => ({messageId, ...message}))});

test('an answer was sent when its message was, and a result of a tool is no new turn', () => {
	const requests = readAll(
		amp,
		thread(
			{role: 'user', content: [{type: 'text', text: 'secret'}], meta: {sentAt: at(1)}},
			{role: 'assistant', content: [], usage: usage(5, 0)},
			{role: 'user', content: [{type: 'tool_result', toolUseID: 't1'}]},
			{role: 'assistant', content: [], usage: usage(9, 100)},
		),
	);
	expect(requests.map(({start, events}) => [start, events])).toEqual([
		[at(1), [{kind: 'new turn'}]],
		[undefined, undefined],
	]);
});
