import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {cutMiddle} from '../../source/text/cut-middle.js';

test.each([
	['short', 10, 'short'],
	['/srv/app/logs/worker.log', 11, '/srv/…r.log'],
	['漢字漢字漢字', 6, '漢…字'],
	['abcdef', 1, '…'],
])('%j in %i columns', (text, columns, expected) => {
	expect(cutMiddle(text, columns)).toBe(expected);
});

test('seven bits on demand', () => {
	expect(cutMiddle('/srv/app/logs/worker.log', 11, true)).toBe('/srv....log');
});

test('never wider than asked for, and unchanged where it fits', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 3, max: 40}), (text, columns) => {
			const cut = cutMiddle(text, columns);
			expect(stringWidth(cut)).toBeLessThanOrEqual(columns);
			if (stringWidth(text) <= columns) {
				expect(cut).toBe(text);
			}
		}),
	);
});
