import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {escapeHarmful, sanitize} from '../../source/text/sanitize.js';

const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** Any UTF-16 text, with what does harm more often than chance would have it. */
const anyText = fc
	.array(
		fc.oneof(
			fc.string({unit: 'binary'}),
			fc.constantFrom(
				'\u001B[2J',
				'\u009B31m',
				'\u202E',
				'\u200B',
				'\u2028',
				'\uD800',
				'\uDC00',
				'\0',
				'\r\n',
				'\u007F',
			),
			fc.constantFrom('e\u0301', '👩‍👩‍👧‍👦', '漢字', 'é', '\u0300'.repeat(9), '🇩🇪', 'क्षि', '\u{E0041}'),
		),
	)
	.map(parts => parts.join(''));

test.each([
	['an escape sequence', '\u001B[31mred\u001B[0m', '�[31mred�[0m'],
	['a C1 control', 'a\u009B2Jb', 'a�2Jb'],
	['line breaks and tabs', 'a\r\nb\tc', 'a��b�c'],
	['a direction override', 'cod\u202Efdp.exe', 'cod�fdp.exe'],
	['characters without width', 'a\u200Bb\uFEFFc\u2060d\u00ADe', 'a�b�c�d�e'],
	['line and paragraph separators', 'a\u2028b\u2029c', 'a�b�c'],
	['half a surrogate pair', 'a\uD83Db', 'a�b'],
	['invisible tags', 'a\u{E0041}b', 'a�b'],
	['piled marks', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(4)}�b`],
	['delete', 'a\u007Fb', 'a�b'],
])('replaces %s', (_, text, expected) => {
	expect(sanitize(text)).toBe(expected);
});

test('leaves all else as it is', () => {
	const text = 'claude-sonnet-4-5 · “Größe” 漢字 🙂 e\u0301';
	expect(sanitize(text)).toBe(text);
});

test('cuts to columns, wide characters counted double, and never inside of a grapheme', () => {
	expect(sanitize('abcdef', {columns: 6})).toBe('abcdef');
	expect(sanitize('abcdef', {columns: 5})).toBe('abcd…');
	expect(sanitize('漢字漢字', {columns: 6})).toBe('漢字…');
	expect(sanitize('ab🇩🇪cd', {columns: 4})).toBe('ab…');
	expect(sanitize('e\u0301e\u0301e\u0301', {columns: 2})).toBe('e\u0301…');
	expect(sanitize('abc', {columns: 1})).toBe('…');
	expect(sanitize('abc', {columns: 0})).toBe('');
});

test('writes seven bits on demand', () => {
	expect(sanitize('a → b … “ü” \u001B', {ascii: true})).toBe('a -> b ... "?" ?');
	expect(sanitize('abcdef', {columns: 5, ascii: true})).toBe('ab...');
});

test('whatever the text, the result is harmless, fits, and stays the same', () => {
	fc.assert(
		fc.property(anyText, fc.nat(30), fc.boolean(), (text, columns, ascii) => {
			const clean = sanitize(text, {ascii});
			expect(clean).not.toMatch(harmful);
			expect(sanitize(clean, {ascii})).toBe(clean);
			const cut = sanitize(text, {columns, ascii});
			expect(cut).not.toMatch(harmful);
			expect(stringWidth(cut)).toBeLessThanOrEqual(columns);
			if (ascii) {
				expect(cut).toMatch(/^[\x20-\x7E]*$/);
			}
		}),
		{numRuns: 300},
	);
});

test('escapes without loss', () => {
	fc.assert(
		fc.property(anyText, text => {
			const json = escapeHarmful(JSON.stringify(text));
			expect(json).not.toMatch(harmful);
			expect(JSON.parse(json)).toBe(text);
		}),
		{numRuns: 300},
	);
});
