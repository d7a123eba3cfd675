import {expect, test} from 'vitest';
import {parsePrintedArray} from '../../../source/formats/renderings/printed-array.js';

const response = `[2026-11-27 10:00:00] local.INFO: Array
(
    [model] => claude-sonnet-4-5
    [content] => Array
        (
            [0] => Array
                (
                    [text] => Hello (world
    and "more
                )

        )

    [usage:protected] => Some\\Usage Object
        (
            [input_tokens] => 10
            [cache_read_input_tokens] => 9000
            [service_tier] =>
        )

)`;

test('an array of PHP, nested, behind what the logger put before it', () => {
	const printed = parsePrintedArray(response);
	expect(printed?.value).toEqual({
		model: 'claude-sonnet-4-5',
		content: {0: {text: 'Hello (world'}},
		usage: {input_tokens: '10', cache_read_input_tokens: '9000', service_tier: null},
	});
	expect(response.slice(0, printed?.start)).toBe('[2026-11-27 10:00:00] local.INFO:');
});

test('a text that only ends like the beginning of an array is none', () => {
	expect(parsePrintedArray('Sorting Array\nnext')).toBeUndefined();
	expect(parsePrintedArray('usage {')).toBeUndefined();
});

test('brackets inside each other without end are read as far as is sensible', () => {
	const deep = `Array\n(\n${'[a] => Array\n(\n'.repeat(2000)}`;
	expect(parsePrintedArray(deep)?.value).toHaveProperty('a');
});
