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
 * How many times as long as a baseline something takes: the least of one by the least of the other, run in turn. What
 * else the machine does only adds to a time, so they are run again as long as the ratio is not below a bound.
 * @param bound the ratio that is wanted
 * @param floor what the baseline takes at least, milliseconds: of less, the clock and the collector are most
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
