import {columnsOf} from '../../text/columns-of.js';

/** The labels below a chart. Labels that do not fit are dropped: first those in the middle, then the end. */
export type TrendLabels = {
	/** At the left edge. */
	readonly start?: string | undefined;
	/** Centred at even distances between start and end. */
	readonly middle?: readonly string[];
	/** At the right edge. */
	readonly end?: string | undefined;
};

type Placed = {readonly text: string; readonly column: number};

const gap = 2;

const endOf = ({text, column}: Placed): number => column + columnsOf(text);

const middlesOf = (middle: readonly string[], columns: number, stride: number): readonly Placed[] =>
	middle.flatMap((text, index) => {
		const centre = (columns * (index + 1)) / (middle.length + 1);
		return text && (index + 1) % stride === 0 ? [{text, column: Math.round(centre - columnsOf(text) / 2)}] : [];
	});

const fits = (labels: readonly Placed[], columns: number): boolean =>
	labels.every((label, index) => {
		const previous = labels[index - 1];
		return label.column >= (previous ? endOf(previous) + gap : 0) && endOf(label) <= columns;
	});

const placements = ({start, middle = [], end}: TrendLabels, columns: number): readonly (readonly Placed[])[] => {
	const first = start ? [{text: start, column: 0}] : [];
	const last = end ? [{text: end, column: columns - columnsOf(end)}] : [];
	// Every label, every second, every third, …: only strides that keep the labels evenly spaced.
	const strides = middle.map((_, index) => index + 1).filter(stride => (middle.length + 1) % stride === 0);
	const withMiddles = strides.map(stride => [...first, ...middlesOf(middle, columns, stride), ...last]);
	return [...withMiddles, [...first, ...last], first, last];
};

/** One row of exactly `columns`. */
export const xLabels = (labels: TrendLabels, columns: number): string => {
	const placed = placements(labels, columns).find(candidate => fits(candidate, columns)) ?? [];
	let row = '';
	let width = 0;
	for (const label of placed) {
		row += ' '.repeat(label.column - width) + label.text;
		width = endOf(label);
	}

	return row + ' '.repeat(columns - width);
};
