/**
 * The last rows in list order among rows of equal time: the last ones of each log, at least as many as wanted. Logs
 * without times have all requests at one time, so they must not all be created for sorting.
 * @param logOf identifies a row's log, as the list does
 */
export const lastListed = (tied: Int32Array, logOf: (row: number) => number, wanted: number): Int32Array => {
	/** The position of each row among those of its log, by which the list is ordered. */
	const places = new Int32Array(tied.length);
	/** The number of rows at each position. */
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
