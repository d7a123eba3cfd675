import {expect, test} from 'vitest';
import {wrap} from '../../source/output/wrap.js';

test('breaks between words', () => {
	expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
	expect(wrap('one two three', 80)).toEqual(['one two three']);
	expect(wrap('', 80)).toEqual([]);
});

test('breaks inside of a word only where it alone is wider', () => {
	expect(wrap('a abcdefgh b', 3)).toEqual(['a', 'abc', 'def', 'gh', 'b']);
	expect(wrap('漢字漢字', 5)).toEqual(['漢字', '漢字']);
});

test('ends where even a letter is wider than the line', () => {
	expect(wrap('漢字', 1)).toEqual(['漢字']);
});
