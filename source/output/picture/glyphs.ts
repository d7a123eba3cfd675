/** Rectangle of a cell in the picture, in pixels. */
type Place = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** Draws a glyph in a colour and returns SVG. */
type Draw = (colour: string) => string;

const round = (value: number): number => Math.round(value * 100) / 100;

const rectangle = (x: number, y: number, width: number, height: number): Draw => {
	const shape = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" shape-rendering="crispEdges"`;
	return colour => `${shape} fill="${colour}"/>`;
};

/** Half of a cell wide and a quarter of one high, so that the textures of neighbouring cells join. */
const tile = {width: 4.5, height: 4.75};
const [dotWidth, dotHeight] = [tile.width / 2, tile.height / 2];

/** Path data that fills a quarter, half and three quarters of a tile, by shade character. */
const tiles: Readonly<Record<string, string>> = {
	'1': `M0 0h${dotWidth}v${dotHeight}H0z`,
	'2': `M0 0h${dotWidth}v${dotHeight}H0zM${dotWidth} ${dotHeight}H${tile.width}V${tile.height}H${dotWidth}z`,
	'3': `M0 0H${tile.width}V${tile.height}H${dotWidth}V${dotHeight}H0z`,
};

const shade = (level: number, {x, y, width, height}: Place): Draw => {
	const fill = rectangle(x, y, width, height);
	return colour => fill(`url(#shade${level}-${colour.slice(1)})`);
};

/**
 * The SVG patterns of the shades that occur in drawn glyphs. Shades are textures, as in a terminal, so they can be read
 * without colours.
 */
export const shadePatterns = (drawn: string): string => {
	const used = [...new Set(drawn.match(/url\(#shade[123]-[0-9a-f]{6,8}\)/g))];
	const patterns = used.map(reference => {
		const [, level = '', colour = ''] = /shade(\d)-(\w+)/.exec(reference) ?? [];
		return `<pattern id="shade${level}-${colour}" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse"><path d="${tiles[level] ?? ''}" fill="#${colour}"/></pattern>`;
	});
	return patterns.length === 0 ? '' : `<defs>${patterns.join('')}</defs>`;
};

/** Bits of a braille pattern by column and row of its dot (Unicode chart "Braille Patterns"). */
const brailleDots = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1],
	[1, 2],
	[0, 3],
	[1, 3],
] as const;

const braille = (bits: number, {x, y, width, height}: Place): Draw => {
	const dots = brailleDots.flatMap(([column, row], bit) =>
		(bits >> bit) & 1 ? [[round(x + width * (0.25 + column * 0.5)), round(y + height * (0.125 + row * 0.25))]] : [],
	);
	return colour => dots.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="1.5" fill="${colour}"/>`).join('');
};

/** The sides of the cell that a line glyph reaches: left, right, up, down. */
const arms: Readonly<Record<string, string>> = {
	'─': 'lr',
	'━': 'lr',
	'│': 'ud',
	'┃': 'ud',
	'┌': 'rd',
	'┐': 'ld',
	'└': 'ru',
	'┘': 'lu',
	'├': 'udr',
	'┤': 'udl',
	'┬': 'lrd',
	'┴': 'lru',
	'┼': 'lrud',
};

const corners: Readonly<Record<string, readonly [horizontal: 1 | -1, vertical: 1 | -1]>> = {
	'╭': [1, 1],
	'╮': [-1, 1],
	'╰': [1, -1],
	'╯': [-1, -1],
};

const lines = (glyph: string, {x, y, width, height}: Place): Draw | undefined => {
	const [middleX, middleY] = [x + width / 2, y + height / 2];
	const corner = corners[glyph];
	const ends: Readonly<Record<string, string>> = {
		l: `H${x}`,
		r: `H${x + width}`,
		u: `V${y}`,
		d: `V${y + height}`,
	};
	const path = corner
		? `M${middleX} ${corner[1] > 0 ? y + height : y}V${middleY + corner[1] * 4}Q${middleX} ${middleY} ${middleX + corner[0] * 4} ${middleY}H${corner[0] > 0 ? x + width : x}`
		: [...(arms[glyph] ?? '')].map(arm => `M${middleX} ${middleY}${ends[arm]}`).join('');
	const weight = glyph === '━' || glyph === '┃' ? 2.4 : 1.2;
	return path === ''
		? undefined
		: colour => `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${weight}"/>`;
};

/** Draws blocks, shades, braille and lines, which must join without gaps; undefined for other text. */
export const glyphPath = (glyph: string, place: Place): Draw | undefined => {
	const code = glyph.codePointAt(0) ?? 0;
	const {x, y, width, height} = place;
	if (code >= 0x2581 && code <= 0x2588) {
		const filled = (height * (code - 0x2580)) / 8;
		return rectangle(x, y + height - filled, width, filled);
	}
	if (code >= 0x2589 && code <= 0x258f) {
		return rectangle(x, y, (width * (0x2590 - code)) / 8, height);
	}
	if (code >= 0x2591 && code <= 0x2593) {
		return shade(code - 0x2590, place);
	}
	if (code >= 0x2800 && code <= 0x28ff) {
		return braille(code - 0x2800, place);
	}
	return lines(glyph, place);
};
