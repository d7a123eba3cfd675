import {expect, test} from 'vitest';
import {wrap} from '../../source/text/wrap.js';

test('breaks between words', () => {
	expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
	expect(wrap('one two three', 80)).toEqual(['one two three']);
	expect(wrap('', 80)).toEqual([]);
});

test('never breaks between a flag and its value, nor within its quotes', () => {
	const hint = "Set it with --price 'MODEL=3,0.3' (dollars), or watch --fail-if 'hit_rate drops 10'.";
	for (let columns = 34; columns < 90; columns++) {
		const lines = wrap(hint, columns);
		expect(lines.join(' ')).toBe(hint);
		expect(lines.some(line => line.includes("--price 'MODEL=3,0.3'"))).toBe(true);
		expect(lines.some(line => line.includes("--fail-if 'hit_rate drops 10'"))).toBe(true);
	}
});

test('an amount of a sum stays with its name', () => {
	expect(wrap('= first writes 0.19 + growth 0.09 + lost 0.19', 41)).toEqual([
		'= first writes 0.19 + growth 0.09 +',
		'lost 0.19',
	]);
});

test('breaks inside of a word only where it alone is wider', () => {
	expect(wrap('a abcdefgh b', 3)).toEqual(['a', 'abc', 'def', 'gh', 'b']);
	expect(wrap('漢字漢字', 5)).toEqual(['漢字', '漢字']);
});

test('ends where even a letter is wider than the line', () => {
	expect(wrap('漢字', 1)).toEqual(['漢字']);
});
