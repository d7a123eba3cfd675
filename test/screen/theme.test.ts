import {expect, test} from 'vitest';
import {colourTheme, monoTheme, styled, type Token} from '../../source/screen/theme.js';

test('looks are nested and all ended', () => {
	expect(styled('7', 'status.good', colourTheme)).toBe('\u001B[1m\u001B[32m7\u001B[39m\u001B[22m');
	expect(styled('7', 'text.primary', colourTheme)).toBe('7');
});

test('mono has no colour', () => {
	for (const token of Object.keys(monoTheme) as Token[]) {
		expect(styled('7', token, monoTheme)).not.toMatch(/\u001B\[(?:3|4|9|10)\d/);
	}
	expect(styled('7', 'status.poor', monoTheme)).toBe('\u001B[1m7\u001B[22m');
});
