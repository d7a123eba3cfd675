import {expect, test} from 'vitest';
import {isLiteLlmProxy, mentionsIn} from '../../source/diagnosis/mentions.js';

test.each([
	[['', '[1, {"input_tokens": 5}]'], {name: 'input_tokens', lines: 1, first: 2, form: 'an array', isAlone: false}],
	[
		['{"a": {"calls": [{"prompt_tokens": 5}]}}', 'prompt_tokens: 7'],
		{
			name: 'prompt_tokens',
			lines: 2,
			first: 1,
			form: 'an object that holds it at `a.calls[].prompt_tokens`',
			isAlone: true,
		},
	],
	[['used input_tokens: few'], {name: 'input_tokens', lines: 1, first: 1, form: 'text', isAlone: false}],
	[
		['{"input_tokens": 5'],
		{name: 'input_tokens', lines: 1, first: 1, form: 'an object that is not whole or not valid JSON', isAlone: false},
	],
	[
		['{"said": "input_tokens"}'],
		{name: 'input_tokens', lines: 1, first: 1, form: 'an object that quotes it', isAlone: false},
	],
	[
		['{"usage": {"input_tokens": 5, "id": "a", "output_tokens": 1}}'],
		{name: 'input_tokens', lines: 1, first: 1, form: 'an object that holds it at `usage.input_tokens`', isAlone: false},
	],
	[['nothing', ''], undefined],
])('%j', (lines, expected) => {
	expect(mentionsIn(lines)).toEqual(expected);
});

test('the own log of a LiteLLM proxy is known', () => {
	expect(isLiteLlmProxy(['12:34:56 - LiteLLM:INFO: utils.py:3373 - '])).toBe(true);
	expect(isLiteLlmProxy(['{"message": "x", "level": "INFO", "logger": "LiteLLM Proxy"}'])).toBe(true);
	expect(isLiteLlmProxy(['litellm is nice'])).toBe(false);
});
