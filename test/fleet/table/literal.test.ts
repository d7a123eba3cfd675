import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integer, literal, literals} from '../../../source/fleet/table/literal.js';

/** Reads a literal as ClickHouse does: the text, and what follows the quote that ends it. */
const read = (sql: string): readonly [text: string, rest: string] => {
	let text = '';
	for (let index = 1; index < sql.length; index++) {
		if (sql[index] === "'") {
			return [text, sql.slice(index + 1)];
		}
		index += sql[index] === '\\' ? 1 : 0;
		text += sql[index];
	}
	return [text, 'without an end'];
};

test('any text stays within its quotes', () => {
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom("'", '\\', 'n', '-', ';', '"', '\n', 'x', '0')}), text => {
			expect(read(literal(text))).toEqual([text, '']);
		}),
	);
});

test('lists, also empty ones', () => {
	expect(literals(['a', "b'"])).toBe("('a', 'b\\'')");
	expect(literals([])).toBe('(NULL)');
});

test('numbers are whole, or no statement is made', () => {
	expect(integer(-8_640_000_000_000_000)).toBe('-8640000000000000');
	expect(() => integer(Number.NaN)).toThrow(RangeError);
	expect(() => integer(1.5)).toThrow(RangeError);
	expect(() => integer('1; DROP' as unknown as number)).toThrow(RangeError);
});
