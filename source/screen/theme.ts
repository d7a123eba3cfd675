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

/** How each token looks: SGR codes (ECMA-48 8.3.117), each turned on and off by itself. */
export type Theme = Readonly<Record<Token, readonly Look[]>>;

const looks = {
	bold: [1, 22],
	dim: [2, 22],
	inverse: [7, 27],
	red: [31, 39],
	green: [32, 39],
	yellow: [33, 39],
	cyan: [36, 39],
} as const;
type Look = keyof typeof looks;

/**
 * Of the 16 ANSI colours, so that the terminal's own palette decides. Muted is dim rather than bright black, which some
 * palettes (Solarized) set to the background.
 */
export const colourTheme: Theme = {
	'text.primary': [],
	'text.strong': ['bold'],
	'text.muted': ['dim'],
	'text.title': ['bold', 'cyan'],
	'status.good': ['bold', 'green'],
	'status.fair': ['bold', 'yellow'],
	'status.poor': ['bold', 'red'],
	accent: ['cyan'],
	chart: ['cyan'],
	'chart.context': ['dim'],
	frame: ['dim'],
	key: ['bold'],
	notice: ['inverse'],
	selected: ['inverse'],
};

/** No colour at all: for NO_COLOR, and for eyes that colours do not serve. */
export const monoTheme: Theme = {
	'text.primary': [],
	'text.strong': ['bold'],
	'text.muted': ['dim'],
	'text.title': ['bold'],
	'status.good': ['bold'],
	'status.fair': ['bold'],
	'status.poor': ['bold'],
	accent: [],
	chart: [],
	'chart.context': ['dim'],
	frame: ['dim'],
	key: ['bold'],
	notice: ['inverse'],
	selected: ['inverse'],
};

/** Text in the look of a token. */
export const styled = (text: string, token: Token, theme: Theme): string =>
	theme[token].reduceRight((inner, look) => {
		const [on, off] = looks[look];
		return `\u001B[${on}m${inner}\u001B[${off}m`;
	}, text);
