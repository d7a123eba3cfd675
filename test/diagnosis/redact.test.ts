import {expect, test} from 'vitest';
import {redacted} from '../../source/diagnosis/redact.js';

const secret = /alice|hunter2|acme|sk-|Ünsal/i;

test('of JSON the keys, the structure and the counts stay', () => {
	const line = JSON.stringify({
		timestamp: '2026-11-20T10:00:01.250Z',
		user: 'alice',
		price: 42,
		data: {usage: {input_tokens: 10, cacheReadInputTokens: 9000, prompt_tokens_details: {cached_tokens: 7}}},
		messages: [{role: 'user', content: 'hunter2 is my password'}, {}, {}, {}, {}],
		'alice@acme.example has a key with spaces': 1,
	});
	const shown = redacted(line);
	expect(shown).not.toMatch(secret);
	expect(JSON.parse(shown)).toMatchObject({
		timestamp: '0000-00-00T00:00:00.000Z',
		user: '<5 characters>',
		price: 0,
		data: {usage: {input_tokens: 10, cacheReadInputTokens: 9000, prompt_tokens_details: {cached_tokens: 7}}},
		messages: [{role: '<4 characters>', content: '<22 characters>'}, {}, {}, '<2 more>'],
	});
});

test.each([
	['alice said input_tokens=10 to acme', 'xxxxx xxxx input_tokens=10 xx xxxx'],
	['2026-11-20 Ünsal: cache_read: 9,000 sk-abc123', '0000-00-00 xxxxx: cache_read: 9,000 xx-xxx000'],
	["{'input_tokens': 12, 'name': 'alice'", "{'input_tokens': 12, 'xxxx': 'xxxxx'"],
])('of text the shape, and counts: %s', (line, shape) => {
	expect(redacted(line)).toBe(shape);
});

test('what is long or deep is bounded', () => {
	expect(redacted(`"${'alice '.repeat(10_000)}`).length).toBeLessThan(2100);
	expect(redacted('['.repeat(60) + ']'.repeat(60)).length).toBeLessThan(100);
	expect(
		redacted(JSON.stringify(Object.fromEntries(Array.from({length: 500}, (_, index) => [`k${index}`, 'alice'])))),
	).not.toMatch(secret);
});
