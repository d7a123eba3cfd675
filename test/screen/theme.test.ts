import {expect, test} from 'vitest';
import {
	colourTheme,
	firstTheme,
	lightTheme,
	monoTheme,
	nextTheme,
	styled,
	type Theme,
	type Token,
} from '../../source/screen/theme.js';
import {themeNames} from '../../source/session/options.js';
import {type Colour, contrast, leastContrast} from '../support/contrast.js';

const tokens = Object.keys(monoTheme) as Token[];

/** The colours that a theme sets, as they stand in its sequences. */
const inksOf = (theme: Theme): readonly string[] => [
	...new Set(tokens.flatMap(token => /\u001B\[(3\d(?:;5;\d+)?)m/.exec(styled('7', token, theme))?.[1] ?? [])),
];

/** A colour of xterm's cube of 6 x 6 x 6. */
const ofCube = (index: number): Colour => {
	const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
	const place = index - 16;
	return [level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6)];
};

test.each([
	['white', [255, 255, 255]],
	['the white of many terminals', [250, 250, 250]],
	['the ground of Solarized Light', [253, 246, 227]],
] as const)('the light theme is readable on %s', (_, ground) => {
	const inks = inksOf(lightTheme);
	expect(inks).toHaveLength(4);
	for (const colour of inks) {
		const [, , index = ''] = colour.split(';');
		expect(contrast(ofCube(Number(index)), ground), colour).toBeGreaterThanOrEqual(leastContrast);
	}
});

/** Red, green, yellow, cyan of common terminals on their dark ground. */
const palettes: Readonly<Record<string, Readonly<Record<string, Colour>> & {readonly ground: Colour}>> = {
	xterm: {31: [205, 0, 0], 32: [0, 205, 0], 33: [205, 205, 0], 36: [0, 205, 205], ground: [0, 0, 0]},
	'VS Code': {31: [205, 49, 49], 32: [13, 188, 121], 33: [229, 229, 16], 36: [17, 168, 205], ground: [30, 30, 30]},
	'Windows Terminal': {
		31: [197, 15, 31],
		32: [19, 161, 14],
		33: [193, 156, 0],
		36: [58, 150, 221],
		ground: [12, 12, 12],
	},
	GNOME: {31: [192, 28, 40], 32: [46, 194, 126], 33: [245, 194, 17], 36: [42, 161, 179], ground: [30, 30, 30]},
};

test.each(Object.entries(palettes))('the dark theme is readable with the palette of %s', (_, palette) => {
	for (const colour of inksOf(colourTheme)) {
		const ink = palette[colour];
		// What is red is bold as well; large and bold text needs no more.
		expect(ink && contrast(ink, palette.ground), colour).toBeGreaterThan(colour === '31' ? 2.5 : 4.5);
	}
});

test('looks are nested and all ended', () => {
	expect(styled('7', 'status.good', colourTheme)).toBe('\u001B[1m\u001B[32m7\u001B[39m\u001B[22m');
	expect(styled('7', 'text.primary', colourTheme)).toBe('7');
});

test('mono has no colour', () => {
	for (const token of tokens) {
		expect(styled('7', token, monoTheme)).not.toMatch(/\u001B\[(?:3|4|9|10)\d/);
	}
	expect(styled('7', 'status.poor', monoTheme)).toBe('\u001B[1m7\u001B[22m');
});

test('the key leads through all themes and back', () => {
	const round = themeNames.map((_, index) =>
		themeNames.slice(0, index).reduce(name => nextTheme(name), themeNames[0] ?? 'mono'),
	);
	expect(round).toEqual(['dark', 'light', 'mono']);
	expect(nextTheme('mono')).toBe('dark');
});

test.each([
	[true, undefined, 'dark'],
	[true, '15;0', 'dark'],
	[true, '12;8', 'dark'],
	[true, '0;15', 'light'],
	[true, '0;default;15', 'light'],
	[true, '0;7', 'light'],
	[true, 'nonsense', 'dark'],
	[false, '0;15', 'mono'],
] as const)('with colour: %s and COLORFGBG=%s the theme is %s', (colour, ground, expected) => {
	expect(firstTheme(colour, undefined, ground)).toBe(expected);
});

test('what was chosen outranks the ground, and no colour outranks both', () => {
	expect(firstTheme(true, 'mono', '0;15')).toBe('mono');
	expect(firstTheme(true, 'light', undefined)).toBe('light');
	expect(firstTheme(false, 'light', '0;15')).toBe('mono');
});
