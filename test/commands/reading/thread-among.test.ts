import {describe, expect, test} from 'vitest';
import {threadAmong} from '../../../source/commands/reading/thread-among.js';

const exists = (path: string) => path === 'logs';

describe('the thread among the words behind why', () => {
	test.each([
		[[], undefined, []],
		[['a1b2'], 'a1b2', []],
		[['logs'], undefined, ['logs']],
		[['a1b2', 'logs'], 'a1b2', ['logs']],
		[['logs', 'a1b2'], 'a1b2', ['logs']],
		[['-'], undefined, ['-']],
		[['./missing'], undefined, ['./missing']],
		[['missing.jsonl'], undefined, ['missing.jsonl']],
		[['logs/*.log', 'postgres://host/db'], undefined, ['logs/*.log', 'postgres://host/db']],
	])('%j', (words, thread, sources) => {
		expect(threadAmong(words, exists)).toEqual({thread, sources});
	});

	test('is one', () => {
		expect(() => threadAmong(['one', 'two'], exists)).toThrow('name one thread');
	});
});
