/** Milliseconds. */
export const minute = 60_000;
/** Milliseconds. */
export const hour = 60 * minute;
/** Milliseconds. */
export const day = 24 * hour;

/** Widths of the buckets of sums in milliseconds, narrowest first. Each is a multiple of the one before. */
export const widths = [5 * minute, hour, day] as const;

/** The start of the bucket that contains a time: a multiple of the width. */
export const bucketOf = (time: number, width: number): number => Math.floor(time / width) * width;

/** A part of a window: whole buckets of a width, or single requests if the width is undefined. */
export type Piece = {readonly width: number | undefined; readonly from: number; readonly to: number};

/**
 * Divides [from, to) into as few whole buckets as possible, and the rest at both ends.
 * @param usable widths, narrowest first
 */
export const cut = (from: number, to: number, usable: readonly number[]): readonly Piece[] => {
	if (from >= to) {
		return [];
	}
	const width = usable[usable.length - 1];
	if (width === undefined) {
		return [{width, from, to}];
	}
	const narrower = usable.slice(0, -1);
	const begin = -bucketOf(-from, width);
	const end = bucketOf(to, width);
	return begin < end
		? [...cut(from, begin, narrower), {width, from: begin, to: end}, ...cut(end, to, narrower)]
		: cut(from, to, narrower);
};

/**
 * A window with the same requests whose ends are moved to bucket boundaries if nothing lies beyond them: most windows
 * end now, and `all` then consists of whole buckets only.
 */
export const rounded = (
	{from, to}: {readonly from: number; readonly to: number},
	span: {readonly first: number; readonly last: number},
): {readonly from: number; readonly to: number} => ({
	from: from <= span.first ? bucketOf(span.first, day) : from,
	to: to > span.last ? bucketOf(span.last, day) + day : to,
});
