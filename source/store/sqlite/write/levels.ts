/** Milliseconds. */
export const minute = 60_000;
/** Milliseconds. */
export const hour = 60 * minute;
/** Milliseconds. */
export const day = 24 * hour;

/** Widths of the buckets that sums are kept for, milliseconds, narrowest first. Each holds a whole number of the one before. */
export const widths = [5 * minute, hour, day] as const;

/** Where the bucket begins that a time falls into: a multiple of its width. */
export const bucketOf = (time: number, width: number): number => Math.floor(time / width) * width;

/** A piece of a window: whole buckets of a width, or, where that is undefined, the requests themselves. */
export type Piece = {readonly width: number | undefined; readonly from: number; readonly to: number};

/**
 * Cuts [from, to) into as few whole buckets as there are, and what remains at both ends.
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
 * A window that takes the same requests and ends between buckets where nothing lies beyond it: most windows end at the
 * present, and `all` is nothing but whole buckets.
 */
export const rounded = (
	{from, to}: {readonly from: number; readonly to: number},
	span: {readonly first: number; readonly last: number},
): {readonly from: number; readonly to: number} => ({
	from: from <= span.first ? bucketOf(span.first, day) : from,
	to: to > span.last ? bucketOf(span.last, day) + day : to,
});
