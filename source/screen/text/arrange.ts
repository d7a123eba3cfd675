import {fitted} from './cut.js';
import {joined, type Line, space, widthOf} from './line.js';

/** The first candidate that fits, else the last one. Pass the longest wording first. */
export const firstThatFits = (candidates: readonly Line[], columns: number): Line =>
	candidates.find(candidate => widthOf(candidate) <= columns) ?? candidates[candidates.length - 1] ?? [];

/** A part of a line that is dropped as a whole if there is not enough room. */
export type Part = {
	readonly line: Line;
	/** Parts with the lowest value are dropped first; among equals, the rightmost. Infinity is never dropped. */
	readonly keep: number;
};

/** Drops parts, least important first, until the rest fits. */
export const keepWhatFits = (parts: readonly Part[], columns: number, gap = 2): readonly Part[] => {
	let kept = parts.filter(({line}) => line.length > 0);
	const width = () =>
		widthOf(
			joined(
				kept.map(({line}) => line),
				gap,
			),
		);
	while (width() > columns) {
		const least = kept.reduce<Part | undefined>(
			(lowest, part) =>
				part.keep !== Number.POSITIVE_INFINITY && (lowest === undefined || part.keep <= lowest.keep) ? part : lowest,
			undefined,
		);
		if (least === undefined) {
			break;
		}
		kept = kept.filter(part => part !== least);
	}
	return kept;
};

/** One line of the parts that fit. */
export const lineOf = (parts: readonly Part[], columns: number, gap = 2): Line =>
	joined(
		keepWhatFits(parts, columns, gap).map(({line}) => line),
		gap,
	);

/** Exactly `columns`: one part at each edge. If both do not fit, the right one is dropped. */
export const atEdges = (left: Line, right: Line, columns: number): Line => {
	const between = columns - widthOf(left) - widthOf(right);
	return right.length > 0 && between >= 1 ? [...left, ...space(between), ...right] : fitted(left, columns);
};
