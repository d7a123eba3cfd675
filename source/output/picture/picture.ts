import {type Cell, parseCells} from '../../terminal/cells.js';
import {type Ground, type Look, lookOf, palettes} from './colours.js';
import {glyphPath, shadePatterns} from './glyphs.js';

/** Size of a cell and margin around the screen, in pixels. */
const cellWidth = 9;
const cellHeight = 19;
const margin = 14;
const titleBar = 24;

const escapes: Readonly<Record<string, string>> = {
	'<': '&lt;',
	'>': '&gt;',
	'&': '&amp;',
	'"': '&quot;',
	"'": '&apos;',
};

/** Escapes text for markup; characters that XML 1.0 does not allow become `�`. */
const escapeMarkup = (text: string): string =>
	text
		.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
		.replace(/[<>&"']/g, sign => escapes[sign] ?? sign);

/** Text of one style within a row, without blanks: browsers collapse them in spite of `xml:space`. */
type Run = {readonly column: number; readonly look: Look; text: string; cells: number};

const drawText = ({column, look, text, cells}: Run, y: number): string =>
	`<text x="${margin + column * cellWidth}" y="${y + 14.5}" fill="${look.ink}" textLength="${cells * cellWidth}"${look.bold ? ' font-weight="bold"' : ''}${look.dim ? ' fill-opacity=".7"' : ''}>${escapeMarkup(text)}</text>`;

/** Backgrounds of cells that differ from the picture's, one rectangle per run of cells. */
const drawGrounds = (cells: readonly Cell[], y: number, on: Ground): readonly string[] => {
	const stretches: {readonly column: number; readonly ground: string; cells: number}[] = [];
	for (const [column, {text, style}] of cells.entries()) {
		const before = stretches.at(-1);
		// The second cell of a wide character has no style of its own.
		const ground = text === '' && before ? before.ground : lookOf(style, on).ground;
		if (before?.ground === ground) {
			before.cells++;
		} else {
			stretches.push({column, ground, cells: 1});
		}
	}
	return stretches
		.filter(({ground}) => ground !== palettes[on].background)
		.map(
			stretch =>
				`<rect x="${margin + stretch.column * cellWidth}" y="${y}" width="${stretch.cells * cellWidth}" height="${cellHeight}" fill="${stretch.ground}"/>`,
		);
};

const drawRow = (cells: readonly Cell[], row: number, on: Ground): string => {
	const y = margin + titleBar + row * cellHeight;
	const drawn = [...drawGrounds(cells, y, on)];
	let run: Run | undefined;
	const flush = () => {
		if (run) {
			drawn.push(drawText(run, y));
			run = undefined;
		}
	};
	for (const [column, cell] of cells.entries()) {
		if (cell.text === '') {
			continue;
		}
		const look = lookOf(cell.style, on);
		const x = margin + column * cellWidth;
		const path = glyphPath(cell.text, {x, y, width: cellWidth, height: cellHeight});
		if (path !== undefined) {
			flush();
			drawn.push(path(look.dim ? `${look.ink}b3` : look.ink));
			continue;
		}
		if (cell.text.trim() === '') {
			flush();
			continue;
		}
		if (!run || run.look.ink !== look.ink || run.look.bold !== look.bold || run.look.dim !== look.dim) {
			flush();
			run = {column, look, text: '', cells: 0};
		}
		run.text += cell.text;
		run.cells++;
		// Fonts differ in the width of wide characters, so what follows one is positioned separately.
		if (cells[column + 1]?.text === '') {
			run.cells++;
			flush();
		}
	}
	flush();
	return drawn.join('');
};

/**
 * A picture of the screen as SVG that looks the same in every browser: blocks, braille and lines are paths and need no
 * font.
 * @param lines rows of cells, as the terminal shows them
 */
export const picture = (
	lines: readonly string[],
	{columns, rows, ground = 'dark'}: {readonly columns: number; readonly rows: number; readonly ground?: Ground},
): string => {
	const width = columns * cellWidth + 2 * margin;
	const height = rows * cellHeight + 2 * margin + titleBar;
	const buttons = ['#f38ba8', '#f9e2af', '#a6e3a1'].map(
		(colour, index) => `<circle cx="${20 + index * 18}" cy="18" r="5.5" fill="${colour}"/>`,
	);
	const drawn = Array.from({length: rows}, (_, row) =>
		drawRow(parseCells(lines[row] ?? '').slice(0, columns), row, ground),
	).filter(row => row !== '');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="15">`,
		`<rect width="${width}" height="${height}" rx="8" fill="${palettes[ground].background}"/>`,
		...buttons,
		...drawn,
		...[shadePatterns(drawn.join(''))].filter(defs => defs !== ''),
		'</svg>',
		'',
	].join('\n');
};
