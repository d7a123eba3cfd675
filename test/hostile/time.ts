/** The least of a few runs, milliseconds: what else the machine does only adds. */
export const timeOf = (run: () => unknown, times = 3): number => {
	let least = Number.POSITIVE_INFINITY;
	for (let count = 0; count < times; count++) {
		const start = performance.now();
		run();
		least = Math.min(least, performance.now() - start);
	}
	return least;
};

/** What takes less is not worth to be compared, for the clock and the collector are most of it; milliseconds. */
const worthComparing = 1;

/**
 * By how much the time grows where the input becomes sixteen times as long: about 16 where each part costs the same,
 * 256 where each is compared with each.
 */
export const growthOf = (run: (length: number) => () => unknown, length: number): number =>
	timeOf(run(length * 16)) / Math.max(timeOf(run(length), 5), worthComparing);
