import {formatCount} from '../../output/numbers.js';
import type {Frame} from '../layout.js';
import type {Position} from '../lists/cursor.js';
import type {Listing} from '../lists/listing.js';
import {fitted} from '../text/cut.js';
import {type Line, space, styledAs, textOf} from '../text/line.js';
import {framed} from './frame.js';

const markColumns = 2;

/** What of a place's rows a list has for its items: the rest are frame and heading. */
export const itemRows = ({rows, frame}: {readonly rows: number; readonly frame: Frame}): number =>
	Math.max(1, rows - (frame === 'box' ? 3 : 2));

const range = ({count, first, rows}: Position): string =>
	count > rows
		? `${formatCount(first + 1)}–${formatCount(Math.min(count, first + rows))} of ${formatCount(count)}`
		: formatCount(count);

/** A row as it is, or with the mark of the selection and in one look. */
const marked = (line: Line, isSelected: boolean, columns: number): Line =>
	isSelected
		? styledAs('selected', textOf(fitted([...styledAs('selected', '▸ '), ...line], columns)))
		: [...space(markColumns), ...line];

/** A list with its frame and heading: exactly as many lines and columns as its place has. */
export const listPane = (
	listing: Listing,
	position: Position,
	place: {readonly columns: number; readonly rows: number; readonly frame: Frame},
): readonly Line[] => {
	const columns = place.columns - (place.frame === 'box' ? 4 : 2);
	const {title, order, empty, count} = listing;
	const {heading, rows} = listing.draw(position.first, position.rows, columns - markColumns);
	const lines =
		count === 0
			? [empty]
			: [
					[...space(markColumns), ...heading],
					...rows.map((line, row) => marked(line, position.first + row === position.selected, columns)),
				];
	const aside = count === 0 ? undefined : [range(position), ...(order === undefined ? [] : [order])].join(' · ');
	return framed({title, aside}, lines, place);
};
