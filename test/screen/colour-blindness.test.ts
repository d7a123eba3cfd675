import {expect, test} from 'vitest';
import {type Ground, lookOf, palettes} from '../../source/output/picture/colours.js';
import {legend} from '../../source/screen/charts/strip.js';
import {colourTheme, lightTheme, monoTheme, styled, type Token} from '../../source/screen/theme.js';
import {type Colour, contrast, leastContrast} from '../support/contrast.js';

/**
 * What is left of linear red, green and blue without one kind of cones: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
 */
const deficiencies: Readonly<Record<string, readonly Colour[]>> = {
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039],
	],
};

const toLinear = (level: number): number =>
	level / 255 <= 0.04045 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
const toLevel = (linear: number): number => {
	const within = Math.min(1, Math.max(0, linear));
	return 255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055);
};

/** A colour of a picture, `#1e1e2e`, as it is seen. */
const seen = (colour: string, matrix: readonly Colour[]): Colour => {
	const linear = [1, 3, 5].map(at => toLinear(Number.parseInt(colour.slice(at, at + 2), 16)));
	const [red = 0, green = 0, blue = 0] = matrix.map(row =>
		toLevel(row.reduce((sum, share, index) => sum + share * (linear[index] ?? 0), 0)),
	);
	return [red, green, blue];
};

const themes = {dark: colourTheme, light: lightTheme} as const;
const tokens = Object.keys(monoTheme) as Token[];
/** Lines around panes are no text. */
const texts = tokens.filter(token => token !== 'frame' && token !== 'selected');

test.each(
	Object.entries(deficiencies).flatMap(([name, matrix]) =>
		(['dark', 'light'] as const).map((ground: Ground) => [name, ground, matrix] as const),
	),
)('with %s every text of a %s picture stands out from its ground', (_, ground, matrix) => {
	for (const token of texts) {
		const style = /\u001B\[(3\d(?:;5;\d+)?)m/.exec(styled('7', token, themes[ground]))?.[1] ?? '';
		const {ink} = lookOf(style, ground);
		const background = palettes[ground].background;
		expect(contrast(seen(ink, matrix), seen(background, matrix)), token).toBeGreaterThanOrEqual(leastContrast);
	}
});

test.each([true, false])('the parts of a bar have fillings of their own (Unicode: %s)', unicode => {
	const fillings = legend(unicode).flatMap(({text}) => (/^[^ \w]|^x$/.test(text) ? [text] : []));
	expect(new Set(fillings).size).toBe(4);
	expect(fillings).toHaveLength(4);
});
