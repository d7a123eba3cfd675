import {expect, test} from 'vitest';
import {palettes} from '../../../source/output/picture/colours.js';
import {picture} from '../../../source/output/picture/picture.js';
import {colourTheme, lightTheme, monoTheme, styled, type Token} from '../../../source/screen/theme.js';
import {blended, colourOf, contrast, leastContrast} from '../../support/contrast.js';

test.each([
	['dark', 'dark', colourTheme],
	['light', 'light', lightTheme],
	['dark', 'mono', monoTheme],
	['light', 'mono', monoTheme],
] as const)('every text in a picture can be read: ground %s, theme %s', (ground, _, theme) => {
	const paper = colourOf(palettes[ground].background);
	for (const token of Object.keys(theme) as Token[]) {
		const svg = picture([styled('text', token, theme)], {columns: 10, rows: 1, ground});
		const [, ink = '', opacity = '1'] =
			/<text [^>]*?fill="(#\w+)"[^>]*?(?:fill-opacity="([\d.]+)")?>text/.exec(svg) ?? [];
		// What is inverse stands on a rectangle of its own.
		const [, behind] = /<rect x="14" [^>]*fill="(#\w+)"/.exec(svg) ?? [];
		const under = behind === undefined ? paper : colourOf(behind);
		expect(contrast(blended(colourOf(ink), under, Number(opacity)), under), token).toBeGreaterThanOrEqual(
			leastContrast,
		);
	}
});
