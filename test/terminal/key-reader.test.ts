import {expect, test} from 'vitest';
import {KeyReader} from '../../source/terminal/key-reader.js';

const read = (...chunks: readonly string[]) => {
	const reader = new KeyReader();
	return chunks.flatMap(chunk => reader.feed(chunk)).concat(reader.expire());
};

test.each([
	['letters one by one', ['qj'], ['q', 'j']],
	['characters beyond 16 bits', ['é漢😀'], ['é', '漢', '😀']],
	[
		'control characters',
		['\u0003\u001A\u000C\t\r\b\u007F'],
		['\u0003', '\u001A', '\u000C', '\t', '\r', '\b', '\u007F'],
	],
	['arrows', ['\u001B[A\u001BOB'], ['\u001B[A', '\u001BOB']],
	['keys with modifiers', ['\u001B[1;5C\u001B[5;5~\u001B[Z'], ['\u001B[1;5C', '\u001B[5;5~', '\u001B[Z']],
	['a sequence in three chunks', ['\u001B', '[', '6~'], ['\u001B[6~']],
	['a sequence amid letters', ['a\u001B[Hb'], ['a', '\u001B[H', 'b']],
	['Escape', ['\u001B'], ['\u001B']],
	['Escape twice', ['\u001B\u001B'], ['\u001B', '\u001B']],
	['Escape and Ctrl-C in one packet', ['\u001B\u0003'], ['\u001B', '\u0003']],
	['half a sequence', ['\u001B[1;'], []],
	['mouse reports cut anywhere', [...'\u001B[<0;12;7M\u001B[<0;12;7m'], ['\u001B[<0;12;7M', '\u001B[<0;12;7m']],
])('%s', (_, chunks, keys) => {
	expect(read(...chunks)).toEqual(keys);
});

test.each([
	['function keys', '\u001B[15~\u001BOP\u001B[24;2~'],
	['function keys of the Linux console', '\u001B[[A\u001B[[E'],
	['Alt with a key', '\u001Bx\u001B\u00E9'],
	['mouse reports that were not asked for', '\u001B[M !!\u001B[32;12;7M'],
	['focus reports', '\u001B[I\u001B[O'],
	['replies', '\u001B[?62;4c\u001B[24;80R\u001B]11;rgb:0000/0000/0000\u0007\u001BP1$r0m\u001B\\\u001B[?2026;2$y'],
	['8-bit controls and broken characters', '\u009B\u0085\uFFFD\u0000\u001C'],
])('unknown: %s', (_, text) => {
	expect(read(`a${text}b`)).toEqual(['a', 'b']);
	expect(read('a', ...text, 'b')).toEqual(['a', 'b']);
});

test('a broken sequence takes no Ctrl-C with it', () => {
	expect(read('\u001B[1;\u0003')).toEqual(['\u0003']);
	expect(read('\u001B]0;title\u0003')).toEqual(['\u0003']);
});

test.each([
	['is one key', ['\u001B[200~quit now\u001B[201~q'], ['quit now', 'q']],
	['cut anywhere', [...'\u001B[200~quit now\u001B[201~'], ['quit now']],
	['without its controls', ['\u001B[200~\nrm\u0003\r\n\t-rf\u001B[31m x\u007F\r\u001B[201~'], ['rm -rf x']],
	['of controls only', ['\u001B[200~\r\n\u001B[A\u001B[201~q'], ['q']],
	['whose end is lost', ['\u001B[200~half'], ['half']],
])('a paste %s', (_, chunks, keys) => {
	expect(read(...chunks)).toEqual(keys);
});

test('a huge paste is cut, and its end is found', () => {
	const chunks = Array.from({length: 40}, () => 'x'.repeat(10_000));
	const [paste, next, ...others] = read('\u001B[200~', ...chunks, '\u001B[2', '01~q');
	expect(paste).toMatch(/^x+$/);
	expect(paste?.length).toBeLessThanOrEqual(65_536);
	expect([next, ...others]).toEqual(['q']);
});

test('says what it waits for', () => {
	const reader = new KeyReader();
	expect(reader.held).toBeUndefined();
	reader.feed('\u001B');
	expect(reader.held).toBe('escape');
	reader.feed('[');
	expect(reader.held).toBe('sequence');
	reader.feed('200~a');
	expect(reader.held).toBe('paste');
	reader.feed('\u001B[201~');
	expect(reader.held).toBeUndefined();
});
