import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {columnsOf} from '../../source/text/columns-of.js';

test('every character of one column is as wide as it is measured to be', () => {
	const characters = Array.from({length: 0x1_0000}, (_, code) => String.fromCodePoint(code)).slice(0x20);
	expect(characters.filter(character => columnsOf(character) !== stringWidth(character))).toEqual([]);
});

test('so is any text, and any mixture with what the screen draws', () => {
	const drawn = fc.constantFrom(...'─│╭▏█⣿·…–←→▲▼▸◂●⚑é', '❤️', '👨‍👩‍👧', 'e\u0301', '한', '\u200B');
	fc.assert(
		fc.property(fc.array(fc.oneof(drawn, fc.string({unit: 'grapheme'}))), parts => {
			const text = parts.join('');
			expect(columnsOf(text)).toBe(stringWidth(text));
		}),
	);
});
