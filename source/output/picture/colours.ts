/** The background that colours are chosen for. */
export type Ground = 'dark' | 'light';

/** The colours of a cell in CSS, and its weight. */
export type Look = {readonly ink: string; readonly ground: string; readonly bold: boolean; readonly dim: boolean};

type Palette = {
	readonly background: string;
	readonly foreground: string;
	/** The 16 ANSI colours, chosen to be readable on the background. */
	readonly colours: readonly string[];
};

const dark = ['#45475a', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#bac2de'];
const light = ['#5c5f77', '#d20f39', '#40a02b', '#b3750f', '#1e66f5', '#c0459b', '#179299', '#6c6f85'];

/** Colours of a picture by background; `colours` is in the order of the 16 ANSI colours. */
export const palettes: Readonly<Record<Ground, Palette>> = {
	dark: {
		background: '#1e1e2e',
		foreground: '#cdd6f4',
		colours: [...dark, '#7f849c', ...dark.slice(1, 7), '#ffffff'],
	},
	light: {
		background: '#fafafa',
		foreground: '#2c2f3f',
		colours: [...light, '#8c8fa1', ...light.slice(1, 7), '#000000'],
	},
};

const hex = (...levels: readonly number[]): string =>
	`#${levels.map(level => level.toString(16).padStart(2, '0')).join('')}`;

/** Levels of the colour cube of terminals with 256 colours (xterm). */
const cubeLevel = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);

/** A colour of the 256-colour palette: the terminal's 16, a cube of 216, 24 greys. */
const indexed = (index: number, {colours, foreground}: Palette): string => {
	if (!(index >= 0 && index <= 255)) {
		return foreground;
	}
	if (index < 16) {
		return colours[index] ?? foreground;
	}
	if (index >= 232) {
		const grey = 8 + 10 * (index - 232);
		return hex(grey, grey, grey);
	}
	const place = index - 16;
	return hex(cubeLevel(Math.floor(place / 36)), cubeLevel(Math.floor(place / 6) % 6), cubeLevel(place % 6));
};

/** @param style SGR parameters, such as `1;38;5;28` */
export const lookOf = (style: string, on: Ground): Look => {
	const palette = palettes[on];
	const codes = style === '' ? [] : style.split(';').map(Number);
	let ink = palette.foreground;
	let ground = palette.background;
	const flags = new Set<number>();
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		if ((code === 38 || code === 48) && codes[at + 1] === 5) {
			const colour = indexed(codes[at + 2] ?? -1, palette);
			ink = code === 38 ? colour : ink;
			ground = code === 48 ? colour : ground;
			at += 2;
		} else if (code >= 30 && code <= 37) {
			ink = indexed(code - 30, palette);
		} else if (code >= 90 && code <= 97) {
			ink = indexed(code - 82, palette);
		} else if (code >= 40 && code <= 47) {
			ground = indexed(code - 40, palette);
		} else if (code >= 100 && code <= 107) {
			ground = indexed(code - 92, palette);
		} else {
			flags.add(code);
		}
	}
	const inverse = flags.has(7);
	return {
		ink: inverse ? ground : ink,
		ground: inverse ? ink : ground,
		bold: flags.has(1),
		dim: flags.has(2),
	};
};
