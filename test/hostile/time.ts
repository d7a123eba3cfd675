/** Runs before a ratio is judged: the first ones also compile what they run. */
const fewest = 4;
/** Runs after which a ratio counts, however large it is. */
const mostRuns = 40;

const timeOf = (run: () => unknown): number => {
	const start = performance.now();
	run();
	return performance.now() - start;
};

/**
 * How many times as long as a baseline something takes: the shortest time of one divided by the shortest of the other,
 * run in turn. Other load on the machine only lengthens a time, so both are run again until the ratio is below a bound.
 * @param bound the ratio below which no further runs are needed
 * @param floor milliseconds that the baseline counts as at least: below that, the clock and the garbage collector are
 * most of what is measured
 */
export const ratioOf = (run: () => unknown, baseline: () => unknown, bound: number, floor = 0): number => {
	let least = Number.POSITIVE_INFINITY;
	let leastOfBaseline = Number.POSITIVE_INFINITY;
	const ratio = () => least / Math.max(leastOfBaseline, floor);
	for (let count = 0; count < fewest || (count < mostRuns && ratio() >= bound); count++) {
		leastOfBaseline = Math.min(leastOfBaseline, timeOf(baseline));
		least = Math.min(least, timeOf(run));
	}
	return ratio();
};

/**
 * By how much the time grows where the input becomes sixteen times as long: about 16 where each part costs the same,
 * 256 where each is compared with each.
 */
export const growthOf = (run: (length: number) => () => unknown, length: number, bound: number): number =>
	ratioOf(run(length * 16), run(length), bound, 1);
