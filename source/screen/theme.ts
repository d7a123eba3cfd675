import {type ThemeName, themeNames} from '../session/options.js';

/** What a piece of text means; themes say how that looks. Nothing else in `screen/` names a colour. */
export type Token =
	| 'text.primary'
	| 'text.strong'
	/** Context: labels, units, what stands beside a number. */
	| 'text.muted'
	| 'text.title'
	| 'status.good'
	| 'status.fair'
	| 'status.poor'
	/** Leads the eye. */
	| 'accent'
	/** What is drawn: bars and lines. */
	| 'chart'
	/** What is drawn beside that, as context. */
	| 'chart.context'
	| 'frame'
	/** A key that can be pressed. */
	| 'key'
	/** Stands out from all else: paused, a message. */
	| 'notice'
	/** The row that keys act on. */
	| 'selected';

/** SGR parameters (ECMA-48 8.3.117) that turn a look on, and those that turn it off again. */
type Look = readonly [on: string, off: string];

/** How each token looks. */
export type Theme = Readonly<Record<Token, readonly Look[]>>;

const bold: Look = ['1', '22'];
const dim: Look = ['2', '22'];
const inverse: Look = ['7', '27'];
const ink = (colour: string): Look => [colour, '39'];

type Inks = {readonly good: string; readonly fair: string; readonly poor: string; readonly lead: string};

/**
 * No colour at all: for NO_COLOR, and for eyes that colours do not serve. Muted is dim rather than bright black, which
 * some palettes (Solarized) set to the background.
 */
export const monoTheme: Theme = {
	'text.primary': [],
	'text.strong': [bold],
	'text.muted': [dim],
	'text.title': [bold],
	'status.good': [bold],
	'status.fair': [bold],
	'status.poor': [bold],
	accent: [],
	chart: [],
	'chart.context': [dim],
	frame: [dim],
	key: [bold],
	notice: [inverse],
	selected: [inverse],
};

const coloured = ({good, fair, poor, lead}: Inks): Theme => ({
	...monoTheme,
	'text.title': [bold, ink(lead)],
	'status.good': [bold, ink(good)],
	'status.fair': [bold, ink(fair)],
	'status.poor': [bold, ink(poor)],
	accent: [ink(lead)],
	chart: [ink(lead)],
});

/** Of the 16 ANSI colours, so that the terminal's own palette decides. */
export const colourTheme: Theme = coloured({good: '32', fair: '33', poor: '31', lead: '36'});

/**
 * Most palettes make green, yellow and cyan too pale for a light ground, and bold ones paler still. These are fixed
 * colours of the 256 (xterm), as dark as a light ground asks for.
 */
export const lightTheme: Theme = coloured({good: '38;5;22', fair: '38;5;94', poor: '38;5;124', lead: '38;5;25'});

/** Every theme by its name. */
export const themes: Readonly<Record<ThemeName, Theme>> = {dark: colourTheme, light: lightTheme, mono: monoTheme};

/** The one after; the last is followed by the first. */
export const nextTheme = (name: ThemeName): ThemeName =>
	themeNames[(themeNames.indexOf(name) + 1) % themeNames.length] ?? name;

/**
 * The theme to begin with: without colour there is one only, else the one that was chosen, else what the terminal asks for.
 * @param ground `COLORFGBG`, which some terminals set: the numbers of the colours of text and ground, as in `0;15`
 */
export const firstTheme = (colour: boolean, chosen: string | undefined, ground: string | undefined): ThemeName => {
	if (!colour) {
		return 'mono';
	}
	const named = themeNames.find(name => name === chosen);
	return named ?? (/;(?:7|9|1[0-5])$/.test(ground ?? '') ? 'light' : 'dark');
};

/** Text in the look of a token. */
export const styled = (text: string, token: Token, theme: Theme): string =>
	theme[token].reduceRight((inner, [on, off]) => `\u001B[${on}m${inner}\u001B[${off}m`, text);
