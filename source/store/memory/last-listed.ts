/**
 * Of rows of one time those that are listed last, so many at least, in the order in which they came: of each log its last
 * ones. A log without times has all its requests at one, and so not each of them has to be made to be put in order.
 * @param logOf tells the log of a row from others, as the list does
 */
export const lastListed = (tied: Int32Array, logOf: (row: number) => number, wanted: number): Int32Array => {
	/** How many rows of its log stand before each: the list is in order of that. */
	const places = new Int32Array(tied.length);
	/** How many rows are at each place. */
	const atPlace: number[] = [];
	const counts = new Map<number, number>();
	for (const [index, row] of tied.entries()) {
		const log = logOf(row);
		const place = counts.get(log) ?? 0;
		counts.set(log, place + 1);
		places[index] = place;
		atPlace[place] = (atPlace[place] ?? 0) + 1;
	}
	let least = atPlace.length;
	for (let found = 0; found < wanted && least > 0; ) {
		least--;
		found += atPlace[least] as number;
	}
	return tied.filter((_, index) => (places[index] as number) >= least);
};
