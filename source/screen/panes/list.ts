import {formatCount} from '../../output/numbers.js';
import {columnsOf} from '../../text/columns-of.js';
import {cutMiddle} from '../../text/cut-middle.js';
import type {Frame} from '../dashboard/layout.js';
import type {Position} from '../lists/list-cursor.js';
import type {Listing} from '../lists/listing.js';
import {fitted} from '../text/cut.js';
import {clipped, flow} from '../text/flow.js';
import {type Line, muted, space, styledAs, textOf} from '../text/line.js';
import {framed} from './frame.js';

const markColumns = 2;
/** Rows of a list's place above its items: the frame with the title, and the headings. */
export const rowsAboveItems = 2;

/** Rows for items in a list's place: without frame and headings. */
export const itemRows = ({rows, frame}: {readonly rows: number; readonly frame: Frame}): number =>
	Math.max(1, rows - (frame === 'box' ? 3 : 2));

const range = ({count, first, rows}: Position): string =>
	count > rows
		? `${formatCount(first + 1)}–${formatCount(Math.min(count, first + rows))} of ${formatCount(count)}`
		: formatCount(count);

/** A row; if selected, with the selection mark and in the colour of the selection. */
const marked = (line: Line, isSelected: boolean, columns: number): Line =>
	isSelected
		? styledAs('selected', textOf(fitted([...styledAs('selected', '▸ '), ...line], columns)))
		: [...space(markColumns), ...line];

/** A list with frame and headings: exactly as many lines and columns as its place has. */
export const listPane = (
	listing: Listing,
	position: Position,
	place: {readonly columns: number; readonly rows: number; readonly frame: Frame},
): readonly Line[] => {
	const columns = place.columns - (place.frame === 'box' ? 4 : 2);
	const {title, note, empty, count} = listing;
	const {heading, rows} = listing.draw(position.first, position.rows, columns - markColumns);
	const lines =
		count === 0
			? [empty]
			: [
					[...space(markColumns), ...heading],
					...rows.map((line, row) => marked(line, position.first + row === position.selected, columns)),
				];
	const aside = count === 0 ? undefined : [range(position), ...(note === undefined ? [] : [note])].join(' · ');
	return framed({title, aside}, lines, place);
};

/** Columns for the frame around a title and for the title's margins. */
const titleMargin = 20;

/** The place below a list for the details of the selected row. */
type DetailPlace = {readonly columns: number; readonly rows: number; readonly frame: Frame};

/**
 * The details of the selected row. Always as many lines as the place has, so that nothing moves when the selection
 * does.
 */
export const detailPane = (listing: Listing, {selected}: Position, place: DetailPlace): readonly Line[] => {
	const columns = place.columns - (place.frame === 'box' ? 4 : 2);
	const detail = listing.detail(selected, columns);
	const room = Math.max(0, columns - titleMargin);
	const parts = detail?.title ?? [];
	const fits = parts.map((_, index) => parts.slice(0, parts.length - index).join(' · '));
	const title = fits.find(text => columnsOf(text) <= room) ?? cutMiddle(parts[0] ?? '', room);
	const rows = place.rows - (place.frame === 'box' ? 2 : 1);
	const lines = (detail?.lines ?? []).flatMap(line =>
		flow(line, columns).map((row, part) => ({row, begins: part === 0})),
	);
	// What follows the last row is appended to it, and cut: a line of its own begins behind a dot.
	const apart = lines.map(({row, begins}, index) =>
		begins && index > 0 && index === rows ? [...muted('· '), ...row] : row,
	);
	return framed({title, aside: detail?.aside}, clipped(apart, rows, columns), place);
};
